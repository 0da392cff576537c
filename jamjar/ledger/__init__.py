"""One deployment, seen through one node."""
