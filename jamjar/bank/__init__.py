"""Income and spending according to the claimant's bank files, which stay on the claimant's machine."""
