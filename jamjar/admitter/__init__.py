"""What an admitter does: it vouches for real claimants, at most so often each, and cannot tell later for which."""
