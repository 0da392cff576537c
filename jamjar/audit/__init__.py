"""The audit of a record: everything on it replayed by rules of its own, compared with contracts and other nodes."""
