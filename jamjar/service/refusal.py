"""Refusals of a service: a code for programs, a sentence for people, and facts on which a program can act."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.encoding.json_schema import TEXT, Schema, record
from jamjar.errors import JamjarError


class HttpCode:
    """What was wrong with a request at any service, before it came to its own rules."""

    NO_SUCH_PATH: Final = "NO_SUCH_PATH"
    NO_SUCH_METHOD: Final = "NO_SUCH_METHOD"
    TOO_SLOW: Final = "TOO_SLOW"


HTTP_STATUS: Final[Mapping[str, int]] = {
    HttpCode.NO_SUCH_PATH: 404,
    HttpCode.NO_SUCH_METHOD: 405,
    HttpCode.TOO_SLOW: 408,
}
"""Their HTTP statuses (RFC 9110, section 15)."""

UNAUTHORIZED: Final = 401
CHALLENGE: Final = "EIP-712"
"""What an answer 401 asks for in WWW-Authenticate (RFC 9110, section 11.6.1): a signature of typed data."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal; `details` are facts such as how many blocks are missing, or when a grant would be in time."""

    code: str
    sentence: str
    details: Mapping[str, int | str] = field(default_factory=dict)

    def to_fields(self) -> dict[str, Any]:
        """Return it as an object for JSON."""
        return {"code": self.code, "sentence": self.sentence, "details": dict(self.details)}

    @classmethod
    def from_fields(cls, found: Mapping[str, Any]) -> "Refusal":
        """Read what `to_fields` made; raises LookupError, TypeError or ValueError for what it did not."""
        return cls(str(found["code"]), str(found["sentence"]), dict(found["details"]))


def refusal_schema(codes: Sequence[str]) -> Schema:
    """Return the JSON Schema of what `to_fields` makes of a refusal with one of these codes."""
    details = {"type": "object", "additionalProperties": {"type": ["integer", "string"]}}
    return record({"code": {"enum": list(codes)}, "sentence": TEXT, "details": details})


def http_status(code: str, status_of: Callable[[str], int]) -> int:
    """Return the HTTP status of a code: one of every service's, or one of those that `status_of` knows."""
    return HTTP_STATUS.get(code) or status_of(code)


class Refused(JamjarError):
    """A service refused a request; nothing was stored, handed over or deleted."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(f"{refusal.code}: {refusal.sentence}")


def refused(code: str, sentence: str) -> Refused:
    """Return the error for a refusal without details."""
    return Refused(Refusal(code, sentence))


def log_line(event: str, **facts: int | str) -> str:
    """Return a line of a service's log: one JSON object, with events, codes and counts, and no names."""
    return json.dumps({"event": event, **facts}, sort_keys=True, separators=(",", ":"))
