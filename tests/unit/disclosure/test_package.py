"""The sealed package: opens for its recipient, ledger, consent and commitment, and for nothing else.

When a package has another form                  InvalidInput
When key, ledger, head, body or key differ       SealBroken, with nothing of what is inside
When it holds another disclosure than it says    SealBroken
When it holds more or fewer jars                 it is as long
When all is right                                the disclosure, and the claimant's reply key
"""

from dataclasses import replace

import pytest

from jamjar.crypto.sealing import EncryptionKey, SealBroken, seal
from jamjar.disclosure import package as packages
from jamjar.disclosure.package import Body, SealedPackage, open_package, seal_package
from jamjar.errors import InvalidInput
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Domain
from tests.support.disclosures import NAMES, REGISTRY, disclosure

CONSENT = ConsentKey(b"\1" * 32).address
OTHER = ConsentKey(b"\2" * 32).address
ADVISER, CLAIMANT = EncryptionKey(b"\3" * 32), EncryptionKey(b"\4" * 32)
SHOWN = disclosure(CONSENT)


def sealed(shown=SHOWN, domain=REGISTRY, recipient=ADVISER.public_bytes):
    return seal_package(shown, CLAIMANT.public_bytes, recipient, domain, lambda n: b"\5" * n)


PACKAGE = sealed()


@pytest.mark.parametrize(
    "data",
    [b"", b"jamjar.package.1", PACKAGE.to_bytes()[:-1], PACKAGE.to_bytes() + b"\0", PACKAGE.to_bytes()[:1240], "text",
     b"jamjar.package.3" + PACKAGE.to_bytes()[16:],
     b"jamjar.package.1" + PACKAGE.to_bytes()[16:], PACKAGE.to_bytes()[:16] + bytes(20) + PACKAGE.to_bytes()[36:],
     PACKAGE.to_bytes()[:68] + bytes(4) + PACKAGE.to_bytes()[72:]],
    ids=range(10),
)  # fmt: skip
def test_refuses_bytes_of_another_form(data):
    with pytest.raises(InvalidInput):
        SealedPackage.from_bytes(data)


@pytest.mark.parametrize(
    "change",
    [{"consent": "0x"}, {"root": b""}, {"recipient": 0}, {"recipient": 2**32}, {"recipient": True}, {"body": b""},
     {"body": bytes(64 * 1024)}, {"key_digest": b"\1"}, {"sealed_to": b"\1"}],
)  # fmt: skip
def test_refuses_values_of_another_form(change):
    with pytest.raises(InvalidInput):
        replace(PACKAGE.content, **change)


@pytest.mark.parametrize("domain", [Domain(1, REGISTRY.contract), Domain(1337, f"0x{14:040x}")])
def test_does_not_seal_what_is_about_another_ledger(domain):
    with pytest.raises(InvalidInput, match="another ledger"):
        sealed(domain=domain)


def test_does_not_seal_to_what_is_no_key():
    with pytest.raises(InvalidInput, match="public encryption key"):
        sealed(recipient=bytes(1216))
    with pytest.raises(InvalidInput, match="reply key"):
        seal_package(SHOWN, b"", ADVISER.public_bytes, REGISTRY, lambda n: b"\5" * n)


def changed(at):
    data = bytearray(PACKAGE.to_bytes())
    data[at] ^= 1
    return SealedPackage.from_bytes(bytes(data))


@pytest.mark.parametrize("at", [16, 35, 36, 67, 71, 72, 103, 104, 1271, 1272, 30_000, -1])
def test_no_byte_can_be_changed(at):
    with pytest.raises(SealBroken) as refused:
        open_package(changed(at), ADVISER, REGISTRY)
    assert refused.value.__cause__ is None


def test_opens_with_no_other_key_or_ledger():
    for key, domain in ((CLAIMANT, REGISTRY), (ADVISER, Domain(1, REGISTRY.contract))):
        with pytest.raises(SealBroken):
            open_package(PACKAGE, key, domain)


def test_the_key_of_another_package_opens_nothing():
    other = sealed(disclosure(CONSENT))
    with pytest.raises(SealBroken, match="another package"):
        PACKAGE.content.with_key(other.sealed_key)
    with pytest.raises(InvalidInput, match="another package"):
        SealedPackage(PACKAGE.content, other.sealed_key)


def forged(inside):
    """A package whose seals are right and whose inside the test chooses."""
    info, size = PACKAGE.content.head + REGISTRY.separator, packages.SIZES[0]
    text = (len(inside).to_bytes(4, "big") + inside).ljust(size, b"\0")
    body = packages.ChaCha20Poly1305(b"\6" * 32).encrypt(bytes(12), text, info)
    key = seal(b"\6" * 32, ADVISER.public_bytes, info)
    return SealedPackage(replace(PACKAGE.content, body=body, key_digest=packages.keccak256(key)), key)


@pytest.mark.parametrize("inside", [b"", b"{}", CLAIMANT.public_bytes, CLAIMANT.public_bytes + b'{"rent": 11914}'])
def test_refuses_an_inside_that_is_no_disclosure(inside):
    with pytest.raises(SealBroken) as refused:
        open_package(forged(inside), ADVISER, REGISTRY)
    assert "11914" not in str(refused.value)


@pytest.mark.parametrize("shown", [disclosure(OTHER), disclosure(CONSENT)], ids=["consent", "root"])
def test_refuses_an_inside_about_something_else(shown):
    with pytest.raises(SealBroken, match="something else"):
        open_package(forged(CLAIMANT.public_bytes + shown.to_json()), ADVISER, REGISTRY)


def test_opens():
    opened = open_package(SealedPackage.from_bytes(PACKAGE.to_bytes()), ADVISER, REGISTRY)
    assert (opened.disclosure, opened.reply_key) == (SHOWN, CLAIMANT.public_bytes)


def test_is_as_long_whatever_it_shows():
    lengths = {len(sealed(disclosure(CONSENT, names)).to_bytes()) for names in (NAMES[:1], NAMES)}
    assert lengths == {len(PACKAGE.to_bytes())}
    assert len(sealed(disclosure(CONSENT, notice="x" * 19_000)).content.body) == packages.BODY_BYTES[1]


def test_its_name_is_of_all_of_it():
    assert SealedPackage.from_bytes(PACKAGE.to_bytes()).id == PACKAGE.id
    assert len({PACKAGE.id, *(changed(at).id for at in (16, 40, 71, 72, 104, 1272, -1))}) == 8


def test_shows_nothing_inside():
    opened = open_package(PACKAGE, ADVISER, REGISTRY)
    for thing in (opened, PACKAGE, Body(CONSENT, b"\1" * 32, 2, PACKAGE.content.body, b"\1" * 32)):
        assert "rent" not in repr(thing)
        assert len(repr(thing)) < 250
