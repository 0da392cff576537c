"""Measurements: gas, speed, capacity."""
