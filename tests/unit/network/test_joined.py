"""network.agreement: who joins a network that runs, and what does not admit anybody.

When a sixth joins, whom more than half approve  it is in every list, and the first block stays
Given fewer approve, one twice, a stranger, for another request or network, or too long ago    refused
When a member asks again with other accounts     its newer request takes the older one's place, and never the other way
"""

from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import approval, members_file
from jamjar.network.agreement import NetworkAgreement
from jamjar.network.approval import SignedApproval
from jamjar.network.bundle import agreement_digest, genesis_digest, network_files
from jamjar.network.join_request import SignedJoinRequest
from tests.unit.network.joining import DAY, NOW, account, asking, key, written


@pytest.fixture
def five(tmp_path: Path) -> NetworkAgreement:
    return members_file.read(written(tmp_path / "five"), "besu")


def approvals(five: NetworkAgreement, wanted: SignedJoinRequest, *numbers: int, **changes: Any) -> list[SignedApproval]:
    fields = {"chain_id": five.chain_id, "genesis": genesis_digest(five), "request": wanted.request.digest(),
              "signed_at": NOW, "expires": NOW + DAY, **changes}  # fmt: skip
    return [approval.sign(key(number), **fields) for number in numbers]


def test_a_sixth_joins(five: NetworkAgreement) -> None:
    wanted = asking(6)
    six = five.joined(wanted, approvals(five, wanted, 1, 2, 3), genesis_digest(five), NOW)
    before, after = network_files(five), network_files(six)
    assert after["genesis.json"] == before["genesis.json"]
    assert agreement_digest(six) != agreement_digest(five)
    lists = {data for name, data in after.items() if name.endswith("permissions_config.toml")}
    assert len(lists) == 1
    assert all(text.encode() in min(lists) for text in (wanted.request.enode, account(6)))
    assert len(six.members) == 6
    assert asking(6).request.address not in six.validators


@pytest.mark.parametrize(
    ("numbers", "changes", "says"),
    [
        ((1, 2), {}, "2 members approve, and 3 are needed"),
        ((), {}, "0 members approve"),
        ((1, 2, 2), {}, "Town Debt Advice approves twice"),
        ((1, 2, 6), {}, "is no member's node"),
        ((1, 2, 9), {}, "is no member's node"),
        ((1, 2, 3), {"genesis": b"x" * 32}, "another first block"),
        ((1, 2, 3), {"chain_id": 5}, "another first block"),
        ((1, 2, 3), {"request": asking(5).request.digest()}, "not for this request of A Sixth"),
        ((1, 2, 3), {"signed_at": NOW - 3 * DAY, "expires": NOW - 2 * DAY}, "1 days, which are over"),
        ((1, 2, 3), {"signed_at": NOW + DAY, "expires": NOW + 2 * DAY}, "signed later than now"),
    ],
)
def test_what_admits_nobody(
    five: NetworkAgreement, numbers: tuple[int, ...], changes: dict[str, Any], says: str
) -> None:
    wanted = asking(6)
    with pytest.raises(InvalidInput, match=says):
        five.joined(wanted, approvals(five, wanted, *numbers, **changes), genesis_digest(five), NOW)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "Banc y Dref"}, "have the same name"),
        ({"host": "192.0.2.1"}, "have the same host and port"),
        ({"accounts": (account(3),)}, "have the same account"),
        ({"network": "Old Town"}, "is for Old Town"),
        ({"signed_at": NOW - 40 * DAY, "expires": NOW - 10 * DAY}, "which are over"),
    ],
)
def test_a_sixth_that_cannot_be_approved(five: NetworkAgreement, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        five.check_candidate(asking(6, **changes), NOW)


def test_a_member_asks_again(five: NetworkAgreement) -> None:
    newer = asking(2, accounts=(account(2), account(22)), signed_at=NOW + 60)
    new = five.joined(newer, approvals(five, newer, 1, 3, 4), genesis_digest(five), NOW + 60)
    assert newer in new.members
    assert len(new.members) == 5
    for again in (asking(2), newer):
        with pytest.raises(InvalidInput, match="not newer than the one that is held"):
            new.check_candidate(again, NOW + 60)
    with pytest.raises(InvalidInput, match="have the same node"):
        new.check_candidate(
            asking(2, name="Another Name", host="192.0.2.77", accounts=(), signed_at=NOW + 90), NOW + 90
        )
