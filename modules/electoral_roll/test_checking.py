"""What passes as the closed roll, and as an entry of it, is exactly that.

Given a closed roll
├── when an elector looks          the own entry is there, with a proof as long as every other's
├── when a copy differs            an entry added, removed, altered, swapped for a decoy or called one is found
├── when an entry is shown         altered, with another's salt or proof, of another roll, or as a decoy: it fails
├── when somebody guesses          neither root nor leaf nor marked register confirms who is on it
└── when law gives the whole roll  entries that are there twice are found, and what two copies have apart
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from jamjar.errors import InvalidInput, JamjarError, VerificationFailed

from .checking import check_counts, check_entry, differences, doubles
from .conftest import Closed
from .roll import DECOY, CountingCopy, ElectorCopy, Entry, FullCopy, RollOf, SaltedEntry, full_copy, leaves_for
from .story import ELECTORS


def salted(entry: Entry) -> SaltedEntry:
    return SaltedEntry(entry, secrets.token_bytes(32))


LATE = salted(Entry("harbour", 9, "Late Larch", "9 Quay Street"))
CHANGES: dict[str, Callable[[FullCopy], FullCopy]] = {
    "added": lambda full: replace(full, entries=(*full.entries, LATE)),
    "added in a decoy's place": lambda full: replace(full, entries=(*full.entries, LATE), decoys=full.decoys[1:]),
    "removed": lambda full: replace(full, entries=full.entries[1:]),
    "removed for a decoy": lambda full: replace(full, entries=full.entries[1:], decoys=(*full.decoys, "0" * 64)),
    "replaced": lambda full: replace(full, entries=(*full.entries[1:], LATE)),
    "altered": lambda full: replace(full, entries=(replace(full.entries[0], entry=LATE.entry), *full.entries[1:])),
    "salted anew": lambda full: replace(full, entries=(salted(full.entries[0].entry), *full.entries[1:])),
    "twice": lambda full: replace(full, entries=(*full.entries, full.entries[0]), decoys=full.decoys[1:]),
    "of another area": lambda full: replace(full, of=replace(full.of, area="E07000998")),
    "of another poll": lambda full: replace(full, of=replace(full.of, poll=full.of.poll + timedelta(days=1))),
}


def test_each_elector_finds_the_own_entry(closed: Closed) -> None:
    assert tuple(check_entry(each, closed.roll) for each in closed.copies) == ELECTORS
    assert {len(each.proof) for each in closed.copies} == {6}
    assert [leaves_for(n) for n in (1, 64, 65, 100_000)] == [64, 64, 128, 131_072]


def test_anyone_counts_without_names(closed: Closed) -> None:
    counting = closed.full.counting()
    assert check_counts(counting, closed.roll) == {"harbour": 3, "old-town": 4}
    assert not any(each.name.split()[0] in str(counting.leaves) for each in ELECTORS if each.name)
    assert "Ada" not in f"{closed.full}{closed.copies}"


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_copy_that_differs_is_found(closed: Closed, change: Callable[[FullCopy], FullCopy]) -> None:
    with pytest.raises(JamjarError):
        check_counts(change(closed.full).counting(), closed.roll)


def test_an_entry_called_a_decoy_is_found(closed: Closed) -> None:
    leaves = list(closed.full.counting().leaves)
    at = next(n for n, (ward, _) in enumerate(leaves) if ward != DECOY)
    leaves[at] = (DECOY, leaves[at][1])
    with pytest.raises(VerificationFailed, match="not of the closed roll"):
        check_counts(CountingCopy(closed.full.of, tuple(leaves)), closed.roll)


def test_an_officer_who_closes_another_number_is_found(closed: Closed) -> None:
    for count in (6, 8):
        with pytest.raises(VerificationFailed, match="another number of entries"):
            check_counts(closed.full.counting(), replace(closed.roll, entries=count))


ATTEMPTS: dict[str, Callable[[ElectorCopy, ElectorCopy], ElectorCopy]] = {
    "altered": lambda mine, _: replace(mine, salted=SaltedEntry(replace(ELECTORS[0], address="1 A"), mine.salted.salt)),
    "renamed": lambda mine, _: replace(mine, salted=SaltedEntry(replace(ELECTORS[0], name="Bo"), mine.salted.salt)),
    "another's salt": lambda mine, other: replace(mine, salted=SaltedEntry(ELECTORS[0], other.salted.salt)),
    "another's proof": lambda mine, other: replace(mine, proof=other.proof),
    "a shorter proof": lambda mine, _: replace(mine, proof=mine.proof[:-1]),
    "no proof": lambda mine, _: replace(mine, proof=()),
    "not on the roll": lambda mine, _: replace(mine, salted=LATE),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=list(ATTEMPTS))
def test_nothing_else_passes_as_an_entry(
    closed: Closed, attempt: Callable[[ElectorCopy, ElectorCopy], ElectorCopy]
) -> None:
    with pytest.raises(VerificationFailed):
        check_entry(attempt(*closed.copies[:2]), closed.roll)


def test_an_entry_of_another_roll_fails(closed: Closed) -> None:
    other = replace(closed.roll, of=RollOf("E07000998", closed.full.of.poll))
    with pytest.raises(VerificationFailed):
        check_entry(closed.copies[0], other)


def test_who_is_on_it_is_not_guessed(closed: Closed) -> None:
    """Whoever knows all that is printed, such as from a marked register, finds no leaf without the salt."""
    digests = {digest for _, digest in closed.full.counting().leaves}
    guessed = [bytes(32), closed.full.of.number, closed.roll.root, hashlib.sha256(b"Ada Ash").digest()]
    guessed += [each.salted.salt for each in closed.copies[1:]]  # all other electors together
    assert not digests & {SaltedEntry(ELECTORS[0], salt).digest for salt in guessed}
    again = full_copy(closed.full.of, ELECTORS, secrets.token_bytes)
    assert not digests & {digest for _, digest in again.counting().leaves}


def test_an_anonymous_entry_is_a_number_and_a_letter(closed: Closed) -> None:
    assert ELECTORS[-1] == Entry("old-town", 4, "", "", "N")
    assert check_entry(closed.copies[-1], closed.roll) == ELECTORS[-1]
    for name, address in (("Ada Ash", ""), ("", "1 Mill Lane"), ("Ada Ash", "1 Mill Lane")):
        with pytest.raises(InvalidInput, match="anonymous"):
            Entry("old-town", 4, name, address, "N")


@pytest.mark.parametrize(
    "given",
    [("harbour", 0, "A"), ("harbour", True, "A"), (DECOY, 1, "A"), ("Harbour", 1, "A"), ("harbour", 1, ""),
     ("harbour", 1, "A\nB"), ("harbour", 1, "A", " "), ("harbour", 1, "A", "", "FF"), ("harbour", 1, 7)],
)  # fmt: skip
def test_what_no_roll_has_is_refused(given: tuple[str, int]) -> None:
    with pytest.raises(JamjarError):
        Entry(*given)


def test_an_officer_closes_no_number_twice(closed: Closed) -> None:
    for entries in ([], [ELECTORS[0], replace(ELECTORS[1], number=1)]):
        with pytest.raises(InvalidInput, match="correct it before it closes"):
            full_copy(closed.full.of, entries, secrets.token_bytes)


def test_one_elector_twice_is_a_question(closed: Closed) -> None:
    again = salted(replace(ELECTORS[0], name="ada  ash", number=9, ward="old-town"))
    same_number = salted(replace(ELECTORS[1], name="Someone Else"))
    found = doubles(replace(closed.full, entries=(*closed.full.entries, again, same_number)))
    assert set(found) == {(ELECTORS[0], again.entry), (ELECTORS[1], same_number.entry)}
    assert doubles(closed.full) == ()


def test_two_copies_say_what_they_have_apart(closed: Closed) -> None:
    altered = SaltedEntry(replace(ELECTORS[1], address="3 Mill Lane"), closed.full.entries[1].salt)
    other = replace(closed.full, entries=(closed.full.entries[0], altered, *closed.full.entries[3:], LATE))
    mine, theirs = differences(closed.full, other)
    assert (set(mine), set(theirs)) == ({ELECTORS[1], ELECTORS[2]}, {altered.entry, LATE.entry})
