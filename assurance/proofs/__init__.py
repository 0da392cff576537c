"""Halmos: what is proven of the contracts."""
