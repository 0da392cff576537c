"""Commitments to a budget, and the disclosures, replies and verification that rest on them."""
