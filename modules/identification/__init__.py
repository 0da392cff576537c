"""The module identification: attributes that an issuer attests, shown one at a time."""
