"""The mailbox: store and forward, run by any member, that reads nothing and gives no key before a use is on record."""
