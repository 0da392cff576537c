"""What another organisation builds on this ledger: its manifest, files, code hash, and checks."""
