"""Faults put into the contracts, and which suites catch them."""
