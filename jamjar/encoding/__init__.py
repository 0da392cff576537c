"""Strict forms of bytes and text: JSON, base32, base64, padding."""
