"""A month's budget in jars, in integer pence."""
