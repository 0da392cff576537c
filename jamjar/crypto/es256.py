"""ES256: ECDSA on P-256 with SHA-256, as JOSE has it (RFC 7518, section 3.4), by the package `cryptography`."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from collections.abc import Mapping
from hashlib import sha256
from json import dumps
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from jamjar.errors import InvalidInput

SEED_BYTES: Final = 48
"""So many that their remainder by the order is as good as even (FIPS 186-5, A.4.1)."""
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_ECDSA: Final = ec.ECDSA(SHA256(), deterministic_signing=True)
_NAMES: Final = ("crv", "kty", "x", "y")


def to_base64url(data: bytes) -> str:
    """Return bytes in base64url without padding (RFC 7515, section 2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: object) -> bytes:
    """Return the bytes that `to_base64url` wrote; raises InvalidInput for any other text."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4)) if isinstance(text, str) and text.isascii() else b""
    except NoBase64:
        data = b""
    if to_base64url(data) != text:
        raise InvalidInput("A value is not base64url without padding; copy it again.")
    return data


class P256PublicKey:
    """A public key of P-256."""

    def __init__(self, key: ec.EllipticCurvePublicKey) -> None:
        self._key = key

    @classmethod
    def from_jwk(cls, value: object) -> "P256PublicKey":
        """Read a JSON Web Key (RFC 7518, section 6.2); raises InvalidInput for another curve, and for no point of it.

        Other members, such as kid, are passed over; a private key is refused.
        """
        found = value if isinstance(value, Mapping) else {}
        if (
            (found.get("kty"), found.get("crv")) != ("EC", "P-256")
            or "d" in found
            or found.get("alg", "ES256") != "ES256"
        ):
            raise InvalidInput("The key is not a public JSON Web Key of P-256; ask its owner for that one.")
        x, y = (from_base64url(found.get(name)) for name in "xy")
        if len(x) != 32 or len(y) != 32:
            raise InvalidInput("The key's coordinates are not 32 bytes each; ask its owner for it again.")
        try:
            numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1())
            return cls(numbers.public_key())
        except ValueError:
            raise InvalidInput("The key is no point of P-256; ask its owner for it again.") from None

    @property
    def jwk(self) -> dict[str, str]:
        """The key as a JSON Web Key."""
        at = self._key.public_numbers()
        x, y = (to_base64url(value.to_bytes(32, "big")) for value in (at.x, at.y))
        return dict(zip(_NAMES, ("P-256", "EC", x, y), strict=True))

    @property
    def thumbprint(self) -> bytes:
        """The 32 bytes of the key's thumbprint (RFC 7638)."""
        return sha256(dumps(self.jwk, separators=(",", ":"), sort_keys=True).encode()).digest()

    def is_signed(self, data: bytes, signature: bytes) -> bool:
        """Return whether this key made a signature, 64 bytes of r and s, over these bytes."""
        if len(signature) != 64:
            return False
        r, s = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
        try:
            self._key.verify(encode_dss_signature(r, s), data, ec.ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True


class P256PrivateKey:
    """A private key of P-256, made from 48 secret bytes."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise InvalidInput(f"The seed of a P-256 key is not {SEED_BYTES} bytes; derive that many.")
        self._key = ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())

    def __repr__(self) -> str:
        return "P256PrivateKey()"

    @property
    def public(self) -> P256PublicKey:
        """The public key."""
        return P256PublicKey(self._key.public_key())

    def sign(self, data: bytes) -> bytes:
        """Sign bytes, always with the same result (RFC 6979); return r and s, 64 bytes."""
        r, s = decode_dss_signature(self._key.sign(data, _ECDSA))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
