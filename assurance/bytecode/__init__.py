"""What is built and deployed, byte by byte: layout, sizes, code hashes."""
