"""Messages to a relayer through a hop: what the hop keeps, answers that come later, and dummies in between.

A message stays queued in the vault until the ledger has it, whatever a hop does; beside it stands what is needed to
fetch and open the answer, before the hop is given anything. If the hop, the gateway or this wallet stops at any moment,
the answer is fetched later, or the message is sealed and sent again: the relayer knows it then.

On each day on which a consent has nothing to send, it sends a dummy at the time that its calendar has for that day, and
fetches the answer as it would another. So the hop sees one request a day for each consent, and what is urgent.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, JamjarError
from jamjar.hop.client import is_ended
from jamjar.hop.message import HopRequest, SealedRequest, dummy
from jamjar.hop.refusal import NOT_KEPT, HopError, HopLied, HopUnavailable
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Grant
from jamjar.service.refusal import Refused
from jamjar.wallet.calendar import BEFORE, DUMMY, HOPPED, Calendar
from jamjar.wallet.wallet import record_name

if TYPE_CHECKING:
    from jamjar.hop.client import HopClient
    from jamjar.protocol.signing import SignedMessage
    from jamjar.protocol.token import Token
    from jamjar.relayer.answers import MessageAnswer
    from jamjar.relayer.client import RelayerClient
    from jamjar.service.http_client import HttpAnswer
    from jamjar.wallet.wallet import Wallet

FORMAT: Final = "jamjar.hopped.1"
PATIENCE: Final = 3600
"""Seconds after a hop should have passed a message on until it is sealed and sent again."""
SOON: Final = 60
"""Seconds within which a hop that cannot reach a gateway tries again with what is urgent, whatever it says itself."""
_FIELDS: Final = ("hop", "gateway", "id", "seed", "until", "urgent")


class KeptByHop(JamjarError):
    """The hop keeps a message until a time, in Unix seconds, and the relayer has not answered."""

    def __init__(self, until: int) -> None:
        self.until = until
        super().__init__("The hop keeps it, and passes it on later; send again then, to fetch the answer.")


@dataclass(frozen=True, slots=True)
class HopRecord:
    """What is kept of a request that was sent: at which hop, for which gateway, its id, and its reply key's seed.

    until   when the hop passes it on, in Unix seconds; urgent  whether it does at once
    """

    hop: str
    gateway: str
    id: bytes
    seed: bytes = field(repr=False)
    until: int
    urgent: bool = False

    def to_json(self) -> bytes:
        """Return it as canonical JSON in UTF-8."""
        values = (self.hop, self.gateway, self.id.hex(), self.seed.hex(), self.until, self.urgent)
        return strict_json.dumps({"format": FORMAT, **dict(zip(_FIELDS, values, strict=True))}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> HopRecord:
        """Read what `to_json` wrote; raises InvalidInput for all else."""
        found = strict_json.fields(
            strict_json.loads(data.decode(), "What a hop has"), "What a hop has", "format", *_FIELDS
        )
        if found["format"] != FORMAT:
            raise InvalidInput(f"What a hop has is not in the format {FORMAT}; use the version that wrote it.")
        hop, gateway, name, seed, until, urgent = (found[each] for each in _FIELDS)
        return cls(hop, gateway, bytes.fromhex(name), bytes.fromhex(seed), until, urgent)


class RelayerByHop:
    """One relayer, through one hop, for the messages of one consent; `clock` gives Unix seconds."""

    def __init__(self, wallet: Wallet, relayer: RelayerClient, hop: HopClient, clock: Callable[[], float]) -> None:
        self._wallet, self._relayer, self._hop, self._clock = wallet, relayer, hop, clock

    def send(self, signed: SignedMessage, token: Token | None = None, *, urgent: bool = False) -> MessageAnswer:
        """Return the relayer's answer to a message, which is given to the hop unless the hop has it.

        token   the token of its consent, if there is one
        urgent  whether the hop, which sees this, passes it on at once; so it does with a grant that would be too late

        Raises KeptByHop while there is no answer, Refused with the hop's or the relayer's reason, HopError when the hop
        gives no valid answer, and the errors of `RelayerClient`.
        """
        name, now = record_name(signed.message.consent, signed.signature.to_bytes()), int(self._clock())
        record = self._record(name)
        if record is not None:
            answer = self._fetched(name, record, now, urgent=urgent)
            if answer is not None:
                return self._relayer.read(signed, answer)
        if isinstance(signed.message, Grant) and signed.message.valid_from - BEFORE <= now + self._hop.epoch:
            urgent = True
        if not urgent:
            self._fetch_dummy(signed.message.consent, now)
        request = HopRequest("POST", *_posted(*self._relayer.request(signed, token)))
        try:
            record = self._give(name, self._hop.seal(request), now, urgent=urgent)
        except Refused as refused:
            if not urgent or refused.refusal.code not in NOT_KEPT:
                raise
            return self._relayer.read(signed, self._hop.at_once(request))  # a hop that is full stops no withdrawal
        if urgent and (answer := self._fetched(name, record, now)) is not None:
            return self._relayer.read(signed, answer)
        if not urgent:
            self._note(signed.message.consent, now // DAY)
        raise KeptByHop(record.until)

    def cover(self, consent: str) -> bool:
        """Send a dummy if the consent's time of the day has come, and it sent nothing on that day; return whether.

        The answer to the one before is fetched first, as that of a message would be.
        """
        now = int(self._clock())
        today, name = now // DAY, _dummy_name(consent)
        if Calendar(self._wallet.secret(consent)).on(today) > now:
            return False
        with self._wallet.vault.reading() as transaction:
            noted = transaction.get(HOPPED, record_name(consent, b"day"))
        if noted is not None and int(noted) >= today:
            return False
        self._fetch_dummy(consent, now)
        self._give(name, self._hop.seal(dummy()), now, urgent=False)
        self._note(consent, today)
        return True

    def _fetch_dummy(self, consent: str, now: int) -> None:
        """Fetch the answer to a consent's last dummy, before whatever comes next: a hop sees no difference."""
        name = _dummy_name(consent)
        record = self._record(name)
        with suppress(HopError, Refused, KeptByHop):
            if record is not None:
                self._fetched(name, record, now)

    def _give(self, name: str, sealed: SealedRequest, now: int, *, urgent: bool) -> HopRecord:
        record = HopRecord(self._hop.url, self._hop.gateway, sealed.id, sealed.seed, now, urgent)
        self._put(name, record)  # before the hop has it, or its answer could not be opened
        try:
            until = self._hop.keep(sealed, urgent=urgent)
        except Refused:
            self._drop(name)
            raise
        found = replace(record, until=min(until, now + (SOON if urgent else DAY)))
        self._put(name, found)
        return found

    def _fetched(self, name: str, record: HopRecord, now: int, *, urgent: bool = False) -> HttpAnswer | None:
        """Return the answer to what the hop has; None where it is to be sealed again. Raises KeptByHop."""
        if (record.hop, record.gateway) != (self._hop.url, self._hop.gateway):
            self._drop(name)
            return None
        try:
            answer = self._hop.response(record.id, record.seed)
        except Refused as refused:
            if not is_ended(refused):
                raise
            self._drop(name)
            return None
        except HopLied:
            self._drop(name)
            raise
        if (
            answer is None and urgent and not record.urgent
        ):  # what the hop has as well may wait; whichever comes second is known
            self._drop(name)
            return None
        if answer is None and now > record.until + PATIENCE:
            self._drop(name)
            raise HopUnavailable("The hop did not pass it on in time; send again, by another hop where it stays so.")
        if answer is None:
            raise KeptByHop(record.until)
        self._drop(name)
        with suppress(HopError, Refused):  # else the hop deletes it by itself
            self._hop.forget(record.id)
        return answer

    def _record(self, name: str) -> HopRecord | None:
        with self._wallet.vault.reading() as transaction:
            data = transaction.get(HOPPED, name)
        return None if data is None else HopRecord.from_json(data)

    def _put(self, name: str, record: HopRecord) -> None:
        with self._wallet.vault.writing() as transaction:
            transaction.put(HOPPED, name, record.to_json())

    def _drop(self, name: str) -> None:
        with self._wallet.vault.writing() as transaction:
            transaction.delete(HOPPED, name)

    def _note(self, consent: str, day: int) -> None:
        with self._wallet.vault.writing() as transaction:
            transaction.put(HOPPED, record_name(consent, b"day"), str(day).encode())


def _dummy_name(consent: str) -> str:
    return record_name(consent, DUMMY)


def _posted(path: str, body: bytes) -> tuple[str, dict[str, str], bytes]:
    return path, {}, body
