"""The lock by which threads share one vault, until it is closed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from jamjar.errors import InvalidInput, VaultUnavailable


class VaultLock:
    """A lock for one thread at a time; a thread that holds it is refused, as it would wait for itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._ended = False

    @contextmanager
    def take(self) -> Iterator[None]:
        """Hold the lock during the block; raises InvalidInput if this thread holds it, VaultUnavailable after `end`."""
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
        """Wait until the lock is free and close it; return whether this was the first call."""
        self._refuse_nesting()
        with self._lock:
            first, self._ended = not self._ended, True
            return first

    def _refuse_nesting(self) -> None:
        if self._holder == threading.get_ident():
            raise InvalidInput("The vault is in use by this thread; end its reading or writing block first.")
