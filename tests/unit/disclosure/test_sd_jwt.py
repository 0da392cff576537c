"""SD-JWT by the examples of RFC 9901, and by those who would have something believed that was not signed.

When it is an example of the RFC                              it shows the RFC's claims
When its algorithm is none, HS256 or another                  refused before any key is used
When a digest, a disclosure or a claim is there twice         refused
When a disclosure is one that no digest stands for            refused
When any one character is changed, all of them tried          refused, or it is no SD-JWT any more
"""

import hmac
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from jamjar.crypto.es256 import P256PrivateKey, P256PublicKey, from_base64url, to_base64url
from jamjar.disclosure import sd_jwt
from jamjar.errors import InvalidInput, JamjarError, VerificationFailed

RFC = json.loads((Path(__file__).parent / "files" / "rfc9901.json").read_text())
KEY, OTHER = P256PrivateKey(b"\1" * 48), P256PrivateKey(b"\2" * 48)
TYPE = "dc+sd-jwt"


def encoded(value: object) -> str:
    return to_base64url(json.dumps(value).encode())


def share(*parts: object) -> str:
    return encoded(["salt", *parts])


def made(payload: object, *shares: str, key: P256PrivateKey = KEY, **header: Any) -> str:
    signed = f"{encoded({'alg': 'ES256', 'typ': TYPE} | header)}.{encoded(payload)}"
    return "~".join([f"{signed}.{to_base64url(key.sign(signed.encode()))}", *shares, ""])


def read(text: str) -> dict[str, Any]:
    return sd_jwt.read(text, KEY.public, TYPE)


@pytest.mark.parametrize("vector", RFC["vectors"], ids=lambda vector: vector["name"])
def test_the_rfcs_examples(vector: dict[str, Any]) -> None:
    key = P256PublicKey.from_jwk(RFC["key"])
    assert sd_jwt.read(vector["sd_jwt"], key, "example+sd-jwt") == vector["claims"]
    with pytest.raises(VerificationFailed):
        sd_jwt.read(vector["sd_jwt"], KEY.public, "example+sd-jwt")
    with pytest.raises(InvalidInput, match="key binding"):
        sd_jwt.read(vector["sd_jwt"] + RFC["key_binding"], key, "example+sd-jwt")


def test_what_is_issued_is_read() -> None:
    text = sd_jwt.issue(KEY, TYPE, {"vct": "x"}, {"a": 1, "b": {"c": [2]}}, bytes)
    assert read(text) == {"vct": "x", "a": 1, "b": {"c": [2]}}
    jwt, first, second, _ = text.split("~")
    assert read(f"{jwt}~{second}~") == {"vct": "x", "b": {"c": [2]}}
    assert read(f"{jwt}~") == {"vct": "x"}
    assert P256PublicKey.from_jwk(sd_jwt.header_of(text)["jwk"]).thumbprint == KEY.public.thumbprint
    with pytest.raises(VerificationFailed, match="not signed"):
        read(f"{jwt}~{share('a', 2)}~")
    with pytest.raises(VerificationFailed, match="twice"):
        read(f"{jwt}~{first}~{first}~")


A, B, ITEM = share("a", 1), share("b", 2), share("item")
D = sd_jwt.digest


@pytest.mark.parametrize(
    ("payload", "shares", "sentence"),
    [
        ({"_sd": [D(A), D(A)]}, [A], "digest twice"),
        ({"_sd": [D(A)], "x": {"_sd": [D(A)]}}, [], "digest twice"),
        ({"_sd": [D(A)], "x": [{"...": D(A)}]}, [], "digest twice"),
        ({"_sd": [D(A)], "a": 3}, [A], "claim twice"),
        ({"_sd": [D(A), D(other := share("a", 2))]}, [A, other], "claim twice"),
        ({"_sd": [D(A)]}, [A, B], "not signed"),
        ({"_sd": [7]}, [], "no text"),
        ({"_sd": [D(ITEM)]}, [ITEM], "item"),
        ({"x": [{"...": D(A)}]}, [A], "claim in the place"),
    ],
)
def test_what_was_not_signed_so(payload: object, shares: list[str], sentence: str) -> None:
    with pytest.raises(VerificationFailed, match=sentence):
        read(made(payload, *shares))


@pytest.mark.parametrize(
    ("payload", "shares"),
    [
        ({"_sd": [D(bad := share("_sd", []))]}, [bad]),
        ({"_sd": [D(bad := encoded(["salt"]))]}, [bad]),
        ({"_sd": [D(bad := encoded([1, "a", 2]))]}, [bad]),
        ({"_sd": "x"}, []),
        ({"_sd_alg": "sha-512"}, []),
        ({"x": {"...": "y"}, "y": {"_sd_alg": "sha-256"}}, []),
        ([], []),
        ({"x": 1.5}, []),
        ({"x": json.loads("[" * 40 + "]" * 40)}, []),
    ],
)
def test_what_no_sd_jwt_has(payload: object, shares: list[str]) -> None:
    with pytest.raises(InvalidInput):
        read(made(payload, *shares))


HEADERS = [{"alg": name} for name in ("none", "HS256", "ES256K", "RS256", None, "es256")]


@pytest.mark.parametrize("header", [*HEADERS, {"typ": "JWT"}, {"typ": None}, {"crit": ["x"]}])
def test_an_unknown_algorithm_or_type(header: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        read(made({"a": 1}, **header))


def test_a_public_key_is_no_secret_to_sign_with() -> None:
    """As an attacker does who has the verifier take the issuer's public key for an HMAC key, or no key at all."""
    for alg in ("HS256", "none"):
        signed = f"{encoded({'alg': alg, 'typ': TYPE})}.{encoded({'a': 1})}"
        made_by = hmac.new(json.dumps(KEY.public.jwk).encode(), signed.encode(), sha256).digest()
        mac = to_base64url(made_by) if alg == "HS256" else ""
        with pytest.raises(InvalidInput):
            read(f"{signed}.{mac}~")


def test_another_signature() -> None:
    good = made({"a": 1})
    jwt = good.rstrip("~")
    raw = from_base64url(jwt.split(".")[2])
    for changed in (raw[:-1], raw + b"\0", bytes(64), b"\xff" * 64, b"\x30\x06\x02\x01\x01\x02\x01\x01"):
        with pytest.raises((VerificationFailed, InvalidInput)):
            read(f"{jwt.rpartition('.')[0]}.{to_base64url(changed)}~")
    with pytest.raises(VerificationFailed):
        read(made({"a": 1}, key=OTHER))


def test_every_character_counts() -> None:
    text = made({"vct": "x", "_sd": [D(A)]}, A)
    assert read(text) == {"vct": "x", "a": 1}
    for at in range(len(text)):
        with pytest.raises(JamjarError):
            read(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])


@pytest.mark.parametrize("text", ["", "~", "a~", "a.b~", "a.b.c", "a.b.c~~", "é.b.c~", "." * 70_000 + "~"])
def test_what_is_no_sd_jwt(text: str) -> None:
    with pytest.raises(InvalidInput):
        read(text)
