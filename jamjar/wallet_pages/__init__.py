"""The claimant's pages, a thin door over the wallet: every page reads or does what a command does, too."""
