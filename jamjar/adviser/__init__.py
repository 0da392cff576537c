"""The adviser's desk and its mail."""
