"""What is built and deployed, byte by byte: storage layout, sizes, code hashes, deployments."""
