"""The form of a disclosure: its JSON out and in, its repr, and values that cannot be one."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.terms import Detail, ScopeItem, Storage, Terms
from jamjar.disclosure.commitment import Opening
from jamjar.disclosure.disclosure import Disclosure
from jamjar.errors import InvalidInput

TERMS = Terms(
    purpose="dpv:CustomerCare", scope=frozenset({ScopeItem("fixed.home", Detail.LINES)}),
    data_from=date(2026, 4, 1), data_until=date(2026, 6, 30), retention_days=30, storage=Storage.STORE,
    notice='Dangosir "eich" cyllideb: £1 \U0001f3fa\n', language="cy", recipient=2, recipient_name="Cyngor",
)  # fmt: skip
PROOF = tuple(bytes([i]) * 32 for i in range(6))
GOOD = Disclosure(
    1337, "0x" + "11" * 20, "0x" + "ab" * 20, b"\1" * 32, TERMS, b"\2" * 32,
    (Opening("rent", 61234, b"\3" * 32, PROOF), Opening("café £", -5, b"\4" * 32, PROOF)),
)  # fmt: skip

WORD = st.binary(min_size=32, max_size=32)
OPENING = st.builds(
    Opening,
    st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=128),
    st.integers(-(2**63), 2**63 - 1),
    WORD,
    st.tuples(*[WORD] * 6),
)
ADDRESS = st.binary(min_size=20, max_size=20).filter(any).map(lambda raw: "0x" + raw.hex())


def edited(path, value):
    """The good record with the value at `path` replaced, as text; a missing last key is added."""
    record = json.loads(GOOD.to_json())
    place = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(record)


class TestWhenTheTextIsRefused:
    @pytest.mark.parametrize("key", ["format", "chain_id", "contract", "consent", "root", "terms", "openings"])
    def test_a_key_is_missing(self, key):
        record = json.loads(GOOD.to_json())
        del record[key]
        with pytest.raises(InvalidInput):
            Disclosure.from_json(json.dumps(record))

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (("extra",), 1),
            (("openings", 0, "extra"), 1),
            (("terms", "extra"), 1),
            (("format",), "jamjar.disclosure.3"),
            *((("chain_id",), bad) for bad in (0, -1, True, "1", None, 2**53)),
            *(((key,), bad) for key in ("contract", "consent") for bad in (1, "0x", "0x" + "00" * 20, None)),
            (("consent",), "0xAbababababababababababababababababababab"),
            *(((key,), bad) for key in ("root", "terms_salt") for bad in ("0x" + "A1" * 32, "01" * 32, 1)),
            *((("openings",), bad) for bad in ([], {}, None, [1], [json.loads(GOOD.to_json())["openings"][0]] * 65)),
            *((("openings", 0, "value"), bad) for bad in (1.0, True, "1", None, 2**63, 10**300)),
            *((("openings", 0, "name"), bad) for bad in ("", 1, None, "\ud800", "x" * 129)),
            *((("openings", 0, "salt"), bad) for bad in ("", "0x" + "01" * 31, "0x" + "01" * 32 + "\n", None)),
            *((("openings", 0, "proof"), bad) for bad in (["0x" + "01" * 32] * 5, "0x", None, [1] * 6)),
            *((("terms",), bad) for bad in (None, [], "{}", {"notice": "x"})),
        ],
    )
    def test_a_value_is_of_another_form(self, path, value):
        with pytest.raises(InvalidInput):
            Disclosure.from_json(edited(path, value))

    def test_a_key_is_repeated(self):
        text = GOOD.to_json().decode()
        for key in ('"chain_id":1337', '"value":61234', '"language":"cy"'):
            assert key in text
            with pytest.raises(InvalidInput, match="same field twice"):
                Disclosure.from_json(text.replace(key, f"{key},{key}"))

    @pytest.mark.parametrize(
        "data",
        ["", "[]", "null", "{", b"\xff", "NaN", '"\ud800"', "[" * 100_000, "1" * 5_000, None, 7, b"\0"],
    )
    def test_it_is_no_record_at_all(self, data):
        with pytest.raises(InvalidInput):
            Disclosure.from_json(data)

    def test_a_number_is_not_whole(self):
        for other in ("61234.0", "6e4", "NaN", "Infinity"):
            with pytest.raises(InvalidInput, match="not an integer"):
                Disclosure.from_json(GOOD.to_json().replace(b"61234", other.encode()))

    def test_it_is_longer_than_256_kib(self):
        text = GOOD.to_json().decode()
        assert Disclosure.from_json(text + " " * (256 * 1024 - len(text.encode()))) == GOOD
        with pytest.raises(InvalidInput, match="256 KiB"):
            Disclosure.from_json(text + " " * (256 * 1024 - len(text.encode()) + 1))

    @given(st.integers(0, 10_000), st.binary(max_size=3))
    def test_damage_is_our_error_or_another_valid_record(self, at, damage):
        raw = GOOD.to_json()
        at %= len(raw)
        try:
            again = Disclosure.from_json(raw[:at] + damage + raw[at + 1 :])
        except InvalidInput:
            return
        assert Disclosure.from_json(again.to_json()) == again


BAD = [{"terms": None}, {"openings": [*GOOD.openings]}, {"openings": (1,)}, {"root": ""}, {"terms_salt": b""}]


@pytest.mark.parametrize("change", BAD)
def test_a_disclosure_made_of_anything_else(change):
    with pytest.raises(InvalidInput):
        dataclasses.replace(GOOD, **change)


@given(st.integers(1, 2**53 - 1), ADDRESS, ADDRESS, WORD, WORD, st.lists(OPENING, min_size=1, max_size=64))
def test_what_is_written_is_read_back(chain_id, contract, consent, root, salt, openings):
    package = Disclosure(chain_id, contract, consent, root, TERMS, salt, tuple(openings))
    assert Disclosure.from_json(package.to_json()) == package


def test_the_encoding_is_canonical():
    text = GOOD.to_json().decode()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert text.startswith('{"chain_id":1337,"consent":"0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB"')
    assert '"format":"jamjar.disclosure.1"' in text


def test_no_secret_in_a_repr():
    assert repr(GOOD) == (
        f"Disclosure(chain_id=1337, contract='0x{'11' * 20}', consent='{GOOD.consent}', root={GOOD.root!r})"
    )
