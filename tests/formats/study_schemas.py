"""JSON Schemas (draft 2020-12) of a study's files, written from the kept ones."""

from typing import Any, Final

from jamjar.encoding.json_schema import ADDRESS, TEXT, hex_digits, listed, matching, record, whole

_WORD: Final = hex_digits(32)
_POINT: Final = hex_digits(33)
_SEALED: Final = {**listed(matching("[A-Za-z0-9+/]+={0,2}")), "minItems": 3, "maxItems": 3}
_MONTH: Final = matching("20[0-9]{2}-[0-9]{2}")
_MEMBER: Final = whole(1, 2**32 - 1)
_DEALT: Final = {"point": _POINT, "coefficients": {**listed(_POINT), "minItems": 1, "maxItems": 2}}
_SHARE: Final = {"share": hex_digits(64), "signature": hex_digits(64)}


def _paper(form: str, content: dict[str, Any]) -> dict[str, Any]:
    """The schema of what a member signs about a month and region."""
    place = {"format": {"const": form}, "study": _WORD, "month": _MONTH, "region": TEXT, "member": _MEMBER}
    return record(place | content | {"signature": hex_digits(64)})


_STUDY: Final = record(
    {
        "format": {"const": "jamjar.study.1"}, "title": TEXT, "chain_id": whole(1), "contract": ADDRESS,
        "recipient": _MEMBER, "members": {**listed(_MEMBER), "minItems": 3, "maxItems": 3}, "openers": whole(2, 3),
        "figure": matching("[a-z0-9.-]{1,200}"), "sign": {"enum": [1, -1]}, "least": whole(-(10**9), 10**9),
        "bits": whole(4, 24), "months": listed(_MONTH), "regions": listed(TEXT), "threshold": whole(10, 10**6),
        "epsilon_hundredths": whole(1, 1000),
    }
)  # fmt: skip

SCHEMAS: Final = {
    "study": _STUDY,
    "report": record(
        {
            "format": {"const": "jamjar.study-report.1"}, "study": _WORD, "month": _MONTH, "region": TEXT,
            "consent": ADDRESS, "root": _WORD, "path": {**listed(_WORD), "minItems": 6, "maxItems": 6}, **_DEALT,
            "proof": matching("(?:[0-9a-f]{2})+"), "sealed": _SEALED, "signature": hex_digits(64),
        }
    ),
    "noise": _paper("jamjar.study-noise.1", {**_DEALT, "sealed": _SEALED, "reports": listed(_WORD)}),
    "agreed": _paper("jamjar.study-agreement.1", {"closing": _WORD}),
    "sums": _paper("jamjar.study-sums.1", {"closing": _WORD, "share": hex_digits(64)}),
    "result": record(
        {
            "format": {"const": "jamjar.study-result.1"}, "study": _STUDY, "month": _MONTH, "region": TEXT,
            "reports": listed(record({"digest": _WORD, "consent": ADDRESS, "root": _WORD, **_DEALT})),
            "noise": listed(record({"member": _MEMBER, "digest": _WORD, **_DEALT})),
            "sums": listed(record({"member": _MEMBER, **_SHARE})),
        }
    ),
}  # fmt: skip
"""The schema of each kind of file."""
