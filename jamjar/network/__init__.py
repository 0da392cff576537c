"""A network of several institutions' nodes on this machine: its engine, files, processes and state."""
