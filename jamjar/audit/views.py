"""The answers that the contracts' views must give for a state: the calls, and the bytes expected."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from itertools import islice
from typing import Any, Final, TypeVar

from eth_abi.abi import encode

from jamjar.crypto.hashing import keccak256
from jamjar.model.member_rules import seat_of
from jamjar.model.state import Consent, LedgerState, Member
from jamjar.protocol.abi import FUNCTION, Entry, abi_of, signature, type_of
from jamjar.protocol.roles import ADMINISTRATION

_K = TypeVar("_K")
_V = TypeVar("_V")
_DYNAMIC: Final = re.compile(r"string|bytes(?!\d)|\[\]")


@dataclass(frozen=True, slots=True)
class View:
    """One call to a contract, by its Solidity name, and the answer expected; `said` is the call as people read it."""

    contract: str
    said: str
    data: bytes
    answer: bytes


def views(state: LedgerState, most: int | None = None) -> Iterator[View]:
    """Yield the views of the governance, and of every member, consent, head and advice after `state`.

    most  of each kind, spread evenly; None for all
    """
    yield from _governance(state, most)
    for number, member in _spread(state.members, most):
        yield from _member(state, number, member)
    for account, number in _spread(state.accounts, most):
        yield _view("Consortium", "memberOf", [account], [number])
    for name, number in _spread(state.names, most):
        yield _view("Consortium", "memberNamed", [_bytes_of(name)], [number])
    for offer in _spread(state.offers, most):
        yield _view("Consortium", "isOffered", [*offer[0]], [True])
    for consent, held in _spread(state.consents, most):
        yield _view("ConsentRegistry", "getConsent", [consent], [_stored(held)])
    for consent, root in _spread(state.heads, most):
        yield _view("CommitmentRegistry", "headOf", [consent], [root])
    for advice, stage in _spread(state.advice, most):
        yield _view("AdviceLog", "stageOf", [advice], [stage])


def _governance(state: LedgerState, most: int | None) -> Iterator[View]:
    yield _view("Governance", "getMinDelay", [], [state.governance.delay])
    for role, account in sorted(state.governance.roles):
        yield _view("Governance", "hasRole", [role, account], [True])
    for name, proposal in _spread(state.governance.proposals, most):
        yield _view("Governance", "getTimestamp", [name], [proposal.ready])
    yield _view("Consortium", "hasRole", [ADMINISTRATION, state.rules.governance], [True])


def _member(state: LedgerState, number: int, member: Member) -> Iterator[View]:
    stored = (member.standing, member.lapses_at, member.key_digest, _bytes_of(member.name))
    yield _view("Consortium", "getMember", [number], [stored])
    recovery = state.recovery(number)
    yield _view("Consortium", "recoveryOf", [number], [(recovery.account, recovery.ready_at)])
    for role in sorted(state.rules.roles):
        yield _view("Consortium", "hasRole", [role, seat_of(number)], [role in member.roles])


def _bytes_of(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _stored(consent: Consent) -> tuple[int, ...]:
    return astuple(consent)


def _view(contract: str, function: str, arguments: Sequence[Any], answer: Sequence[Any]) -> View:
    entry, selector = _function(contract, function)
    inputs, outputs = ([type_of(each) for each in entry[side]] for side in ("inputs", "outputs"))
    shown = ", ".join("0x" + each.hex() if isinstance(each, bytes) else str(each) for each in _flat(arguments))
    data = selector + _encoded(inputs, arguments)
    return View(contract, f"{contract}.{function}({shown})", data, _encoded(outputs, answer))


def _encoded(types: Sequence[str], values: Sequence[Any]) -> bytes:
    """Encode by the Contract ABI Specification; words alone are encoded ten times as fast as by eth_abi."""
    if any(_DYNAMIC.search(each) for each in types):
        return encode([each.replace("string", "bytes") for each in types], values)
    return b"".join(_word(value) for value in _flat(values))


def _word(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return (int(value, 16) if isinstance(value, str) else int(value)).to_bytes(32, "big")


def _flat(arguments: Iterable[Any]) -> Iterator[Any]:
    for each in arguments:
        yield from each if isinstance(each, tuple) else (each,)


@cache
def _function(contract: str, name: str) -> tuple[Entry, bytes]:
    entry = next(each for each in abi_of(contract) if each["type"] == FUNCTION and each["name"] == name)
    return entry, keccak256(signature(entry).encode("ascii"))[:4]


def _spread(mapping: Mapping[_K, _V], most: int | None) -> Iterator[tuple[_K, _V]]:
    step = 1 if most is None else max(1, len(mapping) // most)
    return islice(mapping.items(), 0, None, step)
