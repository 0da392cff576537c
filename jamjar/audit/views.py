"""The answers that the contracts' views must give for a state: the calls, and the bytes expected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final, TypeVar

from eth_abi.abi import encode

from jamjar.crypto.hashing import keccak256
from jamjar.model.member_rules import seat_of
from jamjar.model.state import Consent, LedgerState, Member
from jamjar.protocol.abi import FUNCTION, Entry, abi_of, signature, type_of

_K = TypeVar("_K")
_V = TypeVar("_V")
_GARBLED: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class View:
    """One call to a contract, by its Solidity name, and the answer expected; `said` is the call as people read it."""

    contract: str
    said: str
    data: bytes
    answer: bytes


def views(state: LedgerState, now: int, most: int | None = None) -> Iterator[View]:
    """Yield the views of every consent, head, advice and member after `state`, in a block of time `now`.

    most  of each kind, spread evenly; None for all
    """
    yield from _administration(state, now)
    for number, member in _spread(state.members, most):
        yield from _member(state, number, member)
    for account, number in _spread(state.accounts, most):
        yield _view("Consortium", "memberOf", [account], [number])
    for consent, held in _spread(state.consents, most):
        yield _view("ConsentRegistry", "getConsent", [consent], [_stored(held)])
    for consent, root in _spread(state.heads, most):
        yield _view("CommitmentRegistry", "headOf", [consent], [root])
    for advice, stage in _spread(state.advice, most):
        yield _view("AdviceLog", "stageOf", [advice], [stage])


def _administration(state: LedgerState, now: int) -> Iterator[View]:
    held = state.administration
    yield _view("Consortium", "defaultAdmin", [], [held.holder])
    yield _view("Consortium", "pendingDefaultAdmin", [], [held.next_holder, held.next_after])
    yield _view("Consortium", "defaultAdminDelay", [], [held.delay_at(now)])


def _member(state: LedgerState, number: int, member: Member) -> Iterator[View]:
    if _GARBLED not in member.name:  # the bytes of such a name are unknown
        yield _view("Consortium", "getMember", [number], [(member.standing, member.key_digest, member.name)])
    for role in sorted(state.rules.roles):
        yield _view("Consortium", "hasRole", [role, seat_of(number)], [role in member.roles])


def _stored(consent: Consent) -> tuple[int, ...]:
    return tuple(getattr(consent, name) for name in Consent.__slots__)


def _view(contract: str, function: str, arguments: Sequence[Any], answer: Sequence[Any]) -> View:
    entry, selector = _function(contract, function)
    inputs, outputs = ([type_of(each) for each in entry[side]] for side in ("inputs", "outputs"))
    shown = ", ".join("0x" + each.hex() if isinstance(each, bytes) else str(each) for each in _flat(arguments))
    data = selector + _encoded(inputs, arguments)
    return View(contract, f"{contract}.{function}({shown})", data, _encoded(outputs, answer))


def _encoded(types: Sequence[str], values: Sequence[Any]) -> bytes:
    """Encode by the Contract ABI Specification; what has no strings is encoded ten times as fast as by eth_abi."""
    if any("string" in each for each in types):
        return encode(types, values)
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
