"""Figures: gas, speed, capacity."""
