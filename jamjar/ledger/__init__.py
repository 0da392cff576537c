"""One deployment, read and written through one node."""
