"""What wallets sign and contracts take, emit and refuse."""
