"""Who may use a door: the browser that was given its address, once, while the passphrase is known.

The address that Jamjar prints has a token that is taken once. Whoever brings it gets a cookie, for paths that nobody
else knows: a browser sends a cookie to every port of a host, and another user of this machine may listen on one. The
passphrase is typed in the page, so the address alone opens nothing. All forms have a token of the time between
unlocking and locking, so that nothing sent from an older page is done.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

COOKIE: Final = "jamjar"
IDLE_SECONDS: Final = 600
"""After so long without a request the door locks."""


class Door:
    """The state of one door; `clock` gives seconds that only grow, `random_text` text that cannot be guessed."""

    def __init__(
        self,
        clock: Callable[[], float],
        random_text: Callable[[], str] = secrets.token_urlsafe,
        idle: int = IDLE_SECONDS,
    ) -> None:
        self.base = f"/{random_text()}"
        self.csrf = ""
        self._token: str | None = random_text()
        self._cookie = ""
        self._clock, self._random_text, self._idle = clock, random_text, idle
        self._seen = clock()

    def __repr__(self) -> str:
        return f"Door(is_open={self.is_open})"

    @property
    def is_open(self) -> bool:
        """Whether the passphrase was typed, and the door not locked since."""
        return bool(self.csrf)

    def opening_path(self) -> str:
        """Return the path, with its token, of the address to open once."""
        return f"{self.base}/enter/{self._token or ''}"

    def enter(self, token: str) -> str | None:
        """Take the token, and return the cookie for its browser; None for a wrong token, and for one taken before."""
        if self._token is None or not _same(self._token, token):
            return None
        self._token, self._cookie = None, self._random_text()
        return self._cookie

    def is_known(self, cookie: str) -> bool:
        """Return whether this is the cookie of the browser that entered."""
        return bool(self._cookie) and _same(self._cookie, cookie)

    def unlock(self) -> None:
        """Begin a time in which forms are taken: the passphrase was right."""
        self.csrf = self._random_text()
        self._seen = self._clock()

    def lock(self) -> None:
        """End it: nothing that a page of it sends is taken any more."""
        self.csrf = ""

    def accepts(self, csrf: str) -> bool:
        """Return whether a form is of this time."""
        return bool(self.csrf) and _same(self.csrf, csrf)

    def note_use(self) -> None:
        """Count the idle time from now."""
        self._seen = self._clock()

    @property
    def is_idle(self) -> bool:
        """Whether it is open, and nobody used it for too long."""
        return self.is_open and self._clock() - self._seen >= self._idle


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode("utf-8", "surrogatepass"))
