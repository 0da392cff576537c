"""network.members_file, network.agreement: what members agree on, and each file that would break it.

When it is read twice, in whatever order         the same files, to the byte; no private key in any
Given a request that is not what the file says   refused: another's name, another key, stale, of the future, foreign
Given two members have something in common       refused, and both are named
Given too few validators, or no account          refused
When a sixth joins, whom more than half approve  it is in every list, and the first block stays
Given fewer approve, one twice, a stranger, for another request or network, or too long ago    refused
When a member asks again with other accounts     its newer request takes the older one's place, and never the other way
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import agreement as agreements
from jamjar.network import approval, members_file
from jamjar.network.agreement import NetworkAgreement
from jamjar.network.approval import SignedApproval
from jamjar.network.bundle import agreement_digest, genesis_digest, network_files
from jamjar.network.join_request import SignedJoinRequest
from tests.unit.network.joining import DAY, NOW, account, asking, key, written


@pytest.fixture
def five(tmp_path: Path) -> NetworkAgreement:
    return members_file.read(written(tmp_path / "five"), "besu")


def test_the_same_from_the_same(tmp_path: Path, five: NetworkAgreement) -> None:
    turned = members_file.read(written(tmp_path / "turned", *map(asking, (4, 1, 5, 3, 2))), "besu")
    assert network_files(turned) == network_files(five)
    assert agreements.from_json(five.to_json(), "members.json") == five
    everything = b"".join(network_files(five).values()).lower()
    assert all(key(number).hex().encode() not in everything for number in range(1, 6))


@pytest.mark.parametrize(
    ("requests", "changes", "says"),
    [
        ((5, {"name": "Town Debt Advice"}), {}, "have the same name; ask one of them"),
        ((5, {"name": "TOWN Debt Advice"}), {}, "have the same name"),
        ((5, {"host": "192.0.2.2"}), {}, "have the same host and port"),
        ((5, {"accounts": (account(2),)}), {}, "have the same account"),
        ((5, {"network": "Old Town"}), {}, "is for Old Town on chain 20261122, and not for Town Jamjar"),
        ((5, {"chain_id": 5}), {}, "is for Town Jamjar on chain 5, and not"),
        ((5, {"signed_at": NOW - 40 * DAY, "expires": NOW - 10 * DAY}), {}, "30 days, which are over; ask"),
        ((5, {"signed_at": NOW + 2 * DAY}), {}, "signed later than now; compare the clocks"),
        ((5, {}), {"version": "latest"}, "not three numbers such as"),
        ((5, {}), {"version": '1.2.3"\nx: y'}, "not three numbers such as"),
        ((5, {}), {"period": 0}, "period of the blocks is not"),
        ((5, {}), {"period": True}, "period of the blocks is not"),
        ((5, {}), {"chain_id": 2**53}, "chain id is not"),
        ((5, {}), {"starts": '"soon"'}, "no time such as"),
        ((5, {}), {"starts": "2027-01-16T08:00:00"}, "no time such as"),
        ((5, {}), {"starts": "2027-01-16"}, "no time such as"),
        ((5, {}), {"more": 1}, "unknown field 'more'"),
    ],
)
def test_what_is_refused(
    tmp_path: Path, requests: tuple[int, dict[str, Any]], changes: dict[str, Any], says: str
) -> None:
    number, fields = requests
    file = written(tmp_path, *map(asking, range(1, 5)), asking(number, **fields), **changes)
    with pytest.raises(InvalidInput, match=says):
        members_file.read(file, "besu")


def test_a_request_twice(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="have the same name"):
        members_file.read(written(tmp_path, *map(asking, (1, 2, 3, 4, 4))), "besu")


def test_three_are_too_few(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="has not 4 to 100 validators"):
        members_file.read(written(tmp_path, *map(asking, (1, 2, 3))), "besu")


def test_nobody_can_send(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nobody could send"):
        members_file.read(written(tmp_path, *(asking(number, accounts=()) for number in range(1, 6))), "besu")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Banc y Dref", "Bank of the Town", "is 'Bank of the Town', and its request 'Banc y Dref'"),
        (asking(4).request.address, asking(6).request.address, "in another way than the file came"),
        ("4.json", "3.json", "and its request 'Council of Tyne'"),
        ("4.json", "9.json", "cannot be read"),
        ("4.json", "members.toml", "not readable as JSON"),
        (asking(4).request.address, "0x12", "validator of member entry 4 is no address"),
        ("[[member]]", "[member]", "not TOML"),
        ("validator", "validater", "unknown field 'validater'"),
    ],
)
def test_a_file_that_does_not_fit(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = written(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidInput, match=says):
        members_file.read(file, "besu")


def test_the_template_has_every_field(tmp_path: Path) -> None:
    (tmp_path / "members.toml").write_text(members_file.template())
    with pytest.raises(InvalidInput, match="northern\\.json> cannot be read"):
        members_file.read(tmp_path / "members.toml", "besu")


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


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "jamjar.members.2"}', "\0"])
def test_an_agreement_that_is_none(text: str) -> None:
    with pytest.raises(InvalidInput):
        agreements.from_json(text, "members.json")


def test_an_agreement_that_was_changed(five: NetworkAgreement) -> None:
    with pytest.raises(InvalidInput, match="not signed by its node's key, or was changed since"):
        agreements.from_json(five.to_json().replace("192.0.2.3", "192.0.2.66"), "members.json")
    with pytest.raises(InvalidInput, match="Bundles are made for"):
        replace(five, engine="kaia")
