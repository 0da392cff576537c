"""The claimant's wallet."""
