"""The compiler, what it compiled, and the reference implementations."""
