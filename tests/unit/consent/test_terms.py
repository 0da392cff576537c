"""Terms: what cannot be agreed to, what they allow, and their digest."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from Crypto.Hash import keccak
from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.terms import Detail, ScopeItem, Storage, Terms
from jamjar.errors import InvalidTerms

HOME = ScopeItem("fixed.home", Detail.LINES)
INCOME = ScopeItem("income", Detail.TOTAL)
SALT = bytes(range(32))
TERMS = Terms(
    purpose="dpv:RequestedServiceProvision",
    scope=frozenset({HOME, INCOME}),
    data_from=date(2026, 4, 6),
    data_until=date(2026, 5, 5),
    retention_days=30,
    storage=Storage.STORE,
    notice="We look at your home costs, to help you plan.\nYou can stop this at any time.",
    language="en-GB",
    recipient=7,
    recipient_name="Salford Debt Advice",
)
CHANGES = {
    "purpose": "dpv:CustomerCare",
    "scope": frozenset({HOME}),
    "data_from": date(2026, 4, 7),
    "data_until": date(2026, 5, 4),
    "retention_days": 31,
    "notice": "We look at your home costs.",
    "language": "cy",
    "recipient": 8,
    "recipient_name": "Salford Debt Advise",
}

salts = st.binary(min_size=32, max_size=32).filter(any)


def reference_keccak(data):
    return keccak.new(digest_bits=256, data=data).digest()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("purpose", ["", "dpv:Anything", None]),
        ("scope", [frozenset(), {HOME}, [HOME], frozenset({"fixed.home"}), None]),
        ("data_from", [date(2026, 5, 6), datetime(2026, 4, 6), "2026-04-06", None]),
        ("data_until", [date(2026, 4, 5), datetime(2026, 5, 5), "2026-05-05", None]),
        ("retention_days", [-1, 0, 3651, True, 30.0, "30", None]),
        ("storage", ["store", Storage.VIEW, True, None]),
        ("notice", ["", " \n", "x" * 20_001, "a\0b", "a\x1bb", "a\x7fb", "a\ud800b", "a\u0378", b"text", None]),
        ("notice", ["\U000105d2\u0307", "a\U0001ccd6", "a\U0001e4ec"]),
        ("language", ["", "e", "english", "en_GB", "en-GB ", "en-GB\n", "ée", "en-", b"en", None]),
        ("recipient", [0, -1, 2**32, True, 7.0, "7", None]),
        ("recipient_name", ["", " ", " A", "A ", "A\nB", "A\tB", "A\u202eB", "x" * 201, None]),
    ],
)
def test_a_value_nobody_can_agree_to_is_refused(field, values):
    for value in values:
        with pytest.raises(InvalidTerms):
            replace(TERMS, **{field: value})


@pytest.mark.parametrize("name", ["FraudPreventionAndDetection", "CustomerSolvencyMonitoring", "Marketing"])
def test_a_refused_purpose_is_carried_by_no_consent(name):
    with pytest.raises(InvalidTerms, match="No consent can carry"):
        replace(TERMS, purpose=f"dpv:{name}")


@pytest.mark.parametrize(("storage", "days"), [(Storage.VIEW, 1), (Storage.STORE, 0)])
def test_storage_that_contradicts_the_retention_is_refused(storage, days):
    with pytest.raises(InvalidTerms, match="agree"):
        replace(TERMS, storage=storage, retention_days=days)


def test_terms_longer_than_the_format_takes_are_refused():
    with pytest.raises(InvalidTerms, match="64 KiB"):
        replace(TERMS, notice="\N{PILE OF POO}" * 20_000)


@pytest.mark.parametrize("salt", [b"", bytes(32), b"\x01" * 31, b"\x01" * 33, "01" * 16, bytearray(SALT), None])
def test_a_salt_that_hides_nothing_is_refused(salt):
    with pytest.raises(InvalidTerms, match="salt"):
        TERMS.digest(salt)


@pytest.mark.parametrize(
    "name", ["", "fixed.homeother", "fixed.utilities.gas", "total.fixed", "income.earnings.salary"]
)
def test_an_entry_outside_the_scope_is_not_allowed(name):
    assert not TERMS.allows(name)


@pytest.mark.parametrize("name", ["period.start", "period.end", "fixed.home.rent", "total.fixed.home", "total.income"])
def test_an_entry_within_the_scope_is_allowed(name):
    assert TERMS.allows(name)


@pytest.mark.parametrize(
    "change",
    [
        {"data_from": date(2026, 5, 5)},
        {"retention_days": 1},
        {"retention_days": 3650},
        {"retention_days": 0, "storage": Storage.VIEW},
        {"recipient": 1},
        {"recipient": 2**32 - 1},
        {"notice": "x" * 20_000},
        {"notice": "x"},
        {"language": "zh-Hant-TW"},
        {"language": "es-419"},
    ],
)
def test_the_limits_themselves_can_be_agreed_to(change):
    assert all(getattr(replace(TERMS, **change), name) == value for name, value in change.items())


@given(salts)
def test_the_digest_is_the_documented_construction(salt):
    expected = reference_keccak(
        reference_keccak(b"jamjar.terms.1") + salt + reference_keccak(TERMS.to_json().encode("utf-8"))
    )

    assert TERMS.digest(salt) == expected


@pytest.mark.parametrize("field", CHANGES)
def test_every_change_changes_the_digest(field):
    assert replace(TERMS, **{field: CHANGES[field]}).digest(SALT) != TERMS.digest(SALT)


@given(salts, salts)
def test_another_salt_gives_another_digest(one, other):
    assert (TERMS.digest(one) == TERMS.digest(other)) == (one == other)


def test_composed_and_decomposed_letters_are_the_same_terms():
    assert replace(TERMS, notice="Cafe\u0301").digest(SALT) == replace(TERMS, notice="Caf\u00e9").digest(SALT)
