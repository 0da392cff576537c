"""A name is well-formed UTF-8, as The Unicode Standard 15.0, table 3-7, and RFC 3629 have it.

When a name holds bytes that are not ... rename and admit revert with NameNotUtf8 and the bytes
When a name holds the first and the last sequence of each row of the table ... it is taken
Python's decoder, which no one here wrote, is asked about each of them too.
"""

import pytest

# Table 3-7, row by row: the bounds of each byte.
TAIL = (0x80, 0xBF)
TABLE = [
    [(0x00, 0x7F)],
    [(0xC2, 0xDF), TAIL],
    [(0xE0, 0xE0), (0xA0, 0xBF), TAIL],
    [(0xE1, 0xEC), TAIL, TAIL],
    [(0xED, 0xED), (0x80, 0x9F), TAIL],
    [(0xEE, 0xEF), TAIL, TAIL],
    [(0xF0, 0xF0), (0x90, 0xBF), TAIL, TAIL],
    [(0xF1, 0xF3), TAIL, TAIL, TAIL],
    [(0xF4, 0xF4), (0x80, 0x8F), TAIL, TAIL],
]
# RFC 3629, section 7.
EXAMPLES = ["41e289a2ce912e", "ed959ceab5adec96b4", "e697a5e69cace8aa9e", "efbbbff0a38eb4"]


def is_well_formed(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def ends() -> set[bytes]:
    """The first and the last sequence of each row."""
    return {bytes(bound[end] for bound in row) for row in TABLE for end in (0, 1)}


def faulty() -> set[bytes]:
    """Each row's ends with one byte just below or above its bounds, cut short, or with a byte too many."""
    found = set[bytes]()
    for row in TABLE:
        for end in (0, 1):
            good = bytes(bound[end] for bound in row)
            for place, (least, most) in enumerate(row):
                for unit in (0x00, 0x7F, 0xC0, 0xFF, least - 1, most + 1):
                    if 0 <= unit <= 0xFF:
                        found.add(good[:place] + bytes([unit]) + good[place + 1 :])
            found |= {good[:length] for length in range(1, len(good))}
            found |= {good[:length] + b"a" for length in range(1, len(good))}
            found.add(good + b"\x80")
    surrogates = {bytes([0xED, lead, 0x80]) for lead in (0xA0, 0xAF, 0xB0, 0xBF)}
    overlong = {b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xe0\x9f\xbf", b"\xf0\x80\x80\x80", b"\xf0\x8f\xbf\xbf"}
    beyond = {b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80", b"\xff"}
    return {text for text in found | surrogates | overlong | beyond if not is_well_formed(text)}


@pytest.fixture
def rename(consortium, people):
    """Ask what member 2's renaming to these bytes would come to."""
    from brownie import web3

    def rename(text: bytes) -> str:
        head = (32).to_bytes(32, "big") + len(text).to_bytes(32, "big")
        data = consortium.signatures["rename"] + (head + text.ljust(-len(text) % 32 + len(text), b"\0")).hex()
        call = {"from": people.adviser.address, "to": consortium.address, "data": data}
        answer = web3.provider.make_request("eth_call", [call, "latest"])
        return str(answer["error"]["data"]) if "error" in answer else ""

    return rename


def refusal(text: bytes) -> str:
    from eth_abi import encode
    from eth_utils import keccak

    return "0x" + (keccak(text="NameNotUtf8(bytes)")[:4] + encode(["bytes"], [text])).hex()


def test_takes_the_ends_of_each_row(rename):
    assert len(ends()) == 18
    assert [text for text in ends() if not is_well_formed(text) or rename(text) != ""] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_takes_the_examples_of_the_rfc(example, rename):
    assert rename(bytes.fromhex(example)) == ""


def test_reverts_at_each_fault_alone(rename):
    assert len(faulty()) > 100
    assert [text for text in faulty() if rename(text) != refusal(text)] == []


@pytest.mark.parametrize("before", [b"a", "é".encode(), "€".encode(), "🏠".encode()])
def test_reverts_at_each_fault_after_a_letter(before, rename):
    assert [text for text in faulty() if rename(before + text) != refusal(before + text)] == []


def test_reverts_at_the_last_of_64_bytes(rename):
    for text in faulty():
        name = b"a" * (64 - len(text)) + text
        assert rename(name) == refusal(name)


def test_agrees_with_pythons_decoder_on_each_pair_of_units(rename):
    leads = (0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF)
    for first in leads:
        for second in (*leads, 0x8F, 0x90, 0x9F, 0xA0):
            for tail in (b"", b"\x80", b"\x80\x80"):
                text = bytes([first, second]) + tail
                assert rename(text) == ("" if is_well_formed(text) else refusal(text)), text.hex()


def test_admitting_asks_the_same(refusals_of):
    for text in (b"\xc0\x80", b"a\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"):
        assert refusals_of(text) == refusal(text)


@pytest.fixture
def refusals_of(consortium, system, spare):
    """What `admit` by the governance reverts with for a name, asked from its address."""
    from brownie import web3
    from eth_abi import encode

    def ask(text: bytes) -> str:
        admission = (6, text, [], spare.address, b"k" * 32)
        arguments = encode(["(uint32,bytes,bytes32[],address,bytes)"], [admission])
        data = consortium.signatures["admit"] + arguments.hex()
        call = {"from": system.governance.address, "to": consortium.address, "data": data}
        answer = web3.provider.make_request("eth_call", [call, "latest"])
        return str(answer["error"]["data"]) if "error" in answer else ""

    return ask
