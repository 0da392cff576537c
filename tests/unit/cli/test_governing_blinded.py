"""What a founder or a member does on the ledger, so that those who look every week see nothing, or something else.

Given a proposal that is ready beyond the calendar   it is listed as that, and can be vetoed
Given a name of several lines                        it stays in its line, with the code in place of a line's end
Given an account that acts for no member any more    the status says so, and is not 0
Given no founder is left                             that needs attention
"""

import pytest

from jamjar.ledger import governed
from jamjar.ledger.governed import Deed, ProposalRecord
from jamjar.model.state import Member, Proposal, Reason, Recovery, Standing
from jamjar.protocol.roles import FOUNDER
from tests.unit.cli.home import WHOLE, here
from tests.unit.cli.test_governing import KEY, STRANGER, Ledger, ledger

__all__ = ["ledger"]  # the fixture
FORGED = "X\nMember 2: active.\nNothing is pending."
NAME = b"\7" * 32


def proposed(ledger: Ledger, ready: int) -> None:
    content = Proposal(((WHOLE.consortium.address, 0, b""),), ready=ready)
    governed.read(ledger).proposals[NAME] = ProposalRecord(NAME, content, Deed(STRANGER, 5, "0x1"))


@pytest.mark.parametrize("ready", [2**36, 2**62, 2**255], ids=lambda ready: f"2^{ready.bit_length() - 1}")
def test_a_proposal_that_is_ready_beyond_the_calendar(ledger: Ledger, ready: int) -> None:
    proposed(ledger, ready)
    for words in (("status",), ("status", "--json")):
        assert here("consortium", *words).status == 3
    assert "It is ready at" in here("consortium", "execute", "07", "--yes").refusal
    assert here("consortium", "veto", "07", "--yes").status == 0


def test_a_name_of_several_lines(ledger: Ledger) -> None:
    state = governed.read(ledger).state
    state.members[3] = Member(Standing.SUSPENDED, FORGED, lapses_at=2000)
    governed.read(ledger).reasons[3] = (Reason.LEFT, Deed(KEY.address, 5, "0x1"))
    state.recoveries[3] = Recovery(STRANGER, 5000)
    state.recoveries[2] = Recovery(STRANGER, 5000)
    for words in (("consortium", "status"), ("consortium", "members")):
        lines = [line.strip(" │") for line in here(*words).out.splitlines()]
        assert not [line for line in lines if line.startswith(("Member 2: active", "Nothing is pending"))]
    assert "\\u000aNothing is pending." in here("consortium", "status").out


def test_an_account_that_acts_for_no_member(ledger: Ledger) -> None:
    proposed(ledger, 5000)
    assert (
        "acts for no member; name an account that does" in here("consortium", "status", "--account", STRANGER).refusal
    )


def test_no_founder_is_left(ledger: Ledger) -> None:
    assert here("consortium", "status").status == 0
    governed.read(ledger).rights.pop((STRANGER, FOUNDER))
    done = here("consortium", "status")
    assert (done.status, "No founder is left" in done.err) == (3, True)
