"""Terms as JSON: what is not read, one canonical encoding, nothing lost on the way."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.purpose import ALLOWED_PURPOSES
from jamjar.consent.terms import Detail, ScopeItem, Storage, Terms
from jamjar.encoding.unicode_text import is_stable
from jamjar.errors import InvalidTerms

# Written by hand after RFC 8785, section 3.2: keys sorted, no space, only what must be escaped is.
CANONICAL = (
    '{"data_from":"2026-04-06","data_until":"2026-05-05","format":"jamjar.terms.1","language":"cy",'
    '"notice":"Costau\'r cartref:\\n\\"rhent\\" a threth \\\\ £ – tŷ","purpose":"dpv:CustomerCare",'
    '"recipient":7,"recipient_name":"Cyngor ar Ddyled Môn","retention_days":0,"scope":['
    '{"jar":"fixed.home","what":"lines"},{"jar":"fixed.home","what":"total"},{"jar":"income","what":"total"}],"storage":"view"}'
)
SCOPE = [("income", Detail.TOTAL), ("fixed.home", Detail.TOTAL), ("fixed.home", Detail.LINES)]
TERMS = Terms(
    purpose="dpv:CustomerCare",
    scope=frozenset(ScopeItem(jar, what) for jar, what in SCOPE),
    data_from=date(2026, 4, 6),
    data_until=date(2026, 5, 5),
    retention_days=0,
    storage=Storage.VIEW,
    notice='Costau\'r cartref:\n"rhent" a threth \\ £ – tŷ',
    language="cy",
    recipient=7,
    recipient_name="Cyngor ar Ddyled Môn",
)
KEYS = sorted(json.loads(CANONICAL))

letters = st.characters(blacklist_categories=("Cc", "Cs", "Cn")).filter(is_stable)
texts = st.text(letters, min_size=1, max_size=60).filter(str.strip)
names = st.text(st.characters(whitelist_categories=("L", "N")).filter(is_stable), min_size=1, max_size=60)
items = st.builds(ScopeItem, st.sampled_from(["flexible", "fixed.home", "savings"]), st.sampled_from(Detail))
periods = st.tuples(st.dates(), st.dates()).map(sorted)
keeping = st.one_of(st.just((0, Storage.VIEW)), st.tuples(st.integers(1, 3650), st.just(Storage.STORE)))


@st.composite
def all_terms(draw):
    (start, end), (days, storage) = draw(periods), draw(keeping)
    scope = draw(st.frozensets(items, min_size=1))
    asked = any(item.what is Detail.THRESHOLD for item in scope)
    return Terms(
        purpose=draw(st.sampled_from(sorted(ALLOWED_PURPOSES))),
        scope=scope,
        data_from=start,
        data_until=end,
        retention_days=days,
        storage=storage,
        notice=draw(texts),
        language=draw(st.sampled_from(["en-GB", "cy"])),
        recipient=draw(st.integers(1, 2**32 - 1)),
        recipient_name=draw(names),
        questions=draw(st.integers(1, 12)) if asked else 0,
    )


def changed(**values):
    return json.dumps({**json.loads(CANONICAL), **values})


@pytest.mark.parametrize(
    "data",
    ["", "{", "null", "[]", "7", "[" * 60_000, "\ufeff" + CANONICAL, CANONICAL + "x", "\ud800", "9" * 5000,
     CANONICAL.encode(), None, 7],
    ids=lambda data: ascii(data)[:12],
)  # fmt: skip
def test_what_is_not_a_json_object_is_refused(data):
    with pytest.raises(InvalidTerms):
        Terms.from_json(data)


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_key_is_refused_and_named(key):
    record = json.loads(CANONICAL)
    del record[key]

    with pytest.raises(InvalidTerms, match=key):
        Terms.from_json(json.dumps(record))


def test_an_unknown_key_is_refused_and_not_repeated():
    with pytest.raises(InvalidTerms) as caught:
        Terms.from_json(changed(secret=1))

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("pair", ['"recipient":7', '"recipient":8', '"format":"jamjar.terms.1"'])
def test_a_repeated_key_is_refused(pair):
    with pytest.raises(InvalidTerms, match="twice"):
        Terms.from_json("{" + pair + "," + CANONICAL[1:])


def test_a_repeated_key_is_refused_within_the_scope():
    with pytest.raises(InvalidTerms, match="twice"):
        Terms.from_json(CANONICAL.replace('{"jar":"income"', '{"jar":"savings","jar":"income"'))


@pytest.mark.parametrize("number", ["7.0", "7e0", "0.7e1", "NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_not_written_whole_is_refused(number):
    with pytest.raises(InvalidTerms, match="not an integer"):
        Terms.from_json(CANONICAL.replace('"recipient":7', f'"recipient":{number}'))


def test_more_than_64_kib_is_refused_and_64_kib_is_not():
    longest = CANONICAL + " " * (64 * 1024 - len(CANONICAL.encode("utf-8")))

    assert Terms.from_json(longest) == TERMS
    with pytest.raises(InvalidTerms, match="64 KiB"):
        Terms.from_json(longest + " ")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("format", ["jamjar.terms.2", "", None, 1]),
        ("purpose", ["dpv:Marketing", ["dpv:CustomerCare"], None]),
        ("data_from", ["20260406", "2026-W15-1", "2026-4-6", "2026-02-30", "٢٠٢٦-04-06", 20260406, None]),
        ("storage", ["VIEW", "store", ["view"], {}, None]),
        ("retention_days", [False, "0", None]),
        ("notice", ["\ud800", 1, None]),
        ("scope", [[], {}, "income", None, [{}], [["income", "total"]], [{"jar": "income", "what": "all"}],
                   [{"jar": [], "what": "total"}], [{"jar": "income", "what": "total", "more": 1}],
                   [{"jar": "income", "what": "total"}] * 2]),
    ],
)  # fmt: skip
def test_a_value_that_is_not_one_of_terms_is_refused(key, values):
    for value in values:
        with pytest.raises(InvalidTerms):
            Terms.from_json(changed(**{key: value}))


@given(all_terms())
def test_nothing_is_lost_on_the_way(terms):
    assert Terms.from_json(terms.to_json()) == terms
    assert Terms.from_json(json.dumps(json.loads(terms.to_json()), indent=2)).to_json() == terms.to_json()


def test_the_encoding_is_the_canonical_one():
    assert TERMS.to_json() == CANONICAL
