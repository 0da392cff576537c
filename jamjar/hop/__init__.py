"""A hop, which passes sealed requests on unread, and the gateway, which opens them and sees no address."""
