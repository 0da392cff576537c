"""What people call the jars and totals of a scope, in English; codes that the catalogue has, each with its label."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS

LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **GROUPS,
        **SECTIONS,
        "outgoings": "All outgoings",
        "balance": "What is left or missing",
        **{code: line.label for code, line in LINES.items()},
    }
)
"""Label by code."""
