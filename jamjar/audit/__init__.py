"""The audit of a record: events replayed by independent rules, and compared with the contracts and with other nodes."""
