"""What the calls of a proposal would change, in words: what is, and what would be.

The calldata is read by the ABI of the contract that is called. What cannot be read so, byte for byte, or calls any
other contract, is said to be unknown: nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.model.state import LedgerState, Proposal, Standing
from jamjar.model.status_words import STANDING, reason_words
from jamjar.protocol.calldata import arguments_of
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.roles import FOUNDER, role_word
from jamjar.protocol.settings import DAY

LISTED: Final = "as jamjar module list shows"
UNKNOWN: Final = "Nobody can say what this does; veto it unless you know."
NO_OTHERS: Final[Mapping[str, str]] = MappingProxyType({})
_MODULE: Final = re.compile(rb"[a-z][a-z0-9_]{0,30}")
FIXED: Final = "the same: the ledger refuses to change it"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: what it is, how it is now, and how it would be then."""

    what: str
    now: str
    then: str


def changes_of(
    proposal: Proposal, state: LedgerState, deployment: Deployment, others: Mapping[str, str] = NO_OTHERS
) -> list[Change]:
    """Return what a proposal would change in this state.

    others  contracts that are none of the deployment's, such as a ModuleRegistry, by their addresses
    """
    names = {**others, **{at.address: name for name, at in deployment.contracts().items()}}
    return [change for call in proposal.calls for change in _changes(call, state, names)]


def standing_of(state: LedgerState, member: int) -> str:
    """Return a member's standing in words."""
    return STANDING[state.member(member).standing]


def text_in_line(text: str) -> str:
    """Return a text that a member chose in one line, with the code in place of what cannot be printed."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)


def member_name(state: LedgerState, member: int, *, first: bool = False) -> str:
    """Return a member's number and name; `first` where a sentence begins with it."""
    name = text_in_line(state.member(member).name)
    what = f"{'M' if first else 'm'}ember {member}"
    return f"{what}, {name}" if name else f"{what}, who is unknown"


def _changes(call: tuple[str, int, bytes], state: LedgerState, names: Mapping[str, str]) -> Iterator[Change]:
    target, value, data = call
    contract = names.get(target, "")
    read = arguments_of(contract, data) if contract and value == 0 else None
    if read is None:
        yield Change(f"A call of {contract or target}, 0x{data.hex()}, with {value} wei", "unknown", UNKNOWN)
        return
    function, arguments = read
    words = _WORDS.get((contract, function))
    if words is None:
        shown = ", ".join(_shown(each) for each in arguments)
        yield Change(f"A call of {contract}.{function}({shown})", "unknown", UNKNOWN)
        return
    yield from words(state, *arguments)


def _admit(state: LedgerState, admission: tuple[Any, ...]) -> Iterator[Change]:
    number, name, roles, account, key = admission
    then = f"{text_in_line(name)}, active, as {', '.join(map(role_word, roles)) or 'nothing'}"
    yield Change(f"Member {number}", standing_of(state, number), then)
    yield Change(f"Account {account}", _acts_for(state, account), f"acts for member {number}")
    yield Change(f"Encryption key of member {number}", "none", f"0x{keccak256(key).hex()}")


def _acts_for(state: LedgerState, account: str) -> str:
    number = state.member_of(account)
    return f"acts for member {number}" if number else "acts for no member"


def _member_role(state: LedgerState, role: bytes, seat: str, *, has: bool) -> Iterator[Change]:
    number = int(seat, 16)
    held = role in state.member(number).roles
    yield Change(f"Role {role_word(role)} of {member_name(state, number)}", _yes(held), _yes(has))


def _founder(state: LedgerState, role: bytes, account: str, *, has: bool) -> Iterator[Change]:
    held = (role, account) in state.governance.roles
    yield Change(f"Account {account} as {role_word(role)}", _yes(held), _yes(has) if role == FOUNDER else FIXED)


def _delay(state: LedgerState, _delay: int) -> Iterator[Change]:
    yield Change("Delay of a proposal", f"{state.governance.delay // DAY} days", FIXED)


def _suspend(state: LedgerState, number: int, reason: int) -> Iterator[Change]:
    then = f"suspended ({reason_words(reason)}) until the governance reinstates it"
    yield Change(member_name(state, number, first=True), _standing_with_end(state, number), then)


def _standing_with_end(state: LedgerState, number: int) -> str:
    member, words = state.member(number), standing_of(state, number)
    lapses = member.standing is Standing.SUSPENDED and member.lapses_at
    return f"{words}, by the council, which lapses" if lapses else words


def _reinstate(state: LedgerState, number: int) -> Iterator[Change]:
    yield Change(member_name(state, number, first=True), _standing_with_end(state, number), "active")


def _module(_state: LedgerState, name: bytes, code_hash: bytes, target: str) -> Iterator[Change]:
    contract = "no contract" if int(target, 16) == 0 else f"the contract {target}"
    yield Change(f"Module {module_name(name)}", LISTED, f"admitted with code hash 0x{code_hash.hex()} and {contract}")


def module_name(name: bytes) -> str:
    """Return a module's name as text, for the word that a registry of modules has.

    A word that is no name, which no check of a module lets pass, is shown in hex: two words never look alike.
    """
    plain = name.rstrip(b"\0")
    return plain.decode("ascii") if _MODULE.fullmatch(plain) else f"0x{name.hex()}, which is no name"


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _shown(value: Any) -> str:
    return f"0x{value.hex()}" if isinstance(value, bytes) else text_in_line(str(value))


_WORDS: Final[Mapping[tuple[str, str], Callable[..., Iterator[Change]]]] = {
    ("Consortium", "admit"): _admit,
    ("Consortium", "grantRole"): lambda *given: _member_role(*given, has=True),
    ("Consortium", "revokeRole"): lambda *given: _member_role(*given, has=False),
    ("Consortium", "suspend"): _suspend,
    ("Consortium", "reinstate"): _reinstate,
    ("Governance", "grantRole"): lambda *given: _founder(*given, has=True),
    ("Governance", "revokeRole"): lambda *given: _founder(*given, has=False),
    ("Governance", "updateDelay"): _delay,
    ("ModuleRegistry", "admit"): _module,
    ("ModuleRegistry", "dismiss"): lambda _, name: iter([Change(f"Module {module_name(name)}", LISTED, "dismissed")]),
}
