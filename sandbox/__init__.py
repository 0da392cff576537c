"""A consortium to try things in."""
