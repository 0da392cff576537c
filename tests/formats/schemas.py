"""JSON Schemas (draft 2020-12) of what is handed over where figures are asked about, written from the kept files."""

from typing import Any, Final

from jamjar.encoding.json_schema import ADDRESS, NOTHING, TEXT, hex_digits, listed, matching, one_of, record, whole

_DAY: Final = matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORD: Final = hex_digits(32)
_NAME: Final = matching("[a-z0-9./-]{1,200}")
_0X_WORD: Final = hex_digits(32, "0x")
_SIX: Final = {"minItems": 6, "maxItems": 6}


def _named(name: str) -> dict[str, Any]:
    return {"const": name}


_TERMS: Final = record(
    {
        "format": _named("jamjar.terms.2"), "purpose": matching("dpv:[A-Za-z]+"), "data_from": _DAY, "data_until": _DAY,
        "retention_days": whole(0, 3650), "storage": {"enum": ["view", "store"]}, "notice": TEXT, "language": TEXT,
        "recipient": whole(1, 2**32 - 1), "recipient_name": TEXT, "questions": whole(1, 12),
        "scope": listed(record({"jar": _NAME, "what": {"enum": ["lines", "total", "covered", "threshold"]}})),
    }
)  # fmt: skip
_QUESTION: Final = {
    "format": _named("jamjar.question.1"), "id": _WORD, "chain_id": whole(1), "contract": ADDRESS, "consent": ADDRESS,
    "root": _WORD, "recipient": whole(1, 2**32 - 1), "use": whole(1, 2**32 - 1),
    "relation": {"enum": ["at_least", "at_most", "sum_of_lines"]}, "amount": whole(-100_000_000, 100_000_000),
    "figures": {
        "type": "array", "minItems": 1, "maxItems": 6,
        "items": {"type": "array", "prefixItems": [{"enum": [1, -1]}, _NAME], "items": False, "minItems": 2},
    },
}  # fmt: skip
_FIGURE: Final = record({"name": _NAME, "point": hex_digits(33), "proof": {**listed(_WORD), **_SIX}})
_OPENING: Final = record(
    {"name": _NAME, "value": {"type": "integer"}, "salt": _0X_WORD, "proof": {**listed(_0X_WORD), **_SIX}}
)
_SHOWN: Final = record(
    {
        "format": _named("jamjar.disclosure.2"), "chain_id": whole(1), "contract": ADDRESS, "consent": ADDRESS,
        "root": _0X_WORD, "terms": _TERMS, "terms_salt": _0X_WORD,
        "openings": listed(_OPENING),
    }
)  # fmt: skip

SCHEMAS: Final = {
    "terms": _TERMS,
    "request": record(
        {
            "format": _named("jamjar.request.2"), "nonce": hex_digits(16), "questions": whole(1, 12),
            **{name: listed(_NAME) for name in ("lines", "totals", "covered", "threshold")},
            **{name: whole() for name in ("recipient", "retention_days", "looks", "days", "reconfirm_days")},
            **dict.fromkeys(("recipient_name", "contact", "purpose", "about"), TEXT),
            **dict.fromkeys(("data_from", "data_until", "asked", "answer_by"), _DAY),
            "signature": hex_digits(64),
        }
    ),
    "question": record({**_QUESTION, "signature": hex_digits(64)}),
    "answer": record(
        {
            "format": _named("jamjar.answer.1"), "shown": _SHOWN, "question": record(_QUESTION),
            "proof": one_of(NOTHING, record({"figures": listed(_FIGURE), "proof": matching("(?:[0-9a-f]{2})+")})),
        }
    ),
}  # fmt: skip
"""The schema of each kind of file."""
