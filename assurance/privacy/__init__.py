"""What an attacker can read, on the chain and elsewhere."""
