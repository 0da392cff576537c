"""The closed roll of an area: entries behind salts, decoys, one Merkle root, and each elector's own copy.

A leaf is the core's leaf of a named text (format 3). Its name is the set's identifier, a colon and the ward; its text
is the entry's digest, SHA-256 over a salt and the entry; and in place of the leaf's own salt stands the roll's number,
which is public. So anyone can count a ward by leaves, and who stands behind one opens with the entry's salt alone.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timezone
from typing import Final

from jamjar.consent.named import check_name, check_text, entry_name
from jamjar.crypto import merkle
from jamjar.disclosure.text_leaf import text_leaf
from jamjar.errors import InvalidInput

SET: Final = "gb.electoral-roll"
"""The identifier in the names of leaves, and of the set that an elector commits to under a consent."""
DECOY: Final = "decoy"
"""What stands in place of a ward where a leaf is no entry."""
_FORMAT: Final = b"electoral_roll.1\0"


@dataclass(frozen=True, slots=True)
class RollOf:
    """Which roll: the code of its area as the ONS gives it, such as "E07000999", and the day of the poll."""

    area: str
    poll: date

    def __post_init__(self) -> None:
        if type(self.area) is not str or not re.fullmatch("[A-Z][0-9]{8}", self.area) or type(self.poll) is not date:
            raise InvalidInput("The roll has no area's code of a letter and 8 digits, or no day; give both.")

    @property
    def area_digest(self) -> bytes:
        """What stands for the area on the ledger: 32 bytes, and no secret."""
        return hashlib.sha256(_FORMAT + self.area.encode()).digest()

    @property
    def poll_at(self) -> int:
        """The first second of the day of the poll, in UTC."""
        return int(datetime(self.poll.year, self.poll.month, self.poll.day, tzinfo=timezone.utc).timestamp())

    @property
    def number(self) -> bytes:
        """What stands for the roll in its leaves: 32 bytes, and no secret."""
        return hashlib.sha256(self.area_digest + self.poll.isoformat().encode()).digest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ward and elector number, name and address as printed, and the marker of a franchise, such as "F".

    An anonymous entry has a number and the marker "N" alone. Raises InvalidInput, which repeats no value.
    """

    ward: str
    number: int
    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    marker: str = ""

    def __post_init__(self) -> None:
        check_name(self.ward)
        if self.ward == DECOY or type(self.number) is not int or not 1 <= self.number <= 999_999:
            raise InvalidInput("An entry has no ward, or no elector number of 1 to 999999; give both as printed.")
        for what, text in (("name", self.name), ("address", self.address), ("marker", self.marker)):
            if text != "":
                check_text(what, text)
        is_right = self.name == self.address == "" if self.marker == "N" else self.name != "" and len(self.marker) < 2
        if not is_right:
            raise InvalidInput("An entry has no name, or is anonymous and has one; give one, or the marker N alone.")


@dataclass(frozen=True, slots=True)
class SaltedEntry:
    """An entry with its salt of 32 bytes; whoever has both can open its place in the roll."""

    entry: Entry
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if type(self.salt) is not bytes or len(self.salt) != 32:
            raise InvalidInput("The salt of an entry is not 32 bytes; take it from the officer's copy.")

    @property
    def digest(self) -> str:
        """SHA-256 over the format, the salt and the entry, as 64 hex digits."""
        printed = json.dumps(astuple(self.entry), ensure_ascii=False)
        return hashlib.sha256(_FORMAT + self.salt + printed.encode()).hexdigest()

    def leaf(self, of: RollOf) -> bytes:
        """Return the leaf's 32-byte hash in a roll."""
        return _leaf(of, self.entry.ward, self.digest)


@dataclass(frozen=True, slots=True)
class ElectorCopy:
    """What one elector gets: the own entry with its salt, and a proof of as many hashes as every other's."""

    salted: SaltedEntry
    proof: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CountingCopy:
    """What anyone may have: of each leaf its ward, or DECOY, and its digest in hex, in their order; or InvalidInput."""

    of: RollOf
    leaves: tuple[tuple[str, str], ...] = field(repr=False)

    def __post_init__(self) -> None:
        digests = [digest for _, digest in self.leaves]
        if digests != sorted(set(digests)) or not all(map(re.compile("[0-9a-f]{64}").fullmatch, digests)):
            raise InvalidInput("The digests of the roll are not in order, each once; ask for another copy.")

    @property
    def tree(self) -> merkle.MerkleTree:
        """The tree over all leaves; made anew each time."""
        return merkle.build([_leaf(self.of, ward, digest) for ward, digest in self.leaves])

    def copies(self, entries: Iterable[SaltedEntry]) -> tuple[ElectorCopy, ...]:
        """Return the copies of electors; raises InvalidInput for an entry that is not in it as it is."""
        tree = self.tree
        places = {leaf: place for place, leaf in enumerate(tree.nodes) if place >= tree.first_leaf}
        found = [(each, places.get(each.leaf(self.of), -1)) for each in entries]
        return tuple(ElectorCopy(each, tree.proof(place)) for each, place in found)


@dataclass(frozen=True, slots=True)
class FullCopy:
    """What the officer has, and whoever law gives the roll: all entries with their salts, and the decoys' digests."""

    of: RollOf
    entries: tuple[SaltedEntry, ...] = field(repr=False)
    decoys: tuple[str, ...] = field(repr=False)

    def counting(self) -> CountingCopy:
        """Return the copy without names; of leaves that are the same it has one."""
        wards = {each.digest: each.entry.ward for each in self.entries} | dict.fromkeys(self.decoys, DECOY)
        return CountingCopy(self.of, tuple((wards[digest], digest) for digest in sorted(wards)))


def full_copy(of: RollOf, entries: Iterable[Entry], random_bytes: Callable[[int], bytes]) -> FullCopy:
    """Return a roll that is ready to be closed, with new salts from `random_bytes`, such as `secrets.token_bytes`.

    Raises InvalidInput for a roll without entries, and for an elector number that a ward has twice.
    """
    found = tuple(entries)
    if not found or len({(each.ward, each.number) for each in found}) != len(found):
        raise InvalidInput("The roll has no entry, or an elector number twice in a ward; correct it before it closes.")
    salted = tuple(SaltedEntry(each, random_bytes(32)) for each in found)
    decoys = range(leaves_for(len(found)) - len(found))
    return FullCopy(of, salted, tuple(random_bytes(32).hex() for _ in decoys))


def leaves_for(entries: int) -> int:
    """Return how many leaves a roll of so many entries has: the next power of two, and at least 64."""
    return max(64, 1 << (entries - 1).bit_length())


def _leaf(of: RollOf, ward: str, digest: str) -> bytes:
    return text_leaf(entry_name(SET, ward), digest, of.number)
