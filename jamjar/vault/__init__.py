"""The vault: a claimant's encrypted storage, in a SQLite file or a PostgreSQL database."""
