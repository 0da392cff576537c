"""A desk's own node that is behind: what it lacks is waited for, before a use is spent and before all is verified."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from jamjar.disclosure.package import Body
from jamjar.errors import NotYet
from jamjar.protocol.events import Committed, ConsentUsed

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

BEHIND: Final = -1
"""What a waiting caller is told instead of a number of blocks."""
_USE: Final = "the use of this budget"


def await_node(ledger: Ledger, body: Body, wait: Callable[[int], bool], *, is_used: bool = False) -> None:
    """Wait until the node has the grant and the commitment of a package, and, if `is_used`, a use of it.

    wait  is told BEHIND, waits a little, and says whether to go on; raises NotYet when it says no, unless only the use
          is not there: then nothing verifies, and the refusal of that says so
    """
    while what := _lacking(ledger, body, is_used=is_used):
        if not wait(BEHIND):
            if what == _USE:
                return
            raise NotYet(
                f"{ledger.node} is at block {ledger.height()}, and does not have {what}; wait for its next blocks, or "
                "name another node."
            )


def _lacking(ledger: Ledger, body: Body, *, is_used: bool) -> str:
    consent = body.consent
    if not ledger.consent(consent).recipient:
        return "the grant of this consent"
    if ledger.head_of(consent) != body.root:  # it may have been replaced, or be still to come
        roots = (each.root for each in ledger.events("Committed", consent) if isinstance(each, Committed))
        if body.root not in roots:
            return "this budget"
    uses = (each.commitment for each in ledger.events("ConsentUsed", consent) if isinstance(each, ConsentUsed))
    return _USE if is_used and body.root not in uses else ""
