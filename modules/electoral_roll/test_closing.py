"""A roll is closed once, by the area's officer, before the poll.

Given an officer of one area
├── when anyone else closes its roll            NotTheOfficer: another member, a stranger, the officer suspended
├── when an area has no officer                 NotTheOfficer
├── when the roll has no root or no entry       RollEmpty
├── when the day of the poll has begun          PollHasBegun
└── when the officer closes it                  root, time and count are on the ledger, and no word of anybody
    ├── when it is closed again                 RollIsClosed, and nothing changes: not the same, not another, not later
    └── when the roll of another poll is closed both stand
"""

import dataclasses
import secrets
from datetime import date, timedelta

import pytest

from jamjar.errors import Rejected, VerificationFailed
from jamjar.ledger.own_contract import OwnContract
from jamjar.sandbox.network import STRANGER, SampleNetwork

from .closing import ARTEFACT, close, closed_roll
from .conftest import Closed
from .roll import FullCopy, RollOf, full_copy
from .story import AREA, ELECTORS, OFFICER, deployed, next_poll


def made(of: RollOf) -> FullCopy:
    return full_copy(of, ELECTORS, secrets.token_bytes)


@pytest.mark.parametrize("account", [2, 5, STRANGER])
def test_nobody_else_closes(consortium: SampleNetwork, account: int) -> None:
    contract, roll = deployed(consortium), made(next_poll(consortium))
    with pytest.raises(Rejected) as refused:
        close(contract, consortium.key(account), roll)
    assert refused.value.name == "NotTheOfficer"
    with pytest.raises(VerificationFailed, match="not closed"):
        closed_roll(contract, roll.of)


def test_a_suspended_officer_closes_nothing(consortium: SampleNetwork) -> None:
    contract, roll = deployed(consortium), made(next_poll(consortium))
    consortium.ledger.send(consortium.key(5), "Consortium", "suspend", OFFICER, 1)
    with pytest.raises(Rejected) as refused:
        close(contract, consortium.key(OFFICER), roll)
    assert refused.value.name == "NotTheOfficer"


def test_the_officer_of_one_area_closes_no_other(consortium: SampleNetwork) -> None:
    roll = made(RollOf("E07000998", next_poll(consortium).poll))
    with pytest.raises(Rejected) as refused:
        close(deployed(consortium), consortium.key(OFFICER), roll)
    assert refused.value.name == "NotTheOfficer"


@pytest.mark.parametrize(("root", "count"), [(bytes(32), 7), (b"\1" * 32, 0)])
def test_an_empty_roll_is_refused(consortium: SampleNetwork, root: bytes, count: int) -> None:
    of = next_poll(consortium)
    with pytest.raises(Rejected) as refused:
        deployed(consortium).send(consortium.key(OFFICER), "close", of.area_digest, of.poll_at, root, count)
    assert refused.value.name == "RollEmpty"


def test_none_is_closed_once_the_poll_has_begun(consortium: SampleNetwork) -> None:
    today = date(1970, 1, 1) + timedelta(days=consortium.ledger.time() // 86_400)
    with pytest.raises(Rejected) as refused:
        close(deployed(consortium), consortium.key(OFFICER), made(RollOf(AREA, today)))
    assert refused.value.name == "PollHasBegun"


def test_the_ledger_has_a_root_a_time_and_a_count(consortium: SampleNetwork, closed: Closed) -> None:
    of, account = closed.full.of, consortium.key(OFFICER).address
    named, event = closed.contract.events()
    assert (named.name, named.arguments["member"]) == ("OfficerNamed", OFFICER)
    assert event.arguments == {
        "area": of.area_digest, "pollAt": of.poll_at, "root": closed.roll.root, "entryCount": 7,
        "member": OFFICER, "by": account,
    }  # fmt: skip
    assert closed.roll.closed_at == consortium.ledger.time(event.block)
    assert closed.contract.read("officerOf", of.area_digest) == OFFICER
    _, _, data = consortium.ledger.sent(event.transaction)
    words = (word for each in ELECTORS for word in (each.ward, each.name, each.address) if word)
    assert not any(word.encode() in data for word in words)


def test_a_closed_roll_is_not_closed_again(consortium: SampleNetwork, closed: Closed) -> None:
    for roll in (closed.full, made(closed.full.of)):
        with pytest.raises(Rejected) as refused:
            close(closed.contract, consortium.key(OFFICER), roll)
        assert refused.value.name == "RollIsClosed"
        assert refused.value.arguments[2] == closed.roll.closed_at
    consortium.wait(11 * 86_400)
    with pytest.raises(Rejected, match="RollIsClosed"):
        close(closed.contract, consortium.key(OFFICER), made(closed.full.of))
    assert closed_roll(closed.contract, closed.full.of) == closed.roll


def test_nothing_but_close_changes_anything() -> None:
    changing = [
        each["name"] for each in ARTEFACT["abi"] if each.get("stateMutability") == "nonpayable" and "name" in each
    ]
    assert changing == ["close"]


def test_polls_of_one_area_have_rolls_of_their_own(consortium: SampleNetwork, closed: Closed) -> None:
    later = made(dataclasses.replace(closed.full.of, poll=closed.full.of.poll + timedelta(days=1)))
    assert close(closed.contract, consortium.key(OFFICER), later).root != closed.roll.root
    assert closed_roll(closed.contract, closed.full.of) == closed.roll


def test_it_is_deployed_with_each_area_once(consortium: SampleNetwork) -> None:
    area, members = b"\1" * 32, consortium.deployment.consortium.address
    bad = [[(bytes(32), 1)], [(area, 0)], [(area, 1), (area, 2)]]
    for arguments in [(members, each) for each in bad] + [(consortium.stranger, [(area, 1)])]:
        with pytest.raises(Rejected):
            OwnContract.deploy(consortium.ledger, consortium.key(1), ARTEFACT, *arguments)
