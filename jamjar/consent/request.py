"""What an adviser asks a claimant to agree to: jars, days, purpose, looks, end and reconfirmations, in one record.

It holds no notice: the claimant's own program makes that from these fields (`jamjar.consent.notice`), so nothing can be
asked for that is not said. It fits a QR code. Its sender signs it, for one ledger.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from jamjar.consent.one_line import one_line
from jamjar.consent.request_scope import FORMAT, KEYS, QUESTIONS_FORMAT, asked_fields, read_asked
from jamjar.consent.schedule import LENGTHS, RECONFIRMATIONS, USES
from jamjar.consent.scope import ScopeItem
from jamjar.consent.terms import Storage, Terms
from jamjar.consent.whole_scope import Item
from jamjar.crypto.hashing import keccak256
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, InvalidSignature, InvalidTerms
from jamjar.protocol import signing, typed_data
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain

MAX_BYTES: Final = 8 * 1024
LONGEST_ABOUT: Final = 300
LONGEST_CONTACT: Final = 200
MOST_JARS: Final = 40
NONCE_BYTES: Final = 16
LANGUAGE: Final = "mul"
"""The language tag of a notice in both languages: ISO 639-2 for several, which BCP 47 has as it is."""
LONGEST_WAIT: Final = timedelta(days=90)
"""How long after it was made a request can still be answered."""
_MEMBERS: Final = (("content", "bytes32"),)
_TYPE_HASH: Final = keccak256(b"ConsentRequest(bytes32 content)")
_NUMBERS: Final = ("recipient", "retention_days", "looks", "days", "reconfirm_days")
_TEXTS: Final = ("recipient_name", "contact", "purpose", "about")
_DATES: Final = ("data_from", "data_until", "asked", "answer_by")
_ASK_AGAIN: Final = "ask who gave it to you for another"


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """A request; every instance is valid, and so are the terms that it asks for.

    recipient, recipient_name, purpose, scope, data_from, data_until, retention_days  as in `Terms`; 0 days: view only
    contact          where questions go, one line of 1 to 200 characters; about  in the adviser's words, up to 300
    looks, days, reconfirm_days  the most that is asked for, each one of the usual numbers (`jamjar.consent.schedule`)
    asked, answer_by the day on which it was made, and the last on which it can be agreed to, at most 90 days later
    nonce            16 random bytes, so that no two are the same
    questions        the most questions, as in `Terms`

    Raises InvalidTerms, which names the field.
    """

    recipient: int
    recipient_name: str
    contact: str
    purpose: str
    about: str
    scope: frozenset[ScopeItem] | frozenset[Item]
    data_from: date
    data_until: date
    retention_days: int
    looks: int
    days: int
    reconfirm_days: int
    asked: date
    answer_by: date
    nonce: bytes = field(repr=False)
    questions: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "contact", one_line("contact", self.contact, LONGEST_CONTACT))
        object.__setattr__(self, "about", self.about and one_line("adviser's own words", self.about, LONGEST_ABOUT))
        for name, usual in (("looks", USES), ("days", LENGTHS), ("reconfirm_days", RECONFIRMATIONS)):
            value = getattr(self, name)
            if type(value) is not int or value not in usual:
                choices = ", ".join(map(str, usual))
                raise InvalidTerms(f"The {_WORDS[name]} are unusual, which would single you out; choose of {choices}.")
        if any(type(getattr(self, name)) is not date for name in _DATES):
            raise InvalidTerms("A date of the request is none; write it as YYYY-MM-DD.")
        if not self.asked <= self.answer_by <= self.asked + LONGEST_WAIT:
            wait = LONGEST_WAIT.days
            raise InvalidTerms(f"The last day to answer is not within {wait} days of the request; correct it.")
        if type(self.nonce) is not bytes or len(self.nonce) != NONCE_BYTES:
            raise InvalidTerms(f"The nonce of the request is not {NONCE_BYTES} bytes; draw a fresh one.")
        object.__setattr__(self, "recipient_name", self.terms("-").recipient_name)
        if len(self.scope) > MOST_JARS:
            raise InvalidTerms(f"The request names more than {MOST_JARS} jars; name whole sections or groups.")

    def terms(self, notice: str) -> Terms:
        """Return the terms that are asked for with this notice; `jamjar.consent.notice.terms_of` makes that one."""
        return Terms(
            purpose=self.purpose,
            scope=self.scope,
            data_from=self.data_from,
            data_until=self.data_until,
            retention_days=self.retention_days,
            storage=Storage.STORE if self.retention_days else Storage.VIEW,
            notice=notice,
            language=LANGUAGE,
            recipient=self.recipient,
            recipient_name=self.recipient_name,
            questions=self.questions,
        )

    def check_day(self, today: date) -> None:
        """Raise InvalidTerms unless the request can be answered on this day, of UTC."""
        if today > self.answer_by:
            raise InvalidTerms(f"The request could be answered until {self.answer_by}; {_ASK_AGAIN}.")
        if today < self.asked - timedelta(days=1):
            raise InvalidTerms(
                f"The request is dated {self.asked}, which is to come; correct the clock, or {_ASK_AGAIN}."
            )

    def lowered(
        self, *, looks: int | None = None, days: int | None = None, reconfirm_days: int | None = None
    ) -> ConsentLimits:
        """Return what is agreed to: what is asked for, or less; raises InvalidTerms for more."""
        chosen = {"looks": looks, "days": days, "reconfirm_days": reconfirm_days}
        for name, value in chosen.items():
            most = getattr(self, name)
            if value is not None and value > most:
                raise InvalidTerms(f"The request asks for {most} {_WORDS[name]} at most; agree to that, or to fewer.")
        given = {name: getattr(self, name) if value is None else value for name, value in chosen.items()}
        return ConsentLimits(**given)

    def fields(self) -> dict[str, Any]:
        """Return the request as values for JSON."""
        plain = {name: getattr(self, name) for name in (*_NUMBERS, *_TEXTS)}
        dates = {name: getattr(self, name).isoformat() for name in _DATES}
        return {"nonce": self.nonce.hex(), **asked_fields(self.scope, self.questions), **plain, **dates}

    @property
    def id(self) -> bytes:
        """The 32 bytes that name the request: Keccak-256 of its canonical JSON, which is what is signed."""
        return keccak256(_dumps(self.fields()).encode("utf-8"))

    def digest(self, domain: Domain) -> bytes:
        """Return the 32 bytes to sign (EIP-712); `domain` is the ConsentRegistry's."""
        return typed_data.signed_digest(domain, keccak256(_TYPE_HASH + self.id))

    def full_message(self, domain: Domain) -> dict[str, Any]:
        """Return what a wallet shows and signs (EIP-712)."""
        return typed_data.document(domain, "ConsentRequest", _MEMBERS, {"content": self.id})


