"""The mailbox: stores sealed packages, and hands over a key only for a use on the ledger."""
