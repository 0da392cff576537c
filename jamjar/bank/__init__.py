"""Receipts and spending, read from the claimant's bank files and kept on their machine only."""
