"""A withdrawal of the panic card as lines to type and as what a QR code holds."""

import pytest

from jamjar.encoding import base32
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol.panic_card import SCANNED, from_text, to_scan, to_text
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Domain, Withdraw

DOMAIN, OTHER = Domain(1337, "0x" + "11" * 20), Domain(1337, "0x" + "12" * 20)
KEYS = [ConsentKey(bytes([number]) * 32) for number in range(1, 4)]
SIGNED = [sign(key, DOMAIN, Withdraw(key.address)) for key in KEYS]


@pytest.mark.parametrize("signed", SIGNED)
def test_lines_and_scan_give_the_withdrawal_back(signed):
    assert from_text(to_text(signed), DOMAIN) == from_text(to_scan(signed), DOMAIN) == signed


@pytest.mark.parametrize("number", range(8))
def test_a_mistyped_line_is_named(number):
    lines = to_text(SIGNED[0]).split("\n")
    lines[number] = lines[number][:-1] + ("0" if lines[number][-1] != "0" else "2")
    with pytest.raises(InvalidInput, match=f"Line {number + 1} "):
        from_text("\n".join(lines), DOMAIN)


@pytest.mark.parametrize("text", ["", None, SCANNED, to_scan(SIGNED[0])[:-1], to_scan(SIGNED[0]) + "0", SCANNED * 2])
def test_what_is_no_withdrawal_is_not_read(text):
    with pytest.raises(InvalidInput):
        from_text(text, DOMAIN)


def test_another_version_is_not_read():
    data = base32.read(to_text(SIGNED[0]))
    with pytest.raises(InvalidInput, match="another version"):
        from_text(base32.write(b"\2" + data[1:]), DOMAIN)


def test_one_for_elsewhere_is_not_read():
    with pytest.raises(InvalidSignature):
        from_text(to_text(SIGNED[0]), OTHER)
