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


ROLE_NAMES: Final = {
    **{role.value: role.name for role in Role},
    FOUNDER: "founder",
    EXECUTOR: "executor",
    ADMINISTRATION: "administration",
}
"""The names of the roles by their ids, in text for people."""


def role_name(role: bytes) -> str:
    """Return the name of a role, or its id in hex."""
    return ROLE_NAMES.get(role, f"role 0x{role.hex()}")


def role_word(role: bytes) -> str:
    """Return the name of a role as a word in a sentence, or its id in hex."""
    return role_name(role).lower()
