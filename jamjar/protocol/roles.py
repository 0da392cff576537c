"""The roles of the consortium's members, and those of its governance, by their ids in the contracts."""

from enum import Enum
from typing import Final

from jamjar.crypto.hashing import keccak256

ADMINISTRATION: Final = bytes(32)
"""DEFAULT_ADMIN_ROLE of AccessControl, which the governance contract has, and nobody else."""
FOUNDER: Final = keccak256(b"PROPOSER_ROLE")
"""The governance's role of who proposes."""
EXECUTOR: Final = keccak256(b"EXECUTOR_ROLE")
"""The governance's role of who executes: the zero address's, which is everyone's."""


class Role(Enum):
    """The roles of members; the value is the role's id in Consortium."""

    SPONSOR = keccak256(b"SPONSOR")
    ADVISER = keccak256(b"ADVISER")
    AUDITOR = keccak256(b"AUDITOR")
    OPERATOR = keccak256(b"OPERATOR")
    COUNCIL = keccak256(b"COUNCIL")
