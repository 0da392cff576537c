"""Threads that take turns at one thing, until it is closed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from jamjar.errors import InvalidInput, VaultUnavailable


class VaultLock:
    """One thread at a time has the vault; one that has it already is refused instead of waiting for itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._ended = False

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for the turn and have it during the block; raises InvalidInput within one; see `end`."""
        self._refuse_nesting()
        with self._lock:
            if self._ended:
                raise VaultUnavailable("The vault is closed; open it again.")
            self._holder = threading.get_ident()
            try:
                yield
            finally:
                self._holder = None

    def end(self) -> bool:
        """Wait for the turn that is being had and give no more; return whether this was the first call."""
        self._refuse_nesting()
        with self._lock:
            first, self._ended = not self._ended, True
            return first

    def _refuse_nesting(self) -> None:
        if self._holder == threading.get_ident():
            raise InvalidInput("The vault is in use by this thread; end its reading or writing block first.")
