"""Changes of the members and calls of proposals in words."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timezone
from typing import Any, Final

from jamjar.model.state import LedgerState, Reason
from jamjar.protocol.calldata import function_in
from jamjar.protocol.events import CallExecuted, CallScheduled, Event
from jamjar.protocol.roles import ROLE_NAMES, role_name

_SHORT: Final = 32
"""Bytes that are shown; of more, only how many they are."""


def event_shown(event: Event, state: LedgerState, names: Mapping[str, str]) -> str:
    """Return a change in words, such as MemberAdmitted (member 7, name Town Advice, by the governance).

    names  the contracts' Solidity names by their addresses
    """
    told = []
    if isinstance(event, CallScheduled | CallExecuted):
        call = call_shown((event.target, event.value, event.data), names)
        delay = f", delay {event.delay} seconds" if isinstance(event, CallScheduled) else ""
        return f"{type(event).__name__} (proposal 0x{event.id.hex()}: {call}{delay})"
    for each in fields(event):
        if each.name not in {"origin", "key"}:
            shown = _FIELDS.get(each.name, _field)
            told.append(shown(each.name.replace("_", " "), getattr(event, each.name), state))
    return f"{type(event).__name__} ({', '.join(told)})"


def call_shown(call: tuple[str, int, bytes], names: Mapping[str, str]) -> str:
    """Return what a call of a proposal does, such as Consortium.suspend(7, LEFT)."""
    target, value, data = call
    contract = names.get(target)
    called = None if contract is None else function_in(contract, data)
    ether = f" with {value} wei" if value else ""
    if called is None:
        return f"a call of {contract or target} that is unknown here, 0x{data[:4].hex()}{ether}"
    function, arguments = called
    if function == "suspend":
        arguments = (arguments[0], _reason(arguments[1]))
    return f"{contract}.{function}({', '.join(map(_value, arguments))}){ether}"


def text_shown(text: str) -> str:
    """Return a text that a member chose, with the code in place of what cannot be printed."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)


def moment(time: int) -> str:
    """Return a time in Unix seconds as a date and time; times beyond the calendar as they are."""
    try:
        return f"{datetime.fromtimestamp(time, timezone.utc):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, ValueError, OSError):
        return str(time)


def _value(value: Any) -> str:
    if isinstance(value, bytes):
        return ROLE_NAMES.get(value) or (f"0x{value.hex()}" if len(value) <= _SHORT else f"{len(value)} bytes")
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return text_shown(str(value))


def _reason(value: int) -> str:
    return Reason(value).name if value in set(Reason) else str(value)


def _by(_name: str, account: str, state: LedgerState) -> str:
    if account == state.rules.governance:
        return "by the governance"
    member = state.member_of(account)
    return f"by {account}" + (f" of member {member}" if member else "")


def _field(name: str, value: Any, _state: LedgerState) -> str:
    return f"{name} {_value(value)}"


_FIELDS: Final[Mapping[str, Callable[[str, Any, LedgerState], str]]] = {
    "by": _by,
    "sender": _by,
    "role": lambda _, value, __: role_name(value),
    "reason": lambda _, value, __: f"reason {_reason(value)}",
    "lapses_at": lambda _, value, __: f"lapses at {moment(value)}" if value else "does not lapse",
    "ready_at": lambda _, value, __: f"can be completed from {moment(value)}",
    "id": lambda _, value, __: f"proposal 0x{value.hex()}",
}
