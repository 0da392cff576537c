"""The module tax_checks: one committed result of a check of a trader, on which several departments rely."""
