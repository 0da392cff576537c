"""Issuing with a key in a file: what OpenSSL signs, what never leaves, and what is refused before anything is counted.

Given a kept key       its signature is what plain arithmetic says, and the same request gives the same answer
When OpenSSL is gone, refuses, or computes wrongly    nothing leaves
When the key is not the published one, the month is another, or the request is for another    refused, nothing counted
"""

import subprocess
from dataclasses import replace
from math import lcm
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateNumbers, RSAPublicNumbers

from jamjar.admitter import key_file
from jamjar.admitter.book import Book
from jamjar.admitter.issuing import issue
from jamjar.admitter.key_file import KeyFile, SigningFailed
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol.enrolment import EnrolmentRequest
from jamjar.protocol.token import begin_of
from tests.support.tokens import ADMITTER, EXPONENT, P, Q, TestAdmitter

EPOCH = 202612
NOW = begin_of(EPOCH) + 1000
ADMITTING = TestAdmitter(EPOCH)
ITEMS = (b"\1" * 256, b"\2" * 256)
REQUEST = EnrolmentRequest(ADMITTER, EPOCH, ADMITTING.key.digest, ITEMS)
PASSPHRASE = "a passphrase"  # noqa: S105


def pem(key) -> bytes:
    sealing = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealing)


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    d = pow(EXPONENT, -1, lcm(P - 1, Q - 1))
    numbers = RSAPrivateNumbers(
        P, Q, d, d % (P - 1), d % (Q - 1), pow(Q, -1, P), RSAPublicNumbers(EXPONENT, ADMITTING.modulus)
    )
    made = tmp_path_factory.mktemp("admitter") / "key.pem"
    made.write_bytes(pem(numbers.private_key()))
    return made


@pytest.fixture(scope="module")
def key(file) -> KeyFile:
    return KeyFile(file, PASSPHRASE)


@pytest.fixture
def book(tmp_path):
    opened = Book(f"sqlite:///{tmp_path / 'book.db'}")
    yield opened
    opened.close()


def test_it_signs_as_the_arithmetic_says(key):
    assert key.modulus == ADMITTING.modulus
    assert [key.sign(each) for each in ITEMS] == [ADMITTING.sign(each) for each in ITEMS]


def test_what_was_asked_is_answered_in_its_order_and_again_alike(key, book):
    answers = [issue(REQUEST, ADMITTING.key, key, book, person="person 1", now=NOW) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0].items == tuple(map(ADMITTING.sign, ITEMS))
    answers[0].check(ADMITTER, ADMITTING.key)
    with pytest.raises(InvalidInput, match="2 of 2"):
        issue(replace(REQUEST, items=(b"\3" * 256, ITEMS[0])), ADMITTING.key, key, book, person="person 1", now=NOW)
    assert book.counts() == [(ADMITTER, EPOCH, 1, 2)]


@pytest.mark.parametrize(
    ("request_", "published", "now"),
    [
        (REQUEST, None, NOW),
        (REQUEST, replace(ADMITTING.key, modulus=ADMITTING.modulus + 2), NOW),
        (REQUEST, ADMITTING.key, begin_of(202701)),
        (REQUEST, ADMITTING.key, begin_of(202612) - 1),
        (replace(REQUEST, key=bytes(32)), ADMITTING.key, NOW),
        (replace(REQUEST, items=ITEMS[:1]), ADMITTING.key, NOW),
        (replace(REQUEST, items=(*ITEMS, b"\3" * 256)), ADMITTING.key, NOW),
    ],
)
def test_what_is_refused_counts_nothing(key, book, request_, published, now):
    with pytest.raises(InvalidInput):
        issue(request_, published, key, book, person="person 1", now=now)
    assert book.counts() == []


def test_a_wrong_computation_never_leaves(key, monkeypatch):
    right = ADMITTING.sign(ITEMS[0])
    wrong = right[:-1] + bytes([right[-1] ^ 1])
    monkeypatch.setattr(KeyFile, "_run", lambda *_, **__: wrong)
    with pytest.raises(InvalidSignature, match="not given out"):
        key.sign(ITEMS[0])


def test_a_number_that_openssl_refuses(key):
    with pytest.raises(SigningFailed, match="refused"):
        key.sign(b"\xff" * 256)


def test_openssl_hangs_or_is_gone(key, file, monkeypatch):
    def hangs(*_, **__):
        raise subprocess.TimeoutExpired("openssl", 60)

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", hangs)
        with pytest.raises(SigningFailed, match="TimeoutExpired"):
            key.sign(ITEMS[0])
    monkeypatch.setattr(key_file.shutil, "which", lambda _: None)
    with pytest.raises(SigningFailed, match="install OpenSSL"):
        KeyFile(file, PASSPHRASE)


def test_what_is_no_key(file, tmp_path):
    with pytest.raises(InvalidInput, match="another passphrase"):
        KeyFile(file, "another")
    for name, content in (("none.pem", b"x"), ("curve.pem", pem(ec.generate_private_key(ec.SECP256R1())))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InvalidInput):
            KeyFile(tmp_path / name, PASSPHRASE)
    with pytest.raises(InvalidInput):
        KeyFile(tmp_path / "not there", PASSPHRASE)


@pytest.mark.parametrize("passphrase", ["", "x" * 1024, "x" * 100_000, "é" * 600, "a\0b", "a\nb"])
def test_a_passphrase_that_openssl_cannot_read(file, passphrase):
    with pytest.raises(InvalidInput, match="The passphrase"):
        key_file.new_key(passphrase)
    with pytest.raises(InvalidInput, match="The passphrase"):
        KeyFile(file, passphrase)  # a long one would wait for ever, for somebody to read it
