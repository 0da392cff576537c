"""Which lines and branches of the contracts the tests reach."""
