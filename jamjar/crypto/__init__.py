"""Hashes, Merkle trees, sealing, and Pedersen commitments with proofs about them."""
