"""Blind RSA signatures with SHA-384 and PSS (RFC 9474): the signer learns nothing of what it signs.

The client blinds a message (`blind`), the signer raises the blinded message to its secret exponent, and the client
takes the blinding off again (`finalise`). Anyone verifies the signature with the public key (`verify`). For every
blinded message and every signature there is exactly one blinding that leads from one to the other, so that the signer
cannot tell them apart, however much it computes.

Without a salt, and with a message that cannot be guessed, it is the RFC's RSABSSA-SHA384-PSSZERO-Deterministic.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from math import gcd
from typing import Final

from cryptography.exceptions import InvalidSignature as NotVerified
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA384

from jamjar.errors import InvalidInput, InvalidSignature

EXPONENT: Final = 65_537
_DIGEST_BYTES: Final = 48
_SPARE_BYTES: Final = 16
"""Random bytes beyond the modulus, so that a blinding is as good as uniform (FIPS 186-5, appendix A.2.1)."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """A blinded message, and what takes the blinding off its signature; the repr shows neither.

    message  as many bytes as the modulus; the only thing that the signer gets
    inverse  the inverse of the blinding; whoever has it links the signature to the blinded message
    """

    message: bytes = field(repr=False)
    inverse: int = field(repr=False)


def size_of(modulus: int) -> int:
    """Return how many bytes a modulus has, and with it a blinded message and a signature."""
    return (modulus.bit_length() + 7) // 8


def encode(message: bytes, modulus: int, salt: bytes = b"") -> int:
    """Return the number that is signed for a message: EMSA-PSS-ENCODE with SHA-384 and MGF1 (RFC 8017, 9.1.1)."""
    bits = modulus.bit_length() - 1
    size = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = b"\1".rjust(size - len(salt) - _DIGEST_BYTES - 1, b"\0") + salt
    masked = bytearray(each ^ other for each, other in zip(block, _mask(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return int.from_bytes(masked + digest + b"\xbc", "big")


def blind(
    message: bytes, modulus: int, random_bytes: Callable[[int], bytes], salt: bytes = b"", blinding: int = 0
) -> Blinded:
    """Blind a message for the key with this modulus (RFC 9474, section 4.2).

    random_bytes  a CSPRNG, such as `secrets.token_bytes`
    blinding      the number to blind with, only for test vectors

    Raises InvalidInput when the message shares a factor with the modulus: then its key is broken.
    """
    number = encode(message, modulus, salt)
    if gcd(number, modulus) != 1:
        raise InvalidInput("The admitter's key is broken, as a message divides it; ask its owner for another.")
    while not 0 < blinding < modulus or gcd(blinding, modulus) != 1:
        blinding = int.from_bytes(random_bytes(size_of(modulus) + _SPARE_BYTES), "big") % modulus
    blinded = number * pow(blinding, EXPONENT, modulus) % modulus
    return Blinded(blinded.to_bytes(size_of(modulus), "big"), pow(blinding, -1, modulus))


def finalise(message: bytes, modulus: int, answer: bytes, inverse: int) -> bytes:
    """Return the signature of a message, from the signer's answer to its blinded form (RFC 9474, section 4.4).

    Raises InvalidSignature when it does not verify: the signer, or somebody on the way, gave a wrong answer.
    """
    number = int.from_bytes(answer, "big")
    if len(answer) != size_of(modulus) or number >= modulus:
        raise InvalidSignature("The blind signature is not of the key's size; ask for it again.")
    signature = (number * inverse % modulus).to_bytes(size_of(modulus), "big")
    verify(message, modulus, signature)
    return signature


def check_answer(blinded: bytes, modulus: int, answer: bytes) -> None:
    """Check a blind signature before it leaves its signer: raised to the public exponent, it is the blinded message.

    A computation that went wrong can give the secret key away, so such an answer must never leave (RFC 9474, 4.3).
    Raises InvalidSignature.
    """
    number = int.from_bytes(answer, "big")
    if len(answer) != size_of(modulus) or pow(number, EXPONENT, modulus) != int.from_bytes(blinded, "big"):
        raise InvalidSignature(
            "The signature was computed wrongly and is not given out; check the machine and the key."
        )


def verify(message: bytes, modulus: int, signature: bytes, salt_bytes: int = 0) -> None:
    """Raise InvalidSignature unless a signature is of this message by the key with this modulus (RFC 8017, 8.1.2)."""
    try:
        key = RSAPublicNumbers(EXPONENT, modulus).public_key()
        key.verify(signature, message, PSS(MGF1(SHA384()), salt_bytes), SHA384())
    except (NotVerified, ValueError):
        raise InvalidSignature("The key did not sign this; ask for another signature.") from None


def _mask(seed: bytes, length: int) -> bytes:
    """Return MGF1 with SHA-384 (RFC 8017, appendix B.2.1)."""
    count = -(-length // _DIGEST_BYTES)
    return b"".join(hashlib.sha384(seed + number.to_bytes(4, "big")).digest() for number in range(count))[:length]
