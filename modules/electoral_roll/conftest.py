"""A closed roll of the story's electors, on the consortium of the test."""

import secrets
from dataclasses import dataclass

import pytest

from jamjar.ledger.own_contract import OwnContract
from jamjar.sandbox.network import SampleNetwork

from .closing import ClosedRoll, close
from .roll import ElectorCopy, FullCopy, full_copy
from .story import ELECTORS, OFFICER, deployed, next_poll


@dataclass
class Closed:
    """The contract, the officer's copy, the electors' copies, and what the ledger says."""

    contract: OwnContract
    full: FullCopy
    copies: tuple[ElectorCopy, ...]
    roll: ClosedRoll


@pytest.fixture
def closed(consortium: SampleNetwork) -> Closed:
    """Return a roll that was closed as it is in the story."""
    contract = deployed(consortium)
    full = full_copy(next_poll(consortium), ELECTORS, secrets.token_bytes)
    roll = close(contract, consortium.key(OFFICER), full)
    return Closed(contract, full, full.counting().copies(full.entries), roll)
