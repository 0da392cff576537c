"""Measurements on a local network of several institutions' nodes: how fast it records, and what it withstands."""
