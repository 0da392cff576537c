"""The adviser's pages, a thin door over the desk: every page reads or does what a command does, too."""
