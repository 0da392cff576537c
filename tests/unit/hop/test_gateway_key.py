"""A gateway's key, and who may have signed it.

When it is the gateway's, valid, and of a named member      it is taken, and its file is read again
When a hop puts a key of its own in its place               it is refused, whoever signed it
When it has expired, is of another ledger, or was changed   it is refused
When a file or a record is malformed                        one sentence says so
"""

import json
from dataclasses import replace

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from jamjar.errors import InvalidInput, JamjarError
from jamjar.hop.gateway_key import GatewaySecret, SignedGatewayKey, domain_of
from jamjar.hop.message import GatewayKind
from jamjar.protocol.typed_data import Grant
from tests.unit.hop.world import DOMAIN, NOW, OTHER, OTHER_MEMBER, RELAYER, rules, secret
from tests.unit.relayer.world import DEPLOYMENT


def test_it_is_taken_and_read_again():
    made = secret()
    rules().check(made.signed)
    again = GatewaySecret.from_json(made.to_json())
    assert (again.signed, again.private.to_bytes()) == (made.signed, made.private.to_bytes())
    assert SignedGatewayKey.from_json(json.loads(json.dumps(made.signed.to_json()))) == made.signed
    assert made.private.to_bytes().hex() not in f"{made!r} {made.signed.to_json()}"


def test_its_digest_is_that_of_the_typed_data():
    key = secret().signed.key
    signature = Account.from_key(b"\4" * 32).sign_message(encode_typed_data(full_message=key.full_message(DOMAIN)))
    assert secret().signed.signature.to_bytes65() == signature.signature


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (secret(signer=OTHER, seed=b"\10" * 32), f"member {OTHER_MEMBER}"),  # the hop's own member signs
        (secret("https://hop.example"), "another gateway"),
        (secret(kind=GatewayKind.MAILBOX), "another gateway"),
        (secret(valid_until=NOW), "expired"),
    ],
)  # fmt: skip
def test_another_is_refused(other, says):
    with pytest.raises(InvalidInput, match=says):
        rules().check(other.signed)


def test_what_was_changed_is_refused():
    signed = secret().signed
    longer = replace(signed, key=replace(signed.key, valid_until=NOW + 10**7))
    substituted = replace(signed, key=replace(signed.key, key=secret(seed=b"\11" * 32).signed.key.key))
    claimed = replace(signed, account=OTHER.address)
    for changed in (longer, substituted, claimed):
        with pytest.raises(InvalidInput, match="invalid"):
            rules(members=(4, 5)).check(changed)
    elsewhere = domain_of(replace(DEPLOYMENT, chain_id=2).domain_of(Grant))
    with pytest.raises(InvalidInput, match="invalid"):
        rules(domain=elsewhere).check(signed)


def test_no_account_of_a_member_is_refused():
    with pytest.raises(InvalidInput, match="no active member"):
        rules(member_of=lambda _: 0, members=(0, 4)).check(secret().signed)


@pytest.mark.parametrize(
    "change",
    [{"format": "jamjar.gateway.2"}, {"kind": "log"}, {"key": "0x00"}, {"valid_until": "1"}, {"valid_until": True},
     {"gateway": ""}, {"gateway": 5}, {"gateway": "http://é"}, {"account": "0x1"}, {"r": "0x"}, {"more": 1}],
)  # fmt: skip
def test_malformed_records_are_refused(change):
    with pytest.raises(JamjarError):
        SignedGatewayKey.from_json({**secret().signed.to_json(), **change})


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":"jamjar.gateway-file.2","seed":"","signed":{}}'])
def test_malformed_files_are_refused(text):
    with pytest.raises(InvalidInput):
        GatewaySecret.from_json(text)


def test_keys_that_do_not_belong_together_are_refused():
    with pytest.raises(InvalidInput, match="do not belong"):
        GatewaySecret(secret(seed=b"\12" * 32).private, secret().signed)
    assert RELAYER in str(secret().signed)
