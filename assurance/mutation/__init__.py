"""Mutants of the contracts, seeded faults, and which suites catch them."""
