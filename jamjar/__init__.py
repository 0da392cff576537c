"""Jamjar: budgets in jars, shown only under consents that anyone can check and their owner can end."""

__version__ = "0.1.0"
