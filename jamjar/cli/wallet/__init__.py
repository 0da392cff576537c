"""The claimant's commands."""
