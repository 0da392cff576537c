"""Requests: made once, by the signer, for this mailbox and ledger, now; or refused with what was wrong.

When the signature, audience, ledger, method, path, body, time or headers are not right   refused
When a request is made again, also after a restart                                        REPLAYED
"""

import pytest
import requests
from eth_account import Account
from eth_account.messages import encode_typed_data

from jamjar.crypto.hashing import keccak256
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.signed_request import MailboxRequest, domain_of, sign_request
from jamjar.protocol.signing import AccountSigner, ConsentKey
from jamjar.protocol.typed_data import Domain
from tests.support.disclosures import REGISTRY
from tests.unit.mailbox.world import AUDIENCE, signed

DOMAIN = domain_of(REGISTRY)
REQUEST = MailboxRequest(AUDIENCE, "GET", "/packages", keccak256(b""), 1_800_000_000, b"\7" * 32)


def ask(world, headers, method="GET", path="/packages", body=b""):
    answer = requests.request(method, world.url + path, headers=headers, data=body, timeout=60)
    assert answer.headers.get("WWW-Authenticate") == ("EIP-712" if answer.status_code == 401 else None)
    return answer.status_code, answer.json().get("code") if answer.status_code >= 400 else "OK"


@pytest.mark.parametrize("header", ["Signer", "Time", "Nonce", "Signature", "Audience"])
def test_refuses_a_missing_header(world, header):
    headers = signed(world)
    del headers[f"Jamjar-{header}"]
    expected = {"Audience": (401, "WRONG_AUDIENCE"), "Signer": (400, "MALFORMED")}
    assert ask(world, headers) == expected.get(header, (401, "BAD_SIGNATURE"))


@pytest.mark.parametrize(
    ("header", "value"),
    [("Time", "0"), ("Time", "1.5"), ("Time", "1" * 13), ("Time", "٣"), ("Nonce", "0x" + 62 * "0"), ("Nonce", "A" * 64),
     ("Signature", "0" * 128), ("Signature", ""), ("Signer", "0x0"), ("Signer", "0x" + 40 * "0")],
)  # fmt: skip
def test_refuses_headers_of_another_form(world, header, value):
    expected = (400, "MALFORMED") if header == "Signer" else (401, "BAD_SIGNATURE")
    assert ask(world, signed(world) | {f"Jamjar-{header}": value.encode()}) == expected


@pytest.mark.parametrize(
    "change",
    [{"method": "PUT"}, {"path": "/packages/"}, {"body": keccak256(b"x")}],
)
def test_refuses_what_was_signed_for_something_else(world, change):
    assert ask(world, signed(world, **change)) == (401, "BAD_SIGNATURE")


@pytest.mark.parametrize("domain", [Domain(1, REGISTRY.contract), Domain(1337, f"0x{14:040x}")])
def test_refuses_what_was_signed_for_another_ledger(world, domain, refuses):
    with refuses(Code.BAD_SIGNATURE):
        world.client(world.adviser, registry=domain).waiting()


def test_refuses_another_audience(world, refuses):
    with refuses(Code.WRONG_AUDIENCE):
        world.client(world.adviser, audience="https://other.example").waiting()
    headers = signed(world, audience="https://other.example") | {"Jamjar-Audience": AUDIENCE}
    assert ask(world, headers) == (401, "BAD_SIGNATURE")


def test_refuses_another_signer(world):
    headers = signed(world, signer=AccountSigner(Account.create())) | {"Jamjar-Signer": world.adviser.address}
    assert ask(world, headers) == (401, "BAD_SIGNATURE")


@pytest.mark.parametrize(
    ("ago", "outcome"),
    [(61, (401, "TOO_OLD")), (-61, (401, "TOO_NEW")), (60, (200, "OK")), (-60, (200, "OK"))],
)
def test_refuses_another_time(world, ago, outcome):
    assert ask(world, signed(world, ago=ago)) == outcome


def test_refuses_a_query(world):
    assert ask(world, signed(world), path="/packages?all=1") == (400, "MALFORMED")


def test_refuses_a_replay_now_and_after_a_restart(stopped):
    with stopped.running():
        headers = signed(stopped)
        assert ask(stopped, headers) == (200, "OK")
        assert ask(stopped, headers) == (409, "REPLAYED")
    with stopped.running():
        assert ask(stopped, headers) == (409, "REPLAYED")
        assert ask(stopped, signed(stopped)) == (200, "OK")


def test_refuses_a_replay_as_long_as_its_time_would_pass(world):
    headers = signed(world, ago=-60)
    assert ask(world, headers) == (200, "OK")
    world.clock.now += 120
    assert ask(world, signed(world)) == (200, "OK")  # which forgets what is old
    assert ask(world, headers) == (409, "REPLAYED")


def test_is_what_a_wallet_signs():
    """eth_account, from the JSON that a wallet shows, gives the same digest; and its signature is taken."""
    theirs = encode_typed_data(full_message=REQUEST.full_message(DOMAIN))
    assert keccak256(b"\x19\x01" + theirs.header + theirs.body) == REQUEST.digest(DOMAIN)
    account = Account.create()
    by_wallet = account.sign_message(theirs).signature
    assert AccountSigner(account).sign(REQUEST.digest(DOMAIN)).to_bytes65() == bytes(by_wallet)


def test_shows_no_key_or_signature():
    account, key = Account.create(), ConsentKey(b"\1" * 32)
    assert account.key.hex() not in repr(AccountSigner(account))
    made = sign_request(REQUEST, key, DOMAIN)
    assert made.signature.vs.hex()[:16] not in repr(made)
    assert made.is_genuine(DOMAIN)
