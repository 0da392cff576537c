"""What a relayer accepts and carries, beside what its node can take."""
