"""Suites that judge the other suites, and tables of what was reviewed."""
