"""The commands that open pages in a browser; each imports the packages of the extra `pages` when it runs."""
