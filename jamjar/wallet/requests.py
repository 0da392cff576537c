"""What advisers asked for: the requests that came as files or letters, each kept once, with its answer.

A request keeps its number for as long as it is kept, whatever comes after it, and is answered once. It goes when the
consent that it led to is erased.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from jamjar.consent.request import ConsentLimits, ConsentRequest, SignedConsentRequest
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault

REQUEST: Final = "request"
"""The kind of the records of requests, by the request's id."""
AGREED: Final = "agreed"
"""The kind of the records of what was agreed to, by the consent."""
_LONGEST: Final = 1 << 16


class RequestAnswer(Enum):
    """What the claimant answered."""

    NONE = "none"
    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A request as it is kept: its number in the list, when it came (Unix seconds), and its answer."""

    number: int
    came: int
    signed: SignedConsentRequest
    answer: RequestAnswer = RequestAnswer.NONE

    @property
    def request(self) -> ConsentRequest:
        """What is asked for."""
        return self.signed.request

    @property
    def name(self) -> str:
        """The name of its record."""
        return self.request.id.hex()

    def check_unanswered(self) -> None:
        """Raise InvalidInput when the request was answered."""
        if self.answer is not RequestAnswer.NONE:
            done = "agreed to" if self.answer is RequestAnswer.AGREED else "refused"
            raise InvalidInput(
                f"Request {self.number} was {done} already; ask {self.request.recipient_name} for another."
            )

    def to_json(self) -> bytes:
        """Return the record as canonical JSON."""
        record = {"number": self.number, "came": self.came, "answer": self.answer.value}
        return strict_json.dumps(record | {"request": self.signed.to_json()}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> ReceivedRequest:
        """Read what `to_json` wrote."""
        found = strict_json.loads(data.decode(), "A request in the vault", _LONGEST)
        signed = SignedConsentRequest.from_json(found["request"])
        return cls(found["number"], found["came"], signed, RequestAnswer(found["answer"]))


def receive(transaction: VaultTransaction, signed: SignedConsentRequest, now: int) -> ReceivedRequest:
    """Keep a request that came now, in Unix seconds, and return it; one that is kept already is returned as it is.

    The same request under another signature of its sender is the same request.
    """
    record = transaction.get(REQUEST, signed.request.id.hex())
    if record is not None:
        return ReceivedRequest.from_json(record)
    numbers = (ReceivedRequest.from_json(value).number for _, value in transaction.all(REQUEST))
    made = ReceivedRequest(max(numbers, default=0) + 1, now, signed)
    transaction.put(REQUEST, made.name, made.to_json())
    return made


def received(vault: Vault) -> tuple[ReceivedRequest, ...]:
    """Return the requests that are kept, in the order of their numbers."""
    with vault.reading() as transaction:
        kept = [ReceivedRequest.from_json(value) for _, value in transaction.all(REQUEST)]
    return tuple(sorted(kept, key=lambda each: each.number))


def numbered(vault: Vault, number: int) -> ReceivedRequest:
    """Return the request of a number; raises InvalidInput when there is none."""
    for each in received(vault):
        if each.number == number:
            return each
    raise InvalidInput(f"There is no request {number}; list them with jamjar wallet requests.")


def agree(
    transaction: VaultTransaction, signed: SignedConsentRequest, consent: str, limits: ConsentLimits, now: int
) -> None:
    """Record that a request was agreed to by a consent, within these limits; raises InvalidInput if it was answered."""
    asked = _answer(transaction, signed, RequestAnswer.AGREED, now)
    record = {"request": asked.name, "looks": limits.looks, "days": limits.days}
    record |= {"reconfirm_days": limits.reconfirm_days}
    transaction.put(AGREED, consent, strict_json.dumps(record).encode())


def refuse_request(transaction: VaultTransaction, signed: SignedConsentRequest, now: int) -> None:
    """Record that a request was refused; raises InvalidInput if it was answered before."""
    _answer(transaction, signed, RequestAnswer.REFUSED, now)


def agreed_limits(vault: Vault, consent: str) -> ConsentLimits | None:
    """Return what was agreed to for a consent; None for one that no request led to."""
    with vault.reading() as transaction:
        record = transaction.get(AGREED, consent)
    if record is None:
        return None
    found = strict_json.loads(record.decode(), "What was agreed to")
    return ConsentLimits(found["looks"], found["days"], found["reconfirm_days"])


def forget_request(transaction: VaultTransaction, consent: str) -> int:
    """Delete the request that led to a consent, and return how many there were: one or none."""
    record = transaction.get(AGREED, consent)
    if record is None:
        return 0
    return int(transaction.delete(REQUEST, strict_json.loads(record.decode(), "What was agreed to")["request"]))


def _answer(
    transaction: VaultTransaction, signed: SignedConsentRequest, answer: RequestAnswer, now: int
) -> ReceivedRequest:
    kept = receive(transaction, signed, now)
    kept.check_unanswered()
    transaction.put(REQUEST, kept.name, replace(kept, answer=answer).to_json())
    return kept
