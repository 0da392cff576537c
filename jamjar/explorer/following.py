"""The explorer as the record grows: audited before anything is shown, and read on when a page is asked for later.

A page is made of what was read. Reading on happens beside it; a page waits for that for a moment, and no longer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timezone
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from jamjar.errors import JamjarError, NodeUnavailable
from jamjar.pages.site import Site

if TYPE_CHECKING:
    from jamjar.explorer.pages import Explored
    from jamjar.pages.app import Request, Response

ROOM: Final = "jamjar.explorer"
TITLE: Final = "Record of consents"

AFTER_SECONDS: Final = 30
"""A page that is asked for so long after the last reading has the node asked for more."""
WAIT_SECONDS: Final = 1.0
"""How long such a page waits for it."""
_WENT_WRONG: Final = "Something went wrong while it was read; look at the terminal, and start again."

ReadOn: TypeAlias = "Callable[[Explored | None, Callable[[int, int], None]], Explored]"
"""Reads on from what was explored, if anything was; calls a function with the block reached and the last one."""


class Shown(Protocol):
    """The pages of what was explored, which `app.ExploredPages` makes."""

    @property
    def explored(self) -> Explored:
        """What they are made of."""

    def page_at(self, request: Request, read: Reading, path: str) -> Response:
        """Return the page at a path."""

    def searched(self, request: Request, read: Reading) -> Response:
        """Return what a search finds."""

    def form(self, request: Request, read: Reading) -> Response:
        """Return the page to choose a file on."""

    def checked(self, request: Request, read: Reading, data: bytes) -> Response:
        """Return what a file shows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the record was read.

    shown        the pages, None before the first audit ended
    read_at      when the node told the last of it, in Unix seconds
    block, last  how far the first audit has come, and to which block it goes
    problem      why the last attempt to read on failed; "" if none did
    in_doubt     whether the node contradicted what is shown, and was not only silent
    """

    shown: Shown | None = None
    read_at: int = 0
    block: int = 0
    last: int = 0
    problem: str = ""
    in_doubt: bool = False


class Following:
    """Reads on, one attempt at a time, each in a thread of its own.

    show   makes the pages of what was explored
    clock  gives seconds that only grow
    now    gives Unix seconds
    after  as `AFTER_SECONDS`
    wait   as `WAIT_SECONDS`
    """

    def __init__(
        self,
        read_on: ReadOn,
        show: Callable[[Explored], Shown],
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        *,
        after: float = AFTER_SECONDS,
        wait: float = WAIT_SECONDS,
    ) -> None:
        self._read_on, self._show, self._clock, self._now = read_on, show, clock, now
        self._after, self._wait, self._reading = after, wait, Reading()
        self._turn, self._thread, self._due = threading.Lock(), threading.Thread(), clock()

    def look(self) -> Reading:
        """Return how far it was read, after having more read if it is time to."""
        with self._turn:
            is_due = self._clock() >= self._due and not self._thread.is_alive()
            if is_due:
                self._due = self._clock() + self._after
                self._thread = threading.Thread(target=self._go_on, daemon=True)
                self._thread.start()
        if is_due and self._reading.shown is not None:
            self._thread.join(self._wait)
        return self._reading

    def _go_on(self) -> None:
        before = self._reading
        try:
            known = None if before.shown is None else before.shown.explored
            explored = self._read_on(known, self._note)
            shown = before.shown if explored is known else self._show(explored)
            self._reading = Reading(shown, int(self._now()))
        except JamjarError as error:
            self._reading = replace(before, problem=str(error), in_doubt=not isinstance(error, NodeUnavailable))
        except Exception:
            self._reading = replace(before, problem=_WENT_WRONG, in_doubt=True)
            raise  # for the terminal
        finally:
            self._due = self._clock() + self._after

    def _note(self, block: int, last: int) -> None:
        if self._reading.shown is None:
            self._reading = replace(self._reading, block=block, last=last)


def waiting_site() -> Site:
    """Return the site of pages that show nothing of the record: how far an audit is, and what is wrong."""
    return Site(ROOM, TITLE, zone=timezone.utc)
