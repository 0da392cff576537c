"""How often an attacker who has the ledger and the services' databases ties a claimant's consents by when they move."""
