"""What every service shares: database, clock, rates, listening."""
