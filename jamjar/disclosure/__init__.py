"""Commitments to a budget, and what is shown, answered and checked against them."""
