"""The record as a transparency log: leaves, tree, tiles, checkpoints, witnesses, receipts, monitors."""
