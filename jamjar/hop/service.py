"""A hop: it passes sealed requests on to gateways, and their sealed responses back, and can read neither.

What can wait is kept until the hop's epoch, on disk, and then passed on in random order with all that came by then.
What is urgent is tried at once, and kept until it was answered. A conversation, such as with a mailbox, is passed on at
once, and nothing of it is kept.
"""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Protocol

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput
from jamjar.hop.gateway_key import SignedGatewayKey
from jamjar.hop.message import key_digest
from jamjar.hop.refusal import GatewayRefused, GatewayUnavailable
from jamjar.hop.refusal import HopCode as Code
from jamjar.hop.settings import HopSettings, gateway_id
from jamjar.hop.store import HopStore, Kept, KeptState
from jamjar.service.database import DatabaseUnavailable
from jamjar.service.rates import Rates
from jamjar.service.refusal import refused

MOST_AT_ONCE = 20
"""How many requests may wait for gateways at a time, in threads of this service; what is kept waits in no thread.

Each gateway has its part of them, so that one that hangs takes none of the others'."""

DOUBTED = 60
"""Seconds for which a key is given although its gateway refused a request: it must not give each wallet its own."""


class Passes(Protocol):
    """The way to gateways, by their addresses; it raises GatewayUnavailable, and GatewayRefused."""

    def pass_on(self, gateway: str, data: bytes, length: int) -> bytes:
        """Pass a request on, and return the response, which has this length."""

    def key(self, gateway: str) -> SignedGatewayKey:
        """Return a gateway's key."""


