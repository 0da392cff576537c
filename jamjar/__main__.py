"""Starts the command `jamjar`: python -m jamjar."""

from jamjar.cli.main import run

if __name__ == "__main__":
    run()
