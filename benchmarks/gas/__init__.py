"""Gas, beside its snapshot, its floor and the Ethereum Attestation Service."""
