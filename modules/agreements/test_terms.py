"""Terms have one text, and their digests tell nothing."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pytest

from jamjar.errors import InvalidInput

from .terms import Milestone, Terms, digest
from .test_deal import terms_of

SALT = bytes(range(32))
TERMS = terms_of(100_00, 250_00)
TEXT = TERMS.text


def test_a_text_is_read_as_the_terms_that_made_it() -> None:
    assert Terms.read(TEXT) == TERMS
    assert Terms.read(TEXT).digest == TERMS.digest


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace(":", ": ", 1),
        TEXT + "\n",
        TEXT.replace('"days":30', '"days":30.0'),
        TEXT.replace('"days":30', '"days":true'),
        TEXT.replace('"days":30', '"days":30,"days":30'),
        TEXT.replace('"days":30', '"days":30,"fee":1'),
        TEXT.replace("2026-04-06", "20260406"),
        TEXT.replace(TERMS.salt.hex(), TERMS.salt.hex().upper()),
        TEXT.replace("jamjar.agreement.1", "jamjar.agreement.2"),
        TEXT.replace("Part 1", "\\u0050art 1"),
        TEXT.replace('"payer":4', '"payer":2'),
        TEXT.replace('"milestones":[', '"milestones":[[],'),
        "[]",
        "{",
        "[" * 100_000,
        "[" * 200_000,
        '{"days":' + "9" * 5_000 + "}",
    ],
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        Terms.read(text)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "two\nlines"},
        {"name": " around "},
        {"name": "e\u0301"},
        {"name": "\u202eleft"},
        {"name": "x" * 81},
        {"amount": 0},
        {"amount": -1},
        {"amount": 1.5},
        {"amount": True},
        {"amount": 10**12},
        {"due": datetime(2026, 4, 6)},
        {"due": date(1999, 12, 31)},
        {"salt": b"short"},
        {"salt": bytes(32)},
    ],
)
def test_a_milestone_is_valid_or_is_not_made(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(TERMS.milestones[0], **change)
    assert not re.search(r"\d{12}", str(refused.value))


@pytest.mark.parametrize(
    "change",
    [
        {"payer": 2},
        {"payee": 0},
        {"days": -1},
        {"rate": 10_001},
        {"rate": 11.75},
        {"milestones": ()},
        {"milestones": TERMS.milestones[:1] * 2},
        {"milestones": list(TERMS.milestones)},
        {"salt": TERMS.milestones[0].salt},
    ],
)
def test_terms_are_valid_or_are_not_made(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        replace(TERMS, **change)


def test_whoever_knows_all_but_the_salts_finds_no_amount() -> None:
    secret = Milestone("Part 1", date(2026, 4, 6), 100_00, SALT)
    guesses = [replace(secret, amount=amount, salt=bytes([1, 2] * 16)).digest for amount in range(99_90, 100_10)]
    fields = {**secret.fields()}
    del fields["salt"]
    unsalted = json.dumps(fields, separators=(",", ":"), sort_keys=True).encode()
    assert secret.digest not in {*guesses, sha256(unsalted).digest()}
    assert secret.digest == sha256(b"jamjar.agreement.1/milestone\0" + SALT + secret_text(secret)).digest()


def secret_text(milestone: Milestone) -> bytes:
    return (
        f'{{"amount":{milestone.amount},"due":"2026-04-06","name":"Part 1","salt":"{milestone.salt.hex()}"}}'.encode()
    )


def test_a_digest_of_one_thing_is_none_of_another() -> None:
    kinds = ("milestone", "terms", "evidence", "settlement", "grounds", "statement")
    assert len({digest(kind, SALT, b"the same") for kind in kinds}) == len(kinds)
    assert digest("evidence", SALT, b"") != digest("evidence", SALT[::-1], b"")


def test_amounts_and_salts_are_in_no_repr() -> None:
    assert "10000" not in repr(TERMS)
    assert TERMS.salt.hex() not in repr(TERMS)
    assert repr(TERMS.milestones[0].salt) not in repr(TERMS)
