"""network.members_file, network.agreement: what members agree on, and each file that would break it.

When it is read twice, in whatever order         the same files, to the byte; no private key in any
Given a request that is not what the file says   refused: another's name, another key, stale, of the future, foreign
Given two members have something in common       refused, and both are named
Given too few validators, or no account          refused
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import agreement as agreements
from jamjar.network import members_file
from jamjar.network.agreement import NetworkAgreement
from jamjar.network.bundle import network_files
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


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "jamjar.members.2"}', "\0"])
def test_an_agreement_that_is_none(text: str) -> None:
    with pytest.raises(InvalidInput):
        agreements.from_json(text, "members.json")


def test_an_agreement_that_was_changed(five: NetworkAgreement) -> None:
    with pytest.raises(InvalidInput, match="not signed by its node's key, or was changed since"):
        agreements.from_json(five.to_json().replace("192.0.2.3", "192.0.2.66"), "members.json")
    with pytest.raises(InvalidInput, match="Bundles are made for"):
        replace(five, engine="kaia")
