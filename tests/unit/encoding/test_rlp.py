"""encoding.rlp: the same as the library that the relayer uses, and the Yellow Paper's own examples."""

import pytest
import rlp as library
from hypothesis import given
from hypothesis import strategies as st

from jamjar.encoding import rlp

ITEMS = st.recursive(st.binary(max_size=300), lambda inner: st.lists(inner, max_size=20), max_leaves=30)


@pytest.mark.parametrize(
    ("item", "encoded"),
    [(b"dog", "83646f67"), ([b"cat", b"dog"], "c88363617483646f67"), (b"", "80"), ([], "c0"), (b"\x0f", "0f"),
     (b"\x04\x00", "820400"), ([[], [[]], [[], [[]]]], "c7c0c1c0c3c0c1c0")],
)  # fmt: skip
def test_the_known_examples(item: rlp.RlpItem, encoded: str) -> None:
    assert rlp.encode(item).hex() == encoded


@given(ITEMS)
def test_as_the_library_does(item: rlp.RlpItem) -> None:
    assert rlp.encode(item) == library.encode(item)
