"""The terms of a consent: the record behind the digest that a grant puts on the ledger."""

import json
import re
import unicodedata
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from typing import Any, Final

from jamjar.consent.named import NamedItem, ValueKind
from jamjar.consent.purpose import check_purpose
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.whole_scope import Item, check_scope, read_enum, read_scope, scope_fields
from jamjar.crypto.hashing import keccak256
from jamjar.encoding import strict_json
from jamjar.encoding.unicode_text import is_stable
from jamjar.errors import InvalidInput, InvalidTerms
from jamjar.plan.entries import PERIOD

__all__ = ["FORMAT", "Detail", "ScopeItem", "Storage", "Terms"]
FORMAT: Final = "jamjar.terms.1"
QUESTIONS_FORMAT: Final = "jamjar.terms.2"
KEYS_FORMAT: Final = "jamjar.terms.3"
SET_FORMAT: Final = "jamjar.terms.4"
"""The formats of terms that allow questions, that name further keys of the consent, and that are about a named set."""
MOST_QUESTIONS: Final = 12
"""How many questions terms may allow."""
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?", re.ASCII)


class Storage(Enum):
    """Whether the recipient may keep what it is shown."""

    VIEW = "view"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Terms:
    """The complete terms that the claimant agrees to; every instance is valid.

    purpose         a DPV term, one of `purpose.ALLOWED_PURPOSES`
    scope           the jars and what of them is shown, or the names of one set with their kinds; at least one
    data_from, data_until  the first and the last day of the data, in this order or equal
    retention_days  0 to 3650, how long the recipient may keep it: 0 with VIEW, at least 1 with STORE
    notice          the exact text shown to the claimant, 1 to 20,000 characters
    language        of the notice: language, script and region of a BCP 47 tag, such as "en-GB" or "cy"
    recipient       the member number, 1 to 2**32 - 1; recipient_name as shown, 1 to 200 characters
    questions       the most questions about figures that are not shown, 1 to 12; 0 where the scope has no THRESHOLD
    pq_key, es256_key  the consent's keys of ML-DSA-44, by SHA-256, and of P-256, by RFC 7638: hex digits, or both empty

    Texts are kept in Unicode Normalization Form C. Raises InvalidTerms, which names the field to correct.
    """

    purpose: str
    scope: frozenset[ScopeItem] | frozenset[Item]
    data_from: date
    data_until: date
    retention_days: int
    storage: Storage
    notice: str = field(repr=False)
    language: str
    recipient: int
    recipient_name: str
    questions: int = 0
    pq_key: str = ""
    es256_key: str = ""

    def __post_init__(self) -> None:
        check_purpose(self.purpose)
        self._check_scope()
        self._check_times()
        self._check_texts()
        if not _is_int(self.recipient, 1, 2**32 - 1):
            raise InvalidTerms("The recipient is not a member number from 1 to 2**32 - 1; look it up.")
        if any(keys := (self.pq_key, self.es256_key)) and not all(
            isinstance(each, str) and _KEY.fullmatch(each) for each in keys
        ):
            raise InvalidTerms("The consent's keys are not two digests of 64 hex digits; take them from its wallet.")
        if len(self.to_json().encode("utf-8")) > strict_json.MAX_BYTES:
            raise InvalidTerms("The terms are longer than 64 KiB as JSON; shorten the notice.")

    def _check_scope(self) -> None:
        check_scope(self.scope)
        asked = any(item.is_asked for item in self.scope)
        if not _is_int(self.questions, int(asked), MOST_QUESTIONS if asked else 0):
            most = f"1 to {MOST_QUESTIONS} with a threshold in the scope, or 0 without"
            raise InvalidTerms(f"The most questions are not {most}; correct them.")

    def _check_times(self) -> None:
        # A datetime is also a date, but the terms would silently lose its time.
        if type(self.data_from) is not date or type(self.data_until) is not date:
            raise InvalidTerms("The data period is not two calendar dates; give its first and its last day.")
        if self.data_until < self.data_from:
            raise InvalidTerms("The data period ends before it starts; swap or correct the dates.")
        if not isinstance(self.storage, Storage):
            raise InvalidTerms("The storage is neither Storage.VIEW nor Storage.STORE; choose one.")
        if not _is_int(self.retention_days, 0, 3650):
            raise InvalidTerms("The retention is not a whole number of days from 0 to 3650; correct it.")
        if (self.storage is Storage.VIEW) != (self.retention_days == 0):
            raise InvalidTerms("The storage and the retention do not agree; retain 0 days to view, 1 or more to store.")

    def _check_texts(self) -> None:
        object.__setattr__(self, "notice", _text("notice", self.notice, 20_000))
        name = _text("recipient's name", self.recipient_name, 200)
        if not name.isprintable() or name != name.strip():
            raise InvalidTerms("The recipient's name is not one line without spaces around it; correct it.")
        object.__setattr__(self, "recipient_name", name)
        if not isinstance(self.language, str) or not _LANGUAGE.fullmatch(self.language):
            raise InvalidTerms('The language is not a BCP 47 tag such as "en-GB" or "cy"; correct it.')

    @property
    def set_id(self) -> str:
        """The identifier of the set that these terms are about; empty where they are about a budget."""
        return next((item.set_id for item in self.scope if isinstance(item, NamedItem)), "")

    @property
    def kinds(self) -> dict[str, ValueKind]:
        """The kind of each entry of a set, by its name in the leaves; none of a budget."""
        return {item.jar: item.kind for item in self.scope if isinstance(item, NamedItem)}

    @property
    def always_shown(self) -> tuple[str, ...]:
        """The names of the entries that every disclosure shows: the period of a budget; none of a set."""
        return () if self.set_id else PERIOD

    def allows(self, name: str) -> bool:
        """Return whether the entry of this name may be shown; the dates of a budget's period always may."""
        return name in self.always_shown or any(item.allows(name) for item in self.scope)

    def asks(self, name: str) -> bool:
        """Return whether a question may be about the budget entry of this name, without its figure."""
        return any(item.asks(name) for item in self.scope)

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the figures that questions may be about, sorted."""
        return tuple(sorted(item.figure for item in self.scope if item.is_asked))

    def concerns(self, name: str) -> bool:
        """Return whether the budget entry of this name may be shown or asked about."""
        return self.allows(name) or self.asks(name)

    @property
    def format(self) -> str:
        """The name of the format of these terms."""
        if self.set_id:
            return SET_FORMAT
        return KEYS_FORMAT if self.pq_key else QUESTIONS_FORMAT if self.questions else FORMAT

    @property
    def covered(self) -> tuple[str, ...]:
        """The codes of the totals of which the recipient may learn whether income covers them, sorted."""
        return tuple(sorted(item.jar for item in self.scope if item.what is Detail.COVERED))

    def to_json(self) -> str:
        """Return the canonical encoding; the digest is that of its UTF-8.

        It holds texts, whole numbers below 2**53, lists and objects only. With sorted keys and no space
        between them that is RFC 8785 (JSON Canonicalization Scheme, section 3.2) for the same values.
        """
        record: dict[str, Any] = {name: getattr(self, name) for name in _FORMATS[self.format]} | {
            "format": self.format,
            "scope": scope_fields(self.scope),
            "data_from": self.data_from.isoformat(),
            "data_until": self.data_until.isoformat(),
            "storage": self.storage.value,
        }
        record |= {"set": self.set_id} if self.set_id else {}
        return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "Terms":
        """Read terms from JSON with its keys in any order and any spacing; the digest depends on the values alone.

        Raises InvalidTerms for more than 64 KiB, another format, fractions, unknown, missing or repeated
        keys.
        """
        try:
            return cls._read(strict_json.loads(text, "The record of terms"))
        except InvalidTerms:
            raise
        except InvalidInput as error:
            raise InvalidTerms(str(error)) from None

    @classmethod
    def _read(cls, value: object) -> "Terms":
        named = value.get("format") if isinstance(value, dict) else None
        names = _FORMATS.get(named, _FIELDS) if isinstance(named, str) else _FIELDS
        of_set = ("set",) if named == SET_FORMAT else ()
        record = strict_json.fields(value, "The record of terms", "format", *names, *of_set)
        if record.pop("format") not in _FORMATS:
            known = " and ".join(_FORMATS)
            raise InvalidTerms(f"The format of the terms is unknown; this version reads {known}, so update Jamjar.")
        record["scope"] = read_scope(record["scope"], *(record.pop(name) for name in of_set))
        record["data_from"] = _date(record["data_from"])
        record["data_until"] = _date(record["data_until"])
        record["storage"] = read_enum(Storage, record["storage"])
        made = cls(**record)
        if made.format != named:
            raise InvalidTerms(
                f"Terms of {named} allow at least one question or name keys; write these as {made.format}."
            )
        return made

    def digest(self, salt: bytes) -> bytes:
        """Return the 32 bytes that stand for these terms on the ledger: keccak256(tag || salt || content).

        tag is keccak256 of the format's name, such as "jamjar.terms.1", and content keccak256 of `to_json()` in UTF-8,
        so exactly 96 bytes are hashed and no part can run into another; the tag sets it apart from every other digest.
        The salt is 32 fresh random bytes, used for these terms only.
        Warning: whoever knows the salt can test guesses at the terms; to erase the terms, destroy the salt.
        Raises InvalidTerms for a salt of another length and for zeros.
        """
        if not isinstance(salt, bytes) or len(salt) != 32 or not any(salt):
            raise InvalidTerms("The salt of a terms digest is not 32 random bytes; draw a fresh one.")
        tag = keccak256(self.format.encode("ascii"))
        return keccak256(tag + salt + keccak256(self.to_json().encode("utf-8")))


_LATER: Final = ("questions", "pq_key", "es256_key")
_FIELDS: Final = tuple(each.name for each in fields(Terms) if each.name not in _LATER)
_FORMATS: Final = {FORMAT: _FIELDS, QUESTIONS_FORMAT: (*_FIELDS, "questions"), KEYS_FORMAT: (*_FIELDS, *_LATER)}
_FORMATS[SET_FORMAT] = _FORMATS[KEYS_FORMAT]


def _is_int(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _text(name: str, value: object, longest: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidTerms(f"The {name} is empty; give the text as the claimant is shown it.")
    if not is_stable(value):  # or another version of Unicode gives another digest
        raise InvalidTerms(f"The {name} has a character that not every version of Unicode has; replace it.")
    text = unicodedata.normalize("NFC", value)
    if len(text) > longest:
        raise InvalidTerms(f"The {name} is longer than {longest} characters; shorten it.")
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in text):
        raise InvalidTerms(f"The {name} contains control characters; remove them.")
    return text


def _date(value: object) -> date:
    day = strict_json.day(value)
    if day is None:
        raise InvalidTerms("A date of the data period is not written as YYYY-MM-DD; correct it.")
    return day
