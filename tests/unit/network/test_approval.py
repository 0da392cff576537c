"""network.approval: a small file that a node's key signed, and what of it is refused.

When one is written and read             it is the same
Given any field of it, or its chain, was changed    refused
Given the file is another, or damaged    refused
"""

import json
from typing import Any

import pytest

from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.network import approval, join_request
from tests.unit.network.joining import CHAIN, DAY, NOW, asking, key


def approving(**changes: Any) -> approval.SignedApproval:
    fields = {"chain_id": CHAIN, "genesis": b"g" * 32, "request": b"r" * 32, "signed_at": NOW, "expires": NOW + DAY}
    return approval.sign(key(1), **{**fields, **changes})


def test_written_and_read() -> None:
    assert approval.read(approving().to_json()) == approving()


@pytest.mark.parametrize("field", ["genesis", "request", "approver", "signedAt", "expires"])
def test_a_changed_approval(field: str) -> None:
    found = json.loads(approving().to_json())
    other = json.loads(approval.sign(key(2), chain_id=CHAIN, genesis=b"h" * 32, request=b"s" * 32, signed_at=NOW + 1,
                                     expires=NOW + 2).to_json())  # fmt: skip
    found["content"][field] = other["content"][field]
    with pytest.raises(InvalidSignature, match="did not sign its approval"):
        approval.read(json.dumps(found))


def test_one_for_another_chain() -> None:
    for signed, read in ((asking(1), join_request.read), (approving(), approval.read)):
        found = json.loads(signed.to_json())
        found["chain_id"] += 1
        with pytest.raises(InvalidSignature):
            read(json.dumps(found))


def test_a_request_is_no_approval() -> None:
    with pytest.raises(InvalidInput, match=r"not in the format jamjar\.join-approval\.1"):
        approval.read(asking(1).to_json())


@pytest.mark.parametrize("text", ["", "[]", "{}", "\0", '{"format": 1}', None, "x" * 70_000])
def test_a_file_that_is_none(text: Any) -> None:
    with pytest.raises(InvalidInput):
        approval.read(text)
