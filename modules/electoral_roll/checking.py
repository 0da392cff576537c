"""What an elector, whoever is shown an entry, and an observer check against the closed roll."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from jamjar.consent.named import NamedValue, ValueKind
from jamjar.crypto import merkle
from jamjar.disclosure.named_set import NamedSet, SetValues
from jamjar.errors import JamjarError, VerificationFailed

from .closing import ClosedRoll
from .roll import DECOY, SET, CountingCopy, ElectorCopy, Entry, FullCopy, SaltedEntry, leaves_for

ENTRY: Final = NamedSet(
    SET, {**dict.fromkeys(("ward", "name", "address", "marker", "salt"), ValueKind.TEXT), "number": ValueKind.NUMBER}
)
"""What an elector commits to under a consent, to show the own entry to its recipient; what is empty is left out."""


def check_entry(copy: ElectorCopy, closed: ClosedRoll) -> Entry:
    """Return the entry if it is in the closed roll exactly so; raises VerificationFailed otherwise."""
    fits = 1 << len(copy.proof) == leaves_for(closed.entries)
    if not fits or not merkle.verify(closed.root, copy.salted.leaf(closed.of), copy.proof):
        raise VerificationFailed("This entry is not in the closed roll as it is here; ask the registration officer.")
    return copy.salted.entry


def check_counts(copy: CountingCopy, closed: ClosedRoll) -> Mapping[str, int]:
    """Return each ward's number of entries, if the copy is of the closed roll; raises VerificationFailed otherwise."""
    if len(copy.leaves) != leaves_for(closed.entries) or copy.tree.root != closed.root:
        raise VerificationFailed("This copy is not of the closed roll: something differs; ask who made it.")
    counts = Counter(ward for ward, _ in copy.leaves if ward != DECOY)
    if sum(counts.values()) != closed.entries:
        raise VerificationFailed("The roll has another number of entries than was closed; tell the members.")
    return counts


def doubles(copy: FullCopy) -> tuple[tuple[Entry, ...], ...]:
    """Return entries that share a ward's number, or a name and an address: each a question to the officer, no proof.

    Names are compared without capitals and spaces. Two people of one name may live at one address.
    """
    found: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for each in (salted.entry for salted in copy.entries):
        found[each.ward, each.number].append(each)
        if each.name:
            found["".join((each.name + each.address).casefold().split()),].append(each)
    return tuple(tuple(each) for each in found.values() if len(each) > 1)


def differences(mine: FullCopy, other: FullCopy) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the entries that only one of two copies has, or has more often, mine first; an altered one is in both."""
    one, two = (Counter(each.entry for each in copy.entries) for copy in (mine, other))
    return tuple((one - two).elements()), tuple((two - one).elements())


def to_commit(copy: ElectorCopy) -> SetValues:
    """Return the values that an elector commits to under a consent, to show the own entry."""
    said = {**asdict(copy.salted.entry), "salt": copy.salted.salt.hex()}
    return ENTRY.fill({name: value for name, value in said.items() if value != ""})


def shown_entry(values: Mapping[str, NamedValue], roll: CountingCopy, closed: ClosedRoll) -> Entry:
    """Return the entry that was shown under a consent, if it is in the closed roll exactly so.

    values  what `Desk.verify_set` or `AdviserMail.look` returned
    roll    the counting copy, which anyone may have; it replaces the elector's proof

    Raises VerificationFailed if it is not, or if not all of the entry was shown.
    """
    said = dict(values)
    try:
        salt = bytes.fromhex(str(said.pop("salt")))
        [copy] = roll.copies([SaltedEntry(Entry(**said), salt)])  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, JamjarError) as error:
        raise VerificationFailed("What was shown is no whole entry of this roll; do not rely on it.") from error
    return check_entry(copy, closed)
