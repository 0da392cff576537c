"""An admitter to test with: one kept RSA key of 2,048 bits, which signs by plain arithmetic, and tokens of it.

The primes are fixed, so that no test generates a key. Never use them, nor this way of signing, for anything else.
"""

from dataclasses import dataclass

from jamjar.crypto import blind_rsa
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.token import EpochKey, Token, message_of
from jamjar.protocol.typed_data import Grant

ADMITTER, QUOTA = 4, 2
P = int(
    "ecc41510cfc27d5737bbfc2b541109a623f68bab2b0c81e1584b0597664da0fd7ea836d435dfc79b610a203488c381dc4581"
    "f995858578b2524c8def2bae43ef78ef5fd8a5ef0ff2482eb4d9a62085417e870eb972ac40ed0f4d032282774d71dfec4303"
    "c91d9492cdc46cd1a2d339103b6bde6065924ce082ace0f4b8956cc7",
    16,
)
Q = int(
    "db3afc55663a00e57b9b2862603e9252d8c3ff42d6dd45c7f9e9afc5303f5d1fa211d2e9cc4be825d79f12f3f1c667a78d88"
    "f9f6349f4c28f07d43f007d5ed04075e71dbcf959520b473ac4377584b9c0edbf996d05e56add451d81a5a02b3a79ee4d183"
    "45a65a10bbdd6c90b152307ac8a5bb2749b0f5a67b794d3cc1372915",
    16,
)
EXPONENT = 65_537


@dataclass(frozen=True)
class TestAdmitter:
    """An admitter with this key for one epoch."""

    __test__ = False

    epoch: int
    number: int = ADMITTER
    primes: tuple[int, int] = (P, Q)

    @property
    def modulus(self) -> int:
        return self.primes[0] * self.primes[1]

    @property
    def key(self) -> EpochKey:
        return EpochKey(self.epoch, QUOTA, self.modulus)

    def find(self, admitter: int, epoch: int) -> EpochKey | None:
        return self.key if (admitter, epoch) == (self.number, self.epoch) else None

    known = find

    def sign(self, blinded: bytes) -> bytes:
        """Return the blind signature of a blinded message."""
        p, q = self.primes
        asked = int.from_bytes(blinded, "big")
        of_p, of_q = (pow(asked, pow(EXPONENT, -1, prime - 1), prime) for prime in self.primes)
        number = of_q + q * ((of_p - of_q) * pow(q, -1, p) % p)
        return number.to_bytes(len(blinded), "big")

    def token(self, consent: str, deployment: Deployment, epoch: int | None = None) -> Token:
        """Return a token of this admitter, signed for an epoch, by default its own."""
        message = message_of(deployment.domain_of(Grant), consent, epoch or self.epoch)
        number = blind_rsa.encode(message, self.modulus)
        size = blind_rsa.size_of(self.modulus)
        return Token(self.number, epoch or self.epoch, consent, self.sign(number.to_bytes(size, "big")))
