"""The two formats of a package: the second names the key that it is sealed to, the first is read as it was.

When a package is sealed      it is of the second format, and names the key by its digest
Given one of the first        it is read, opened, and written as it was
"""

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import seal
from jamjar.disclosure.package import FIRST_FORMAT, FORMAT, SIZES, SealedPackage, open_package
from jamjar.encoding.padding import pad
from tests.support.disclosures import REGISTRY
from tests.unit.disclosure.test_package import ADVISER, CLAIMANT, CONSENT, PACKAGE, SHOWN


def test_their_names():
    assert (FORMAT, FIRST_FORMAT) == (b"jamjar.package.2", b"jamjar.package.1")
    assert PACKAGE.to_bytes().startswith(FORMAT)


def test_it_names_the_key_that_it_is_sealed_to():
    assert PACKAGE.content.sealed_to == keccak256(ADVISER.public_bytes) == PACKAGE.to_bytes()[72:104]


def test_reads_the_first_format():
    """Written here by hand, as the first version wrote it: format, consent, root, recipient; sealed key; body."""
    head = b"jamjar.package.1" + bytes.fromhex(CONSENT[2:]) + SHOWN.root + SHOWN.terms.recipient.to_bytes(4, "big")
    info = head + REGISTRY.separator
    inside = pad(CLAIMANT.public_bytes + SHOWN.to_json(), SIZES[:1])
    body = ChaCha20Poly1305(b"\6" * 32).encrypt(bytes(12), inside, info)
    data = head + seal(b"\6" * 32, ADVISER.public_bytes, info) + body
    package = SealedPackage.from_bytes(data)
    assert (package.to_bytes(), package.content.sealed_to) == (data, b"")
    opened = open_package(package, ADVISER, REGISTRY)
    assert (opened.disclosure, opened.reply_key) == (SHOWN, CLAIMANT.public_bytes)
