"""Values of a set: which texts and numbers can be committed to; an error never repeats one."""

import pytest

from jamjar.consent.named import ValueKind, check_text, number_for
from jamjar.errors import InvalidInput


@pytest.mark.parametrize("text", ["", " a", "a\n", "a\nb", "a\tb", "\u202ea", "\u0378", "\ud800", None, 5])
def test_a_text_that_is_no_visible_line(text):
    with pytest.raises(InvalidInput, match="text of 'town'"):
        check_text("town", text)


def test_a_text_that_is_not_nfc_or_too_long():
    with pytest.raises(InvalidInput, match="Normalization Form C"):
        check_text("town", "Mu\u0308ller")
    with pytest.raises(InvalidInput, match="longer than 1,024 bytes") as caught:
        check_text("town", "ŷ" * 513)
    assert "ŷ" not in str(caught.value)
    assert check_text("town", "ŷ" * 512) == "ŷ" * 512


@pytest.mark.parametrize("value", [2**53, -(2**53), True, 1.0, "1", None])
def test_a_number_of_another_kind_or_too_large(value):
    with pytest.raises(InvalidInput, match="'children'"):
        number_for("children", ValueKind.NUMBER, value)
