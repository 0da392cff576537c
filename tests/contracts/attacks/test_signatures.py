"""What is no signature by the consent's key is none, however it is bent.

When a message is carried, of each of the seven kinds
├── given the signature's s is n - s, the parity flipped, however it fits `vs`   it reverts with NotSignedByConsent
├── given the signature's parity alone is flipped                                it reverts with NotSignedByConsent
├── given r or vs is zero, all ones, or the group order                          it reverts with NotSignedByConsent
└── given r and vs are random                                                    it reverts with NotSignedByConsent
When the consent is the zero address, and the signature recovers to nothing      it reverts
When a signature has 63 or 66 bytes                                              the wallet refuses to read it
"""

import secrets
from dataclasses import astuple

import pytest

from jamjar.errors import InvalidSignature
from jamjar.protocol.signing import Signature

# SEC 2, section 2.4.1: the order of secp256k1.
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
TOP_BIT = 1 << 255
NOBODY = "0x" + "0" * 40
ENDS = (0, 1, ORDER // 2 + 1, ORDER - 1, ORDER, TOP_BIT, 2**256 - 1)


def word(number):
    return number.to_bytes(32, "big")


@pytest.fixture
def none_of(attack, refused):
    """Every one of the signatures is refused; the key's own, unbent, is then recorded."""

    def check(key, message, signatures):
        for signature in signatures:
            with refused("NotSignedByConsent", key.address):
                attack.ask(message, signature)
        attack.carry(message, attack.sign(key, message))

    return check


def test_malleable(kind, attack, none_of):
    """P6: a signature has one valid form, so what is on the record cannot be sent again in another."""
    key, message = attack.ready(kind)
    r, vs = attack.sign(key, message)
    parity, s = divmod(int.from_bytes(vs, "big"), TOP_BIT)
    high = ORDER - s
    in_the_upper_half = {high, high | TOP_BIT, high % TOP_BIT, (high % TOP_BIT) | (1 - parity) * TOP_BIT}
    flipped = s | (1 - parity) * TOP_BIT
    none_of(key, message, [(r, word(each)) for each in (*in_the_upper_half, flipped)])


def test_at_the_ends(kind, attack, none_of):
    """P2: a word at the end of its range makes no consent."""
    key, message = attack.ready(kind)
    r, vs = attack.sign(key, message)
    none_of(key, message, [(word(end), vs) for end in ENDS] + [(r, word(end)) for end in ENDS])


def test_garbage(kind, attack, none_of):
    """P2: bytes that look like a signature make no consent."""
    key, message = attack.ready(kind)
    none_of(key, message, [(secrets.token_bytes(32), secrets.token_bytes(32)) for _ in range(20)])


@pytest.fixture(
    params=[(0, 0), (0, TOP_BIT), (ORDER, 1), (2**256 - 1, 2**256 - 1)], ids=["zero", "parity", "order", "ones"]
)
def of_nobody(request):
    """A signature that recovers to nothing."""
    return tuple(map(word, request.param))


class TestNobody:
    """P2: recovering fails with the zero address, and that must not pass for the zero address having signed."""

    def test_grants(self, of_nobody, system, claimants, people, refused):
        good = astuple(claimants.grant_message(claimants.key()))
        with refused("NotSignedByConsent", NOBODY):
            system.consents.grant(((NOBODY, *good[1:]), of_nobody), {"from": people.operator})

    def test_withdraws(self, of_nobody, system, people, refused):
        with refused("NotSignedByConsent", NOBODY):
            system.consents.withdraw((NOBODY, of_nobody), {"from": people.operator})

    def test_does_nothing_else(self, of_nobody, system, people, refused):
        sender = {"from": people.stranger}
        with refused("ConsentNotOpen", NOBODY, 0):
            system.consents.pause(NOBODY, 0, of_nobody, sender)
        with refused("ConsentNotOpen", NOBODY, 0):
            system.consents.resume(NOBODY, 0, of_nobody, sender)
        with refused("ConsentNotOpen", NOBODY, 0):
            system.consents.reconfirm(NOBODY, 0, 2**39, of_nobody, sender)
        with refused("ConsentNotLive", NOBODY, 0):
            system.commitments.commit(((NOBODY, word(1), word(0)), of_nobody), sender)
        with refused("AdviceUnknown", NOBODY, word(1), word(2)):
            system.advice.acknowledge(((NOBODY, word(1), word(2)), of_nobody), sender)


@pytest.mark.parametrize("size", [0, 1, 32, 63, 66, 96, 128])
def test_another_length(size):
    """P2: a signature of another length is not cut or filled until it fits."""
    with pytest.raises(InvalidSignature, match="64 or 65 bytes"):
        Signature.from_bytes(b"\x01" * size)
