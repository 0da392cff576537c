"""What stands on the ledger of an agreement: matters that one party offers and the other accepts, digest by digest."""

import json
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from jamjar.ledger.own_contract import ContractEvent, OwnContract

NOTHING: Final = bytes(32)
"""The subject of first terms, which take the place of none."""


class Kind(IntEnum):
    """What a matter is about: Agreements.Kind."""

    TERMS = 0
    MILESTONE = 1
    SETTLEMENT = 2
    COMPLETION = 3


class Matter(NamedTuple):
    """What is offered and accepted: `contract.send(account, "offer", *matter, open_until)`, `"accept", *matter`.

    subject  digest of the milestone; for TERMS and COMPLETION, of the terms that hold now
    digest   of the new terms, the evidence, the settlement, or the last statement
    Each party makes it of its own copies of terms and documents, so that nobody accepts what it has not seen.
    """

    agreement: bytes
    kind: Kind
    subject: bytes
    digest: bytes


def artefact() -> Mapping[str, Any]:
    """Return the artefact of Agreements.sol, which `OwnContract.deploy` takes."""
    found: Mapping[str, Any] = json.loads(Path(__file__).with_name("Agreements.json").read_text(encoding="utf-8"))
    return found


def history(contract: OwnContract, agreement: bytes) -> tuple[ContractEvent, ...]:
    """Return an agreement's events in the ledger's order; raises NodeUnavailable and LedgerError."""
    return tuple(each for each in contract.events() if each.arguments["agreement"] == agreement)
