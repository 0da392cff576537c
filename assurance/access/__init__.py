"""Who may write what, read from the contracts' code."""
