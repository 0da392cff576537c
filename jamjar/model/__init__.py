"""The contracts' rules as pure Python: the state, and what each event does to it."""
