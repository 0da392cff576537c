"""Everything a claimant owns, in one encrypted place: a SQLite file, or a PostgreSQL database."""
