"""The compact form of a signature: malformed and malleable ones refused, the vectors of ERC-2098."""

import pytest
from Crypto.Hash import keccak
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidSignature
from jamjar.protocol.signing import ConsentKey, Signature, recover

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
# The key of the ERC-2098 vectors.
KEY = ConsentKey(bytes.fromhex("1234567890123456789012345678901234567890123456789012345678901234"))
ONE = (1).to_bytes(32, "big")

# ERC-2098, "Test Cases": message, r, s, v, vs
VECTORS = [
    (
        b"Hello World",
        "68a020a209d3d56c46f38cc50a33f704f4a9a10a59377f8dd762ac66910e9b90",
        "7e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea52064",
        27,
        "7e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea52064",
    ),
    (
        b"It's a small(er) world",
        "9328da16089fcba9bececa81663203989f2df5fe1faa6291a45381c81bd17f76",
        "139c6d6b623b42da56557e5e734a43dc83345ddfadec52cbe24d0cc64f550793",
        28,
        "939c6d6b623b42da56557e5e734a43dc83345ddfadec52cbe24d0cc64f550793",
    ),
]

digests = st.binary(min_size=32, max_size=32)


def word(number):
    return number.to_bytes(32, "big")


def personal(message):
    """EIP-191, version 0x45."""
    prefixed = b"\x19Ethereum Signed Message:\n" + str(len(message)).encode() + message
    return keccak.new(digest_bits=256, data=prefixed).digest()


@pytest.mark.parametrize("length", [0, 1, 32, 63, 66, 96, 128])
def test_another_length_is_refused(length):
    with pytest.raises(InvalidSignature):
        Signature.from_bytes(b"\x01" * length)


@pytest.mark.parametrize("wrong", ["01" * 32, bytearray(b"\x01" * 64), None, 0])
def test_what_is_not_bytes_is_refused(wrong):
    with pytest.raises(InvalidSignature):
        Signature.from_bytes(wrong)


@pytest.mark.parametrize(("r", "vs"), [(ONE[1:], ONE), (ONE, ONE + b"\0"), (ONE + b"\0", ONE[1:]), (ONE.hex(), ONE)])
def test_words_of_another_length_are_refused(r, vs):
    with pytest.raises(InvalidSignature):
        Signature(r, vs)


@pytest.mark.parametrize("r", [0, ORDER, ORDER + 1, 2**256 - 1])
def test_an_r_out_of_range_is_refused(r):
    with pytest.raises(InvalidSignature):
        Signature(word(r), ONE)


@pytest.mark.parametrize("parity", [0, 1])
@pytest.mark.parametrize("s", [0, ORDER // 2 + 1, 2**255 - 1])
def test_an_s_that_is_zero_or_high_is_refused(s, parity):
    with pytest.raises(InvalidSignature):
        Signature(ONE, word(s | parity << 255))
    with pytest.raises(InvalidSignature):
        Signature.from_bytes(ONE + word(s) + bytes([27 + parity]))


@given(digests)
def test_the_malleated_twin_is_refused(digest):
    signature = KEY.sign(digest)
    twin = signature.r + word(ORDER - int.from_bytes(signature.s, "big")) + bytes([28 - signature.parity])

    with pytest.raises(InvalidSignature):
        Signature.from_bytes(twin)


@pytest.mark.parametrize("v", [v for v in range(256) if v not in (0, 1, 27, 28)])
def test_another_v_is_refused(v):
    with pytest.raises(InvalidSignature):
        Signature.from_bytes(ONE + ONE + bytes([v]))


def test_an_r_that_is_no_point_recovers_nobody():
    not_on_the_curve = 5  # 5**3 + 7 has no square root modulo the field prime

    with pytest.raises(InvalidSignature):
        recover(bytes(32), Signature(word(not_on_the_curve), ONE))


def test_the_greatest_r_and_s_in_range_are_taken():
    assert Signature(word(ORDER - 1), word(ORDER // 2 | 1 << 255)).s == word(ORDER // 2)


@given(digests)
def test_every_spelling_is_read_as_the_same_signature(digest):
    signature = KEY.sign(digest)
    long = signature.to_bytes65()

    assert Signature.from_bytes(signature.to_bytes()) == signature
    assert Signature.from_bytes(long) == signature
    assert Signature.from_bytes(long[:64] + bytes([long[64] - 27])) == signature


def test_a_signature_cannot_be_read_off_its_repr():
    signature = KEY.sign(bytes(32))

    assert signature.vs.hex() not in repr(signature)
    assert repr(signature.vs) not in repr(signature)


@pytest.mark.parametrize(("message", "r", "s", "v", "vs"), VECTORS)
def test_signatures_are_those_of_the_standard(message, r, s, v, vs):
    signature = KEY.sign(personal(message))

    assert (signature.r.hex(), signature.vs.hex()) == (r, vs)
    assert signature.to_bytes65().hex() == f"{r}{s}{v:02x}"
    assert recover(personal(message), Signature.from_bytes(bytes.fromhex(r + vs))) == KEY.address
