"""A sample consortium on a development chain, to try programs in."""
