"""The command `jamjar`, for people."""
