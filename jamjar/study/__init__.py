"""Studies: sums of committed figures, by consent, which members open together and none can open for one claimant."""
