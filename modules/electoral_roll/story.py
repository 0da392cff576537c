"""The story of a closed roll of seven synthetic electors; nobody of these names is meant."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from jamjar.errors import VerificationFailed
from jamjar.ledger.own_contract import OwnContract
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.network import SampleNetwork

from . import closing
from .checking import ENTRY, check_counts, check_entry, differences, doubles, shown_entry, to_commit
from .roll import ElectorCopy, Entry, RollOf, full_copy

OFFICER: Final = 4
"""The sample member that is the registration officer here; in fact a council's officer is."""
AREA: Final = "E07000999"
ELECTORS: Final = (
    *(Entry("harbour", n, name, f"{n} Mill Lane") for n, name in enumerate(("Ada Ash", "Bo Birch", "Cai Elm"), 1)),
    *(Entry("old-town", n, name, f"{n} Church Row") for n, name in enumerate(("Dee Date", "Eli Fir"), 1)),
    Entry("old-town", 3, "Gil Gorse", marker="F"),
    Entry("old-town", 4, marker="N"),
)
"""Five at their addresses, one abroad, one anonymous."""


def deployed(consortium: SampleNetwork) -> OwnContract:
    """Return the contract, in which `OFFICER` is the officer of `AREA`."""
    officers = [(RollOf(AREA, date(2026, 12, 3)).area_digest, OFFICER)]
    members = consortium.deployment.consortium.address
    return OwnContract.deploy(consortium.ledger, consortium.key(1), closing.ARTEFACT, members, officers)


def next_poll(consortium: SampleNetwork) -> RollOf:
    """Return the roll of a poll in ten days, by the chain's clock."""
    return RollOf(AREA, date(1970, 1, 1) + timedelta(days=consortium.ledger.time() // 86_400 + 10))


def commit_entry(consortium: SampleNetwork, elector: Claimant, recipient: int, copy: ElectorCopy) -> str:
    """Have an elector commit to the own entry, under a consent of two looks at all of it; return the consent."""
    notice = "You let {recipient} look at your entry in the electoral roll, which does not show whether you voted."
    ahead = 2 * elector.ahead
    consent = elector.grant(recipient, scope=ENTRY.scope(ENTRY.kinds), uses=2, days=30, ahead=ahead, notice=notice)
    consortium.wait(ahead)
    elector.commit(consent, to_commit(copy))
    return consent


def play(consortium: SampleNetwork, narrator: Narrator) -> None:
    """Play it on a consortium."""
    contract, of = deployed(consortium), next_poll(consortium)
    full, officer, stranger = full_copy(of, ELECTORS, secrets.token_bytes), consortium.key(OFFICER), consortium.key(2)
    area = f"0x{of.area_digest.hex()}"

    def stopped(sentence: str, action: Callable[[], object]) -> None:
        narrator.refused(sentence, action, VerificationFailed)

    narrator.chapter("The registration officer closes the roll")
    why = "NotTheOfficer", area, stranger.address
    narrator.refused("another member closes it", lambda: closing.close(contract, stranger, full), *why)
    closed = closing.close(contract, officer, full)
    narrator.check("the ledger has its root, when it closed, and that it has 7 entries", closed.entries == 7)

    narrator.chapter("After closing nothing is added")
    late = full_copy(of, [*ELECTORS, Entry("harbour", 4, "Late Larch", "9 Quay Street")], secrets.token_bytes)
    again = "RollIsClosed", area, of.poll_at, closed.closed_at
    narrator.refused("the officer closes it with one more", lambda: closing.close(contract, officer, late), *again)
    stopped("the longer one passes as the closed roll", lambda: check_counts(late.counting(), closed))
    added = [each.name for each in differences(full, late)[1]]
    narrator.check("a party that has both copies sees who was added", added == ["Late Larch"])

    narrator.chapter("An elector looks")
    copies = full.counting().copies(full.entries)
    found = tuple(check_entry(each, closed) for each in copies)
    narrator.check("each finds the own entry, unaltered", found == ELECTORS)
    narrator.check("each copy has a proof of the same size", {len(each.proof) for each in copies} == {6})
    narrator.check("the anonymous elector's says a number and N", found[-1] == Entry("old-town", 4, marker="N"))
    moved = replace(copies[0].salted, entry=replace(ELECTORS[0], address="10 Downing Street"))
    stopped("it passes with another address", lambda: check_entry(replace(copies[0], salted=moved), closed))
    another = replace(copies[0], salted=copies[1].salted)
    stopped("it passes with another elector's proof", lambda: check_entry(another, closed))

    narrator.chapter("An elector shows it to an adviser, under a consent")
    elector, desk = consortium.claimant(), consortium.desks[2]
    with elector.wallet.vault:
        consent = commit_entry(consortium, elector, desk.member, copies[0])
        shown = elector.disclose(consent, *(name for name in ENTRY.kinds if name != "marker"))
        stopped("the adviser looks before it is on the record", lambda: desk.verify_set(shown))
        desk.use(consent)
        entry = shown_entry(desk.verify_set(shown), full.counting(), closed)
        narrator.check("after it is, the adviser sees an entry of the closed roll", entry == ELECTORS[0])
        elector.withdraw(consent)
        stopped("the adviser looks after the elector withdrew", lambda: desk.verify_set(shown))

    narrator.chapter("An observer counts, without names")
    counts = check_counts(full.counting(), closed)
    narrator.check("one ward has 3 entries, the other 4", counts == {"harbour": 3, "old-town": 4})
    narrator.check("whoever has the whole roll sees nobody in it twice", doubles(full) == ())
    narrator.left_out("no ballot is cast, and nothing here says who voted: README.md says why")
