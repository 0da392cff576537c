"""Consents in every state, what changed in them, and a recipient that loses its powers."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

import pytest

STATUSES = ("NONE", "SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED", "EXPIRED", "RELEASED", "WITHDRAWN")
STAGES = ("NONE", "GRANTED", "PAUSED", "RELEASED", "WITHDRAWN")


class States:
    """Brings consents into a state, and says in which they are."""

    def __init__(self, system: Any, claimants: Any, people: Any) -> None:
        self.consents, self.claimants, self.people = system.consents, claimants, people

    def make(self, name: str, **changes: Any) -> Any:
        """The key of a consent with this status; of an EXHAUSTED one, all 3 uses are spent."""
        return getattr(self, f"_{name.lower()}")(**changes)

    def of(self, key: Any) -> str:
        return STATUSES[self.consents.status(key.address)]

    def code(self, name: str) -> int:
        return STATUSES.index(name)

    def stage(self, name: str) -> int:
        return STAGES.index(name)

    def use(self, key: Any, times: int = 1) -> None:
        for _ in range(times):
            self.consents.use((key.address, secrets.token_bytes(32)), {"from": self.people.adviser})

    def _none(self) -> Any:
        return self.claimants.key()

    def _scheduled(self, **changes: Any) -> Any:
        return self.claimants.granted(**changes)

    def _active(self, **changes: Any) -> Any:
        return self.claimants.live(**changes)

    def _paused(self, **changes: Any) -> Any:
        key = self._active(**changes)
        self.consents.pause(*self.claimants.pause(key, 0), {"from": self.people.operator})
        return key

    def _stale(self, **changes: Any) -> Any:
        return self._after("reconfirmBy", **changes)

    def _exhausted(self, **changes: Any) -> Any:
        key = self._active(**changes)
        self.use(key, times=3)
        return key

    def _expired(self, **changes: Any) -> Any:
        return self._after("validUntil", **changes)

    def _released(self, **changes: Any) -> Any:
        key = self._active(**changes)
        self.consents.release(key.address, {"from": self.people.adviser})
        return key

    def _withdrawn(self, **changes: Any) -> Any:
        key = self._active(**changes)
        self.consents.withdraw(self.claimants.withdraw(key), {"from": self.people.operator})
        return key

    def _after(self, field: str, **changes: Any) -> Any:
        key = self.claimants.granted(**changes)
        self.claimants.move_to(self.consents.getConsent(key.address)[field] + 1)
        return key


@pytest.fixture(scope="module")
def states(system: Any, claimants: Any, people: Any) -> States:
    return States(system, claimants, people)


@pytest.fixture(scope="module")
def stored(system: Any) -> Callable[[Any], dict[str, int]]:
    """`stored(key)`: the consent as the contract keeps it, by field."""
    return lambda key: dict(system.consents.getConsent(key.address).dict())


@pytest.fixture(scope="module")
def changes(stored: Any) -> Callable[..., AbstractContextManager[None]]:
    """`with changes(key, sequence=1): ...`: exactly these fields of the stored consent change, to these values."""

    @contextmanager
    def expect(key: Any, **fields: int) -> Iterator[None]:
        before = stored(key)
        yield
        assert stored(key) == before | fields

    return expect


class Fall(NamedTuple):
    """How member 2 stops being an active adviser, and becomes one again."""

    fall: Callable[[], Any]
    recover: Callable[[], Any]


@pytest.fixture(params=["suspended", "adviser no more"])
def recipient(request: Any, system: Any, governing: Any) -> Fall:
    if request.param == "suspended":
        return Fall(lambda: governing.suspend(2), governing.ready("reinstate", 2))
    role, seat = system.consortium.ADVISER(), system.consortium.seatOf(2)
    return Fall(governing.ready("revokeRole", role, seat), governing.ready("grantRole", role, seat))
