"""Mutation, coverage, proofs and reviewed tables: how far the contracts and their suites can be trusted."""
