"""The calldata that carries signed messages: their ABI encoding, by concatenation of words.

All signed messages have static types, so an item is the concatenation of its words, and a batch is an offset, a count
and the concatenation of its items (Contract ABI Specification, section "Formal Specification of the
Encoding"). The general encoder of web3 takes ten times as long.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Final

from jamjar.protocol.abi import FUNCTION, by_selector
from jamjar.protocol.calls import ROUTES
from jamjar.protocol.typed_data import MESSAGES, Acknowledge, Commit, Grant, Withdraw

BATCHED: Final = frozenset(kind.__name__ for kind in (Grant, Withdraw, Commit, Acknowledge))
"""The names of the message types that contracts take in batches."""
KINDS: Final = {kind.__name__: kind for kind in MESSAGES}
_FIELDS: Final = {name: tuple(each.name for each in fields(kind)) for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Load:
    """An accepted item ready to be carried; `words` are its encoded fields and signature, in hex."""

    number: int
    kind: str
    consent: str
    due_at: int
    words: str = field(repr=False)

    @property
    def fields(self) -> str:
        """The words of the message's fields after the consent, in hex."""
        return self.words[64:-128]


def load_of(number: int, kind: str, consent: str, due_at: int, signed: str) -> Load:
    """Return an item from its text (jamjar.signed.1), which was checked on acceptance."""
    found = json.loads(signed)
    message = found["message"]
    values = [*(message[name] for name in _FIELDS[kind]), found["r"], found["vs"]]
    return Load(number, kind, consent, due_at, "".join([_word(value) for value in values]))


def single(load: Load) -> bytes:
    """Return the call for a single item."""
    return bytes.fromhex(_selector(load.kind, "") + load.words)


def batch(loads: Sequence[Load]) -> bytes:
    """Return the call for a batch of items of one of the BATCHED types."""
    head = f"{_selector(loads[0].kind, 'Batch')}{32:064x}{len(loads):064x}"
    return bytes.fromhex(head + "".join([load.words for load in loads]))


def call(loads: Sequence[Load]) -> bytes:
    """Return the call for items of one type: their batch, or the single item where there are no batches."""
    return batch(loads) if loads[0].kind in BATCHED else single(loads[0])


def contract_of(kind: str) -> str:
    """Return the Solidity name of the contract that takes a message type."""
    return ROUTES[KINDS[kind]][0]


def _word(value: str | int) -> str:
    if isinstance(value, int):
        return f"{value:064x}"
    return value[2:].lower().rjust(64, "0")


@cache
def _selector(kind: str, ending: str) -> str:
    name = ROUTES[KINDS[kind]][1] + ending
    [found] = [digest.hex() for digest, entry in by_selector(FUNCTION).items() if entry["name"] == name]
    return found
