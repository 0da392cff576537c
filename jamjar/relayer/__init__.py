"""The operator's relayer: what claimants signed reaches the ledger exactly once, in batches, on an epoch."""
