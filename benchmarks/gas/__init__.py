"""Gas, compared with its snapshot, its floor and the Ethereum Attestation Service."""
