"""Agreements of two members: terms, milestones and evidence by digest, and what is due, computed off chain."""