class Hop:
    """One hop, safe to use from several threads; `clock` gives Unix seconds."""

    def __init__(self, settings: HopSettings, store: HopStore, passes: Passes, clock: Callable[[], float]) -> None:
        self.settings = settings
        self._store, self._passes, self._clock = store, passes, clock
        self._addresses = {gateway_id(address): address for address in settings.gateways}
        self._keys: dict[str, tuple[float, SignedGatewayKey]] = {}
        self._doubted = set[str]()
        self._asking = {gateway: threading.Lock() for gateway in self._addresses}
        self._rates = Rates(settings.burst, settings.per_second)
        each = max(1, MOST_AT_ONCE // len(self._addresses))
        self._waiting = {gateway: threading.BoundedSemaphore(each) for gateway in self._addresses}
        self._senders: dict[str, str] = {}
        self._counts = Counter[str]()
        self._lock = threading.Lock()

    def key(self, gateway: str) -> SignedGatewayKey:
        """Return a gateway's key, the same to all who ask within the time of its settings; raises Refused.

        One thread asks a gateway at a time, for a second the others wait. While it does not answer, all get the key
        that it gave before.
        """
        address = self._address(gateway)
        key, is_due = self._known_key(gateway)
        if not is_due and key is not None:
            return key
        try:
            if not self._asking[gateway].acquire(timeout=1):
                raise GatewayUnavailable("The hop waits for the gateway's key; ask again in a minute.")
            try:
                key, is_due = self._known_key(gateway)
                if is_due or key is None:
                    key = self._passes.key(address)
                    self._keys[gateway] = self._clock(), key
                    self._doubted.discard(gateway)
            finally:
                self._asking[gateway].release()
        except (GatewayUnavailable, GatewayRefused) as error:
            if key is None:
                raise refused(Code.GATEWAY_UNAVAILABLE, str(error)) from None
        return key

    def at_once(self, gateway: str, data: bytes | None, sender: str) -> bytes:
        """Pass a request on, and return the response; nothing is kept. Raises Refused."""
        checked = self._checked(gateway, data, sender)
        try:
            return self._passed(gateway, checked)
        except GatewayUnavailable as error:
            raise refused(Code.GATEWAY_UNAVAILABLE, str(error)) from None
        except GatewayRefused as error:
            self._doubted.add(gateway)  # it may be sealed to a key that is no longer the gateway's
            raise refused(Code.GATEWAY_REFUSED, str(error)) from None

    def keep(self, gateway: str, data: bytes | None, sender: str, *, urgent: bool) -> tuple[Kept, bool]:
        """Keep a request, on disk when this returns; return it, and whether it is new. Raises Refused.

        urgent  whether it is tried now, as seen by this hop, and not with its epoch
        """
        checked = self._checked(gateway, data, sender)
        name, now, limits = keccak256(checked).hex(), int(self._clock()), self.settings
        with self._lock:
            if name not in self._senders and self._counts[sender] >= limits.each:
                raise refused(Code.TOO_MANY, "Too many of your requests are kept here; fetch the answers first.")
        due_at = now + limits.retry if urgent else limits.epoch_after(now)
        times = {"due_at": due_at, "until": due_at + limits.give_up}
        kept, is_new = self._store.keep(name, gateway, checked, **times, most=limits.most, urgent=urgent)
        if is_new:
            self._remember(name, sender)
        if urgent and kept.state is KeptState.HELD:
            self.try_now(name, gateway, times["until"])
            kept = self._store.find(name) or kept
        return kept, is_new

    def look(self, name: str) -> Kept:
        """Return a request that is held or answered; raises Refused where there is no response, and will be none."""
        kept = self._store.find(name)
        if kept is None:
            raise refused(Code.UNKNOWN_ID, "No such request is kept here; seal it again, and send that.")
        if kept.state is KeptState.REFUSED:
            raise refused(Code.GATEWAY_REFUSED, "The gateway did not take the request; seal it again, and send that.")
        if kept.state is KeptState.GIVEN_UP:
            raise refused(Code.GAVE_UP, "The gateway did not answer for days; send it by another way.")
        return kept

    def forget(self, name: str) -> None:
        """Delete a request whose response was fetched, or one that is taken back."""
        self._store.forget(name)
        self._forget(name)

    def try_now(self, name: str, gateway: str, until: int) -> bool:
        """Try to pass on what is held under an id; return whether the gateway answered, or it was gone."""
        sealed, now = self._store.sealed(name), int(self._clock())
        if sealed is None:
            return True
        try:
            self._store.end(name, KeptState.ANSWERED, now, self._passed(gateway, sealed))
        except GatewayRefused:
            self._doubted.add(gateway)
            self._store.end(name, KeptState.REFUSED, now)
        except GatewayUnavailable:
            if now < until:
                self._store.put_off(name, now + self.settings.retry)
            else:
                self._store.end(name, KeptState.GIVEN_UP, now)
            return False
        return True

    def sweep(self) -> int:
        """Delete what nobody fetched in time; return how many."""
        with self._lock:
            known = list(self._senders)
        deleted = self._store.sweep(int(self._clock()) - self.settings.keep)
        for name in known if deleted else ():
            if self._store.find(name) is None:
                self._forget(name)
        return deleted

    def _known_key(self, gateway: str) -> tuple[SignedGatewayKey | None, bool]:
        """Return the key that a gateway gave last, and whether it is time to ask for it again."""
        if gateway not in self._keys:
            return None, True
        taken, key = self._keys[gateway]
        kept = min(self.settings.key, DOUBTED) if gateway in self._doubted else self.settings.key
        return key, not taken <= self._clock() < taken + kept

    def _passed(self, gateway: str, data: bytes) -> bytes:
        address = self._addresses.get(gateway)
        if address is None:  # kept since before a restart with other settings
            raise GatewayUnavailable("The hop no longer passes on to this gateway; send it by another hop.")
        if not self._waiting[gateway].acquire(timeout=1):
            raise GatewayUnavailable("The hop waits for its gateways; send it again in a minute.")
        try:
            return self._passes.pass_on(address, data, self.settings.gateways[address].response_bytes)
        finally:
            self._waiting[gateway].release()

    def _checked(self, gateway: str, data: bytes | None, sender: str) -> bytes:
        kind = self.settings.gateways[self._address(gateway)]
        if not self._rates.allow(sender, self._clock()):
            raise refused(Code.TOO_FAST, "There are too many requests from your address; wait a minute.")
        if data is None or len(data) != kind.request_bytes:
            size = f"{kind.request_bytes:,}"
            raise refused(Code.WRONG_SIZE, f"A request to this gateway has {size} bytes; seal it again for this kind.")
        try:
            key_digest(data, kind)
        except InvalidInput as error:
            raise refused(Code.UNKNOWN_FORMAT, str(error)) from None
        return data

    def _address(self, gateway: str) -> str:
        if gateway not in self._addresses:
            raise refused(Code.UNKNOWN_GATEWAY, "The hop passes nothing on to this gateway; name one that it knows.")
        return self._addresses[gateway]

    def _remember(self, name: str, sender: str) -> None:
        with self._lock:
            self._senders[name] = sender
            self._counts[sender] += 1

    def _forget(self, name: str) -> None:
        with self._lock:
            sender = self._senders.pop(name, None)
            if sender is not None:
                self._counts[sender] -= 1
                if not self._counts[sender]:
                    del self._counts[sender]


def store_problem(store: HopStore) -> str:
    """Return what is wrong with a hop's database, empty when nothing is."""
    try:
        store.oldest_due()
    except DatabaseUnavailable as error:
        return str(error)
    return ""
