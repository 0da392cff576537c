"""The throughput of a relayer, compared with that of its node; its growth; capacity."""
