"""Closing a roll on the ledger, and reading what was closed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jamjar.errors import VerificationFailed
from jamjar.ledger.own_contract import OwnContract

from .roll import FullCopy, RollOf

ARTEFACT: Final = json.loads(Path(__file__).with_name("ElectoralRoll.json").read_text(encoding="utf-8"))
"""What was built of the contract, for `OwnContract`."""


@dataclass(frozen=True, slots=True)
class ClosedRoll:
    """What the ledger says of a closed roll: its root of 32 bytes, when it was closed (Unix seconds), and its count."""

    of: RollOf
    root: bytes
    closed_at: int
    entries: int


def close(contract: OwnContract, officer: Any, copy: FullCopy) -> ClosedRoll:
    """Close a roll as the officer's account, and return it; raises Rejected as the contract says."""
    root = copy.counting().tree.root
    contract.send(officer, "close", copy.of.area_digest, copy.of.poll_at, root, len(copy.entries))
    return closed_roll(contract, copy.of)


def closed_roll(contract: OwnContract, of: RollOf) -> ClosedRoll:
    """Return a roll as it was closed; raises VerificationFailed while it is open."""
    root, closed_at, entries = contract.read("rollOf", of.area_digest, of.poll_at)
    if not closed_at:
        raise VerificationFailed("This roll is not closed on the ledger; do not rely on a copy of it.")
    return ClosedRoll(of, bytes(root), int(closed_at), int(entries))
