"""An elector shows the own entry to an adviser under a consent, and nobody else's passes.

Given a closed roll, and a consent under which an elector committed to the own entry
├── when the adviser looks unrecorded, or after a withdrawal   it is refused
├── when it looks on the record                                the entry is in the closed roll
├── when a part is left out, or the entry is another's         it is no entry of the roll
└── when an elector altered the entry before committing        likewise
"""

from dataclasses import replace

import pytest

from jamjar.adviser.desk import Desk
from jamjar.errors import Rejected, VerificationFailed
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.network import SampleNetwork

from .checking import ENTRY, shown_entry
from .conftest import Closed
from .roll import SaltedEntry
from .story import ELECTORS, commit_entry

FULL = [name for name in ENTRY.kinds if name != "marker"]


def test_it_is_shown_on_the_record_while_the_consent_lives(
    consortium: SampleNetwork, claimant: Claimant, adviser: Desk, closed: Closed
) -> None:
    consent = commit_entry(consortium, claimant, adviser.member, closed.copies[0])
    shown = claimant.disclose(consent, *FULL)
    with pytest.raises(VerificationFailed, match="No use"):
        adviser.verify_set(shown)
    adviser.use(consent)
    values = adviser.verify_set(shown)
    counting = closed.full.counting()
    assert shown_entry(values, counting, closed.roll) == ELECTORS[0]

    other = closed.copies[1].salted
    for changes in ({"name": "Bo Birch"}, {"salt": other.salt.hex()}, {"salt": "none"}, {"number": 2}, {"ward": ":"}):
        with pytest.raises(VerificationFailed, match="no whole entry"):
            shown_entry({**values, **changes}, counting, closed.roll)
    for left_out in FULL:
        with pytest.raises(VerificationFailed):
            shown_entry({name: each for name, each in values.items() if name != left_out}, counting, closed.roll)
    with pytest.raises(VerificationFailed):
        shown_entry(values, counting, replace(closed.roll, root=b"\1" * 32))

    claimant.withdraw(consent)
    with pytest.raises(VerificationFailed, match="withdrawn"):
        adviser.verify_set(shown)
    with pytest.raises(Rejected, match="ConsentNotLive"):
        adviser.use(consent)


def test_an_altered_entry_is_committed_and_fails(
    consortium: SampleNetwork, claimant: Claimant, adviser: Desk, closed: Closed
) -> None:
    mine = closed.copies[0]
    lie = replace(mine, salted=SaltedEntry(replace(ELECTORS[0], address="10 Downing Street"), mine.salted.salt))
    consent = commit_entry(consortium, claimant, adviser.member, lie)
    adviser.use(consent)
    values = adviser.verify_set(claimant.disclose(consent, *FULL))
    assert values["address"] == "10 Downing Street"  # a commitment says nothing about truth
    with pytest.raises(VerificationFailed, match="no whole entry"):
        shown_entry(values, closed.full.counting(), closed.roll)
