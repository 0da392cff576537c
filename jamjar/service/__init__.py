"""The common parts of the services: database, clock, rates, listening."""
