"""Refusals that later blocks may lift: the ledger, as one node shows it, lacks what a message builds on.

That node may be behind the one through which the other was recorded, by a block or by a day. So such a message stays
where it waits. What the claimant signed and a relayer's queue lost, or refused for good, is judged by who knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from jamjar.errors import NotYet, Rejected
from jamjar.model.state import ENDED

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

_OF_THE_CARRIER: Final = "CarrierNotActiveMember"
_ENDED: Final = tuple(status.name for status in ENDED)


def _is_open_later(_consent: Any, status: Any) -> bool:
    """Whether a consent can still become live: it is not here yet, has not begun, or is paused."""
    return status not in _ENDED


def _is_early(_consent: Any, sequence: Any, expected: Any) -> bool:
    return bool(expected < sequence)


def _is_ahead(by: Any, _first: Any, last: Any) -> bool:
    """Whether a time is too far from the newest block's, which may be old."""
    return bool(by > last)


def _is_valid_later(valid_from: Any, valid_until: Any, now: Any, latest: Any) -> bool:
    return bool(now <= valid_from < valid_until and valid_until > latest)


_PASSING: Final[Mapping[str, Callable[..., bool]]] = {
    "AdviceUnknown": lambda *_: True,
    _OF_THE_CARRIER: lambda *_: True,
    "ConsentNotLive": _is_open_later,
    "ConsentNotOpen": _is_open_later,
    "ReconfirmByOutOfRange": _is_ahead,
    "SequenceMismatch": _is_early,
    "ValidityOutOfRange": _is_valid_later,
}


def may_pass(name: str, arguments: tuple[object, ...]) -> bool:
    """Return whether a contract's error, as `Rejected` has it, may be lifted by later blocks; not its carrier's doing.

    HeadMismatch is not among them: whether the head that is replaced is still to come is known to who signed it.
    """
    decide = _PASSING.get(name)
    try:
        return decide is not None and decide(*arguments)
    except TypeError:  # a refusal without its arguments
        return False


def not_yet(rejected: Rejected, ledger: Ledger) -> NotYet:
    """Return the error that says which node lacks something, and how far that node is; or that another may carry it."""
    at, name = f"{ledger.node} is at block {ledger.height()}", rejected.name
    if name == _OF_THE_CARRIER:
        return NotYet(
            f"{at}, where the carrier is no active member ({name}), or is behind; have another carry it, or wait."
        )
    return NotYet(
        f"{at}, and lacks what this builds on ({name}), or is behind; wait for its next blocks, or name another node."
    )
