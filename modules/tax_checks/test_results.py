"""One digest has one value for each name; what is not shown cannot be guessed."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from jamjar.consent.named import NamedValue
from jamjar.errors import InvalidInput, VerificationFailed

from .results import KINDS, NAMES, OPENING, TAX_CHECK, CheckResult, opened
from .story import result_of

CHECK = "ab" * 32


def test_the_digest_is_what_the_page_says() -> None:
    made = result_of(CHECK)
    texts = {**made.values, "checked_on": "2026-11-02", "risk": "2", "vat_registered": "1"}
    order = ("check", "checked_on", "result", "risk", "trader", "vat_registered")
    leaves = [hashlib.sha256(made.salts[name] + f"{name}={texts[name]}".encode()).digest() for name in order]
    assert made.digest == hashlib.sha256(b"org.example.tax-checks.1" + b"".join(leaves)).digest()


@pytest.mark.parametrize("names", [(), ("risk",), ("result", "checked_on"), NAMES])
def test_whatever_is_shown_belongs_to_one_digest(names: tuple[str, ...]) -> None:
    made = result_of(CHECK)
    values = made.shown(names).values
    assert {*values} == {"check", "trader", OPENING, *names}
    assert opened(values) == (bytes.fromhex(CHECK), made.digest)


def test_a_value_that_is_not_shown_cannot_be_guessed() -> None:
    made = result_of(CHECK, risk=7)
    values = made.shown(["result", "checked_on"]).values
    words = bytes.fromhex(str(values[OPENING]))
    assert made.salts["risk"] not in words
    known = [words[at : at + 32] for at in range(0, len(words), 32)] + [b"", bytes(32)]
    guesses = {hashlib.sha256(salt + f"risk={risk}".encode()).digest() for salt in known for risk in range(10)}
    assert guesses.isdisjoint(known)


def test_equal_results_have_nothing_in_common() -> None:
    one, other = result_of(CHECK), result_of(CHECK)
    assert one.values == other.values
    assert one.digest != other.digest
    assert {*one.salts.values()}.isdisjoint(other.salts.values())


def test_no_digest_opens_as_two_values_of_a_name() -> None:
    """Another leaf of the same name, in the place of one that is not shown, gives another digest."""
    made = result_of(CHECK, risk=0)
    worse = replace(made, values={**made.values, "risk": 9})
    hidden = bytes.fromhex(str(worse.shown([]).values[OPENING]))
    at = 32 * NAMES.index("risk")
    leaf = hidden[at : at + 32]
    for index, name in enumerate(NAMES):
        words = bytearray(bytes.fromhex(str(made.shown([]).values[OPENING])))
        words[32 * index : 32 * index + 32] = leaf
        assert opened({**made.shown([]).values, OPENING: words.hex()})[1] != made.digest, name


@pytest.mark.parametrize(
    "changed",
    [
        {OPENING: "00"},
        {OPENING: "no digits"},
        {"check": "AB" * 32},
        {"check": "ab" * 31},
        {"vat_registered": "1"},
        {"checked_on": "2026-11-02"},
        {"other": 1},
    ],
)
def test_what_is_no_result_is_refused(changed: dict[str, NamedValue]) -> None:
    values = result_of(CHECK).shown(NAMES).values
    with pytest.raises(VerificationFailed, match="no result of a check; ask the trader for a whole one"):
        opened({**values, **changed})


@pytest.mark.parametrize("missing", ["check", "trader", OPENING])
def test_nothing_is_read_without_what_it_is_about(missing: str) -> None:
    values = dict(result_of(CHECK).shown(NAMES).values)
    del values[missing]
    with pytest.raises(VerificationFailed):
        opened(values)


def test_a_checker_commits_to_every_name() -> None:
    made = result_of(CHECK)
    with pytest.raises(InvalidInput, match="for each of check, checked_on, result, risk, trader, vat_registered"):
        CheckResult({"check": CHECK, "checked_on": date(2026, 11, 2)}, made.salts)
    with pytest.raises(InvalidInput):
        replace(made, salts={**made.salts, "risk": b"short"})
    with pytest.raises(InvalidInput, match="64 hex digits"):
        result_of("no check")
    assert {*TAX_CHECK.kinds} == {*KINDS, OPENING}
