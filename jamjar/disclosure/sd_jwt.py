"""SD-JWT (RFC 9901) in compact form with ES256 and SHA-256: a signed JWT, and a disclosure for each claim shown.

Any other algorithm, "none" and HS256 among them, is refused by name before a key is used. So is whatever RFC 9901,
section 7.1, has a verifier refuse: a digest that is there twice, a disclosure that no digest stands for, a claim that
is there twice. A key-binding JWT is refused, as nothing here asks for one.
"""

from collections.abc import Callable, Container, Mapping
from hashlib import sha256
from json import dumps
from typing import Any, Final

from jamjar.crypto.es256 import P256PrivateKey, P256PublicKey, from_base64url, to_base64url
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, VerificationFailed

MAX_BYTES: Final = 64 * 1024
"""Of an SD-JWT."""
_SALT_BYTES: Final = 16
_DEEPEST: Final = 32
_RESERVED: Final = ("_sd", "...", "_sd_alg")


def issue(
    key: P256PrivateKey, typ: str, claims: Mapping[str, Any], shown: Mapping[str, Any], random: Callable[[int], bytes]
) -> str:
    """Return an SD-JWT whose `claims` everyone sees, and of whose `shown` claims a holder may leave any out.

    The header has the public key. `random` is a CSPRNG such as `secrets.token_bytes`.
    """
    shares = [_encoded([to_base64url(random(_SALT_BYTES)), name, value]) for name, value in shown.items()]
    payload = {**claims, "_sd": sorted(map(digest, shares)), "_sd_alg": "sha-256"}
    signed = f"{_encoded({'alg': 'ES256', 'typ': typ, 'jwk': key.public.jwk})}.{_encoded(payload)}"
    return "~".join([f"{signed}.{to_base64url(key.sign(signed.encode()))}", *shares, ""])


def header_of(text: str) -> dict[str, Any]:
    """Return the header, not verified, of an SD-JWT; raises InvalidInput for what is none."""
    return _object(_parts(text)[0].split(".")[0], "The header of the SD-JWT")


def read(text: str, key: P256PublicKey, *typs: str, plain: Container[str] = ()) -> dict[str, Any]:
    """Return the claims that an SD-JWT of one of these types shows, if this key signed it.

    plain  claims that no holder may be able to leave out, so that one which is disclosed at the top is refused

    Its times are the caller's to check. Raises InvalidInput for what is no SD-JWT, and VerificationFailed for one that
    is not signed by this key, or shows what was not signed.
    """
    jwt, shares = _parts(text)
    if jwt.count(".") != 2:
        raise InvalidInput("The text is not an SD-JWT of three parts with dots between; choose the right file.")
    header, payload, signature = jwt.split(".")
    stated = _object(header, "The header of the SD-JWT")
    if stated.get("alg") != "ES256":
        raise InvalidInput("The SD-JWT's algorithm is unknown or none; this version reads ES256, so ask for that.")
    if stated.get("typ") not in typs or "crit" in stated:
        raise InvalidInput(f"The SD-JWT is not of the type {' or '.join(typs)}; choose the right file.")
    if not key.is_signed(f"{header}.{payload}".encode(), from_base64url(signature)):
        raise VerificationFailed("The SD-JWT is not signed by this key, or was changed; do not rely on it.")
    found = _object(payload, "The SD-JWT")
    if found.pop("_sd_alg", "sha-256") != "sha-256":
        raise InvalidInput("The SD-JWT's digests are of an unknown kind; this version reads sha-256, so ask for that.")
    by_digest = {digest(share): _share(share) for share in shares}
    if len(by_digest) != len(shares):
        raise VerificationFailed("The SD-JWT shows a claim twice; ask for another.")
    seen = set[str]()
    claims: dict[str, Any] = _revealed(found, by_digest, seen)
    if hidden := [name for name in claims if name not in found and name in plain]:
        raise InvalidInput(f"The SD-JWT lets its holder leave out {', '.join(hidden)}; ask for one that does not.")
    if not by_digest.keys() <= seen:
        raise VerificationFailed("The SD-JWT shows a claim that was not signed; do not rely on it.")
    return claims


def digest(share: str) -> str:
    """Return what stands for a disclosure in a payload."""
    return to_base64url(sha256(share.encode()).digest())


def _parts(text: str) -> tuple[str, list[str]]:
    if not isinstance(text, str) or len(text) > MAX_BYTES or not text.isascii():
        raise InvalidInput("The text is not an SD-JWT of at most 64 KiB; choose the right file.")
    jwt, *shares = text.strip().split("~")
    if not shares or shares.pop():
        raise InvalidInput("The text is not an SD-JWT without key binding, which ends with ~; choose the right file.")
    return jwt, shares


def _share(share: str) -> list[Any]:
    found = strict_json.loads(_text(share), "A disclosure of the SD-JWT")
    if not isinstance(found, list) or len(found) not in (2, 3) or not isinstance(found[0], str):
        raise InvalidInput("A disclosure of the SD-JWT is not a salt, a name and a value; ask for another.")
    if len(found) == 3 and (not isinstance(found[1], str) or found[1] in _RESERVED):
        raise InvalidInput("A disclosure of the SD-JWT has a name that none may have; ask for another.")
    return found


def _revealed(value: Any, shares: Mapping[str, list[Any]], seen: set[str], depth: int = 0) -> Any:
    if depth > _DEEPEST:
        raise InvalidInput("The SD-JWT has claims within claims beyond all use; ask for another.")
    if isinstance(value, list):
        kept = [(each, _found(each["..."], 2, shares, seen) if _is_digest(each) else None) for each in value]
        shown = [each if share is None else share[1] for each, share in kept if share or not _is_digest(each)]
        return [_revealed(each, shares, seen, depth + 1) for each in shown]
    if not isinstance(value, dict):
        return value
    if "..." in value or (depth and "_sd_alg" in value):
        raise InvalidInput("The SD-JWT has a claim of a name that none may have; ask for another.")
    claims = {name: each for name, each in value.items() if name != "_sd"}
    for each in strict_json.items(value.get("_sd", []), "The digests of the SD-JWT"):
        share = _found(each, 3, shares, seen)
        if share and share[1] in claims:
            raise VerificationFailed("The SD-JWT has a claim twice; do not rely on it.")
        if share:
            claims[share[1]] = share[2]
    return {name: _revealed(each, shares, seen, depth + 1) for name, each in claims.items()}


def _is_digest(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"..."}


def _found(each: Any, length: int, shares: Mapping[str, list[Any]], seen: set[str]) -> list[Any] | None:
    """Return the disclosure that a digest stands for, None where it is not shown."""
    if not isinstance(each, str) or each in seen:
        raise VerificationFailed("The SD-JWT has a digest twice, or one that is no text; do not rely on it.")
    seen.add(each)
    share = shares.get(each)
    if share is not None and len(share) != length:
        raise VerificationFailed("The SD-JWT has a claim in the place of an item, or the reverse; do not rely on it.")
    return share


def _object(part: str, what: str) -> dict[str, Any]:
    found = strict_json.loads(_text(part), what)
    if not isinstance(found, dict):
        raise InvalidInput(f"{what} is not an object; ask for another.")
    return found


def _text(part: str) -> str:
    try:
        return from_base64url(part).decode()
    except UnicodeDecodeError:
        raise InvalidInput("A part of the SD-JWT is not text; ask for another.") from None


def _encoded(value: object) -> str:
    return to_base64url(dumps(value, separators=(",", ":"), ensure_ascii=False).encode())
