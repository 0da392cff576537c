"""network.join_request: a small file that a node's key signed, and what of it is refused.

When one is written and read             it is the same; another EIP-712 library finds its signer
Given any field of it was changed        refused
Given another key signed it              refused
Given a name, host, port, account, time that is none    refused, and no request is made
Given the file is another, or damaged    refused
"""

import json
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.network import join_request
from jamjar.network.join_request import account_of
from jamjar.protocol.signed_message import to_hex
from tests.unit.network.joining import CHAIN, DAY, NOW, account, asking, key

CHANGES: list[tuple[str, Any]] = [
    ("network", "Other Jamjar"),
    ("name", "Northern Node"),
    ("publicKey", asking(2).request.public_key),
    ("host", "192.0.2.9"),
    ("port", 30304),
    ("accounts", []),
    ("accounts", [account(1), account(2)]),
    ("signedAt", NOW + 1),
    ("expires", NOW + 31 * DAY),
]


def test_written_and_read() -> None:
    signed = asking(1)
    assert join_request.read(signed.to_json()) == signed
    assert signed.request.address == Account.from_key(key(1)).address
    assert signed.request.enode == f"enode://{signed.request.public_key[2:]}@192.0.2.1:30303"
    assert asking(1, host="2001:db8::1").request.enode.endswith("@[2001:db8::1]:30303")


def test_another_library_finds_the_signer() -> None:
    """As whole EIP-712 typed data: domain, types and message, as a wallet would show them."""
    signed = asking(1)
    kinds = [("network", "string"), ("name", "string"), ("publicKey", "bytes"), ("host", "string"), ("port", "uint16"),
             ("accounts", "address[]"), ("signedAt", "uint40"), ("expires", "uint40")]  # fmt: skip
    domain = [("name", "string"), ("version", "string"), ("chainId", "uint256")]
    typed = {
        "types": {
            "EIP712Domain": [{"name": name, "type": kind} for name, kind in domain],
            "JoinRequest": [{"name": name, "type": kind} for name, kind in kinds],
        },
        "primaryType": "JoinRequest",
        "domain": {"name": "Jamjar network", "version": "1", "chainId": CHAIN},
        "message": json.loads(signed.to_json())["content"],
    }
    found = Account.recover_message(
        encode_typed_data(full_message=typed), signature=json.loads(signed.to_json())["signature"]
    )
    assert found == signed.request.address


@pytest.mark.parametrize(("field", "value"), CHANGES)
def test_a_changed_request(field: str, value: Any) -> None:
    found = json.loads(asking(1).to_json())
    assert found["content"][field] != value
    found["content"][field] = value
    with pytest.raises(
        InvalidSignature, match=r"not signed by its node's key, or was changed since; ask for it again\."
    ):
        join_request.read(json.dumps(found))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "1 to 64 bytes"),
        ("name", "x" * 65, "1 to 64 bytes"),
        ("name", "A\nB", "signs that are not seen"),
        ("name", "A\u202eB", "signs that are not seen"),
        ("name", "\ud800", "signs that are not seen"),
        ("network", " Town", "spaces around it"),
        ("host", "node.example", "no IP address"),
        ("host", "192.0.2.01", "no IP address"),
        ("host", '192.0.2.1"\nx', "no IP address"),
        ("host", "fe80::1%eth0", "no IP address"),
        ("host", "2001:DB8::1", "no IP address"),
        ("host", "127.0.0.1", "no other machine reaches"),
        ("host", "::", "no other machine reaches"),
        ("host", "224.0.0.1", "no other machine reaches"),
        ("host", None, "no IP address"),
        ("port", 80, "1024 to 65535"),
        ("port", 65536, "1024 to 65535"),
        ("port", True, "1024 to 65535"),
        ("chain_id", 0, "chain id 0"),
        ("chain_id", 2**53, "chain id"),
        ("accounts", (account(1), account(1)), "named twice"),
        ("accounts", tuple(map(account, range(1, 66))), "more than 64"),
        ("accounts", ("0x" + "ab" * 20,), "EIP-55"),
        ("accounts", ("0x" + "00" * 20,), "zero address"),
        ("expires", NOW, "no time"),
        ("expires", NOW + 91 * DAY, "more than 90 days"),
        ("signed_at", "now", "no time"),
    ],
)
def test_a_field_that_is_none(field: str, value: Any, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        asking(1, **{field: value})


@pytest.mark.parametrize("text", ["", "[]", "{}", "\0", '{"format": 1}', None, "x" * 70_000])
def test_a_file_that_is_none(text: Any) -> None:
    with pytest.raises(InvalidInput):
        join_request.read(text)


@pytest.mark.parametrize("field", ["network", "name", "publicKey", "host", "port", "accounts", "signedAt", "expires"])
@pytest.mark.parametrize("value", [None, {}, [[]], 1.5, "0x", -1, 2**300])
def test_a_field_of_another_kind(field: str, value: Any) -> None:
    found = json.loads(asking(1).to_json())
    found["content"][field] = value
    with pytest.raises(InvalidInput):
        join_request.read(json.dumps(found))


def test_a_signature_that_is_none() -> None:
    for signature in (to_hex(bytes(65)), to_hex(b"\xff" * 65), "0x", None, 5):
        found = json.loads(asking(1).to_json()) | {"signature": signature}
        with pytest.raises(InvalidInput):
            join_request.read(json.dumps(found))


@pytest.mark.parametrize("wrong", [bytes(32), b"\xff" * 32, b"\1" * 31, b""])
def test_a_key_that_is_none(wrong: bytes) -> None:
    with pytest.raises(InvalidInput, match="not one; name the node") as raised:
        account_of(wrong)
    assert wrong.hex() not in str(raised.value) or not wrong
