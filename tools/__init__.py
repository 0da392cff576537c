"""The compiler, and what it made."""