@dataclass(frozen=True, slots=True)
class ConsentLimits:
    """The most looks, the days until the end, and the most days between two reconfirmations."""

    looks: int
    days: int
    reconfirm_days: int


@dataclass(frozen=True, slots=True)
class SignedConsentRequest:
    """A request with the signature of an account."""

    request: ConsentRequest
    signature: Signature

    def account(self, domain: Domain) -> str:
        """Return the account that signed. Warning: check on the ledger that it acts for the recipient."""
        return signing.recover(self.request.digest(domain), self.signature)

    def to_json(self) -> str:
        """Return the file's text, on one line: canonical JSON, with the signature as hex."""
        return _dumps(self.request.fields() | {"signature": self.signature.to_bytes().hex()})

    @classmethod
    def from_json(cls, text: str) -> SignedConsentRequest:
        """Read a request of at most 8 KiB; raises InvalidTerms for all that is not a whole and valid one."""
        try:
            return cls._read(strict_json.loads(text, "The request", MAX_BYTES))
        except (InvalidTerms, InvalidSignature):
            raise
        except InvalidInput as error:
            raise InvalidTerms(str(error)) from None

    @classmethod
    def _read(cls, value: object) -> SignedConsentRequest:
        if isinstance(value, dict) and "notice" in value and "format" in value:
            raise InvalidTerms(
                "These are terms without looks and end, to which nobody can agree; ask for a request, which your "
                "adviser makes with jamjar adviser ask."
            )
        named = value.get("format") if isinstance(value, dict) else None
        own = KEYS.get(named, KEYS[FORMAT]) if isinstance(named, str) else KEYS[FORMAT]
        names = ("format", "nonce", *own, *_NUMBERS, *_TEXTS, *_DATES, "signature")
        found = strict_json.fields(value, "The request", *names)
        if found.pop("format") not in KEYS:
            known = " and ".join(KEYS)
            raise InvalidTerms(f"The request's format is unknown; this version reads {known}, so update Jamjar.")
        if named == QUESTIONS_FORMAT and found["questions"] == 0:
            raise InvalidTerms(f"A request of {QUESTIONS_FORMAT} asks for at least one question; {_ASK_AGAIN}.")
        scope = read_asked(str(named), found)
        signature = Signature.from_bytes(_bytes(found.pop("signature")))
        for name in _DATES:
            found[name] = strict_json.day(found[name])
        if any(not isinstance(found[name], str) for name in _TEXTS):
            raise InvalidTerms(f"A text of the request is none; {_ASK_AGAIN}.")
        found["nonce"] = _bytes(found["nonce"])
        return cls(ConsentRequest(scope=scope, **found), signature)


def sign_request(request: ConsentRequest, signer: Signer, domain: Domain) -> SignedConsentRequest:
    """Sign a request as an account of the recipient."""
    return SignedConsentRequest(request, signer.sign(request.digest(domain)))


_WORDS: Final = {"looks": "looks", "days": "days", "reconfirm_days": "days between confirmations"}


def _bytes(text: object) -> bytes:
    try:
        return bytes.fromhex(text if isinstance(text, str) else "?")
    except ValueError:
        raise InvalidTerms(f"The nonce or signature of the request is not hex; {_ASK_AGAIN}.") from None


def _dumps(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
