"""A search: what was typed is an address, a transaction, a number or a member's name; nothing else is understood."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.explorer.governing import Governing
from jamjar.explorer.record import EventRecord
from jamjar.protocol.address import checksum_address, parse_address

MOST_CHARACTERS: Final = 200
MOST_FOUND: Final = 50
_ADDRESS: Final = 42
_WORD: Final = 66
_LEAST_DIGITS: Final = 4
_LARGEST: Final = 16
"""Digits of the longest number that is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something found: its kind, and the name by which its page is known."""

    kind: str
    name: str


def find(record: EventRecord, governing: Governing, text: str) -> list[Found]:
    """Return what a text names, at most `MOST_FOUND`, none where it names nothing here.

    Raises InvalidInput for a text that cannot name anything.
    """
    wanted = text.strip()
    if not wanted:
        raise InvalidInput("Nothing was typed; type an address, a transaction, a number or a member's name.")
    if len(wanted) > MOST_CHARACTERS or not wanted.isprintable():
        raise InvalidInput("This is longer than any name, or has signs that no name has; type a part of the name.")
    return list(dict.fromkeys(_found(record, governing, wanted)))[:MOST_FOUND]


def _found(record: EventRecord, governing: Governing, wanted: str) -> Iterator[Found]:
    if wanted[:2].lower() == "0x":
        yield from _by_hex(record, governing, "0x" + wanted[2:])
    elif wanted.isascii() and wanted.isdigit():
        if len(wanted) <= _LARGEST:
            yield from _by_number(record, int(wanted))
    else:
        yield from _by_name(governing, wanted.casefold())


def _by_hex(record: EventRecord, governing: Governing, wanted: str) -> Iterator[Found]:
    digits = wanted[2:].lower()
    if set(digits) - set("0123456789abcdef") or len(wanted) > _WORD or len(digits) < _LEAST_DIGITS:
        raise InvalidInput("After 0x come at least four hexadecimal digits, and at most 64; copy it again.")
    if len(wanted) == _ADDRESS:
        account = checksum_address(parse_address(wanted))
        if account in governing.accounts:
            yield Found("member", str(governing.accounts[account]))
        if account in governing.founders:
            yield Found("founder", account)
    for kind, names in (
        ("consent", record.consents),
        ("transaction", record.transactions),
        ("proposal", governing.proposals),
    ):
        for name in names:
            if name[2:].lower().startswith(digits):
                yield Found(kind, name)


def _by_number(record: EventRecord, number: int) -> Iterator[Found]:
    if number in record.members:
        yield Found("member", str(number))
    if record.deployment.block <= number <= record.last.number:
        yield Found("block", str(number))
    if number < len(record.entries):
        yield Found("entry", str(number))


def _by_name(governing: Governing, wanted: str) -> Iterator[Found]:
    for name, number in governing.names.items():
        if wanted in name.casefold():
            yield Found("member", str(number))
