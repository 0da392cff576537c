"""The operator's relayer: it carries claimants' signed messages to the ledger exactly once, in batches, at epochs."""
