"""What Halmos proves of the contracts."""
