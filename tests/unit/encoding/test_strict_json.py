"""Strict JSON: what the loose kind lets through is refused at any depth."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.encoding.strict_json import dumps, fields, items, loads
from jamjar.errors import InvalidInput

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("bad", ["1.0", "1e2", "NaN", "Infinity", "-Infinity", '{"a":1,"a":1}', "01", "+1", "'a'"])
@pytest.mark.parametrize("around", ["%s", "[%s]", '{"b":[{"c":%s}]}'])
def test_loose_json_is_refused_at_any_depth(bad: str, around: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        loads(around % bad, "the text")
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_the_limit_counts_bytes_not_characters() -> None:
    text = '"' + "é" * 32_767 + '"'
    assert len(text.encode()) == 64 * 1024
    assert len(loads(text, "the text")) == 32_767
    with pytest.raises(InvalidInput, match="64 KiB"):
        loads(text + " ", "the text")


@pytest.mark.parametrize("value", [{}, {"a": 1}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "c": 2}, [], None, "ab"])
def test_fields_are_exactly_those_named(value: object) -> None:
    with pytest.raises(InvalidInput, match="the thing"):
        fields(value, "the thing", "a", "b")


@pytest.mark.parametrize("value", [{}, (), None, "ab"])
def test_items_are_an_array(value: object) -> None:
    with pytest.raises(InvalidInput, match="the list"):
        items(value, "the list")


def test_nan_is_never_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(float("nan"))


@given(values)
def test_what_is_written_reads_back_in_either_reader(value: object) -> None:
    assert loads(dumps(value), "the text") == value
    assert json.loads(dumps(value)) == value


def test_one_way_to_write() -> None:
    assert dumps({"b": [1, {"d": None, "c": "é"}], "a": True}) == '{"a":true,"b":[1,{"c":"\\u00e9","d":null}]}'
