"""Commitments to a budget: a Merkle root over 64 salted leaves, each of which can be opened alone.

Rules:

1. A leaf of format 1 is keccak256(keccak256(abi.encode(uint16 1, bytes32 name, int64 value, bytes32 salt))), with
   name = keccak256 of the entry's name in UTF-8. A leaf of format 2 has a Pedersen commitment in place of value and
   salt, salt*G + value*H as its parity of y and its x (`jamjar.crypto.pedersen`), so that statements can be proven
   about the very figure that an opening shows: abi.encode(uint16 2, bytes32 name, uint8 parity, bytes32 x).
   OpenZeppelin's StandardMerkleTree hashes both for `LEAF_TYPES`. Values are pence, or a date as the number YYYYMMDD.
   All leaves of a commitment have one format, but the texts of a set (`jamjar.disclosure.text_leaf`) have format 3.
2. Every commitment has exactly 64 leaves, so every proof has exactly 6 hashes and no root reveals how many
   entries a budget has. Decoys fill the rest: a random 32-byte word in place of the name's hash, the value 0
   and a random salt. No name is known to hash to that word, so a decoy cannot be opened; and since every leaf
   is seen as a salted hash only, a decoy cannot be distinguished from an entry.
3. Entries are committed in the order of their names: the same entries and random bytes give the same root.

Warning: a root does not prove that a name occurs once. A wallet that cheats can commit two values for one
name and show either. Two such openings under one root, side by side, prove the cheat.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from jamjar.crypto import merkle, pedersen
from jamjar.crypto.hashing import keccak256, require_word
from jamjar.crypto.pedersen import Point
from jamjar.disclosure.text_leaf import TextEntry, TextOpening, require_salt_and_proof, text_leaf
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.budget import Entry

LEAVES = 64
"""Of every commitment."""
PROOF_HASHES = 6
"""Of every opening."""
FORMAT = 1
"""Of leaves that hold the figure itself."""
PEDERSEN_FORMAT = 2
"""Of leaves that hold a Pedersen commitment to it."""
MAX_NAME = 128
"""Characters of an entry's name."""
LEAF_TYPES = {
    FORMAT: ("uint16", "bytes32", "int64", "bytes32"),
    PEDERSEN_FORMAT: ("uint16", "bytes32", "uint8", "bytes32"),
}
"""Solidity types of a leaf's values, by its format."""
RANDOM_BYTES = 2 * LEAVES * 32
"""The bytes that a commitment takes from its random source, regardless of the number of entries."""

_FORMAT_WORDS = {leaf_format: leaf_format.to_bytes(32, "big") for leaf_format in LEAF_TYPES}
_VALUE_BOUND = 2**63


@dataclass(frozen=True, slots=True)
class Opening:
    """One figure of a commitment, in pence or as a date YYYYMMDD, with a salt of 32 bytes and 6 hashes, lowest first.

    In format 2 the salt is a scalar of secp256k1, from 1 to the order of the group less 1.
    """

    name: str
    value: int = field(repr=False)
    salt: bytes = field(repr=False)
    proof: tuple[bytes, ...] = field(repr=False)
    leaf_format: int = field(default=FORMAT, repr=False)

    def __post_init__(self) -> None:
        _require_format(self.leaf_format)
        _require_entry(self.name, self.value)
        require_salt_and_proof(self.salt, self.proof)
        if self.leaf_format == PEDERSEN_FORMAT:
            pedersen.scalar_of(self.salt)

    @property
    def leaf(self) -> bytes:
        """The 32-byte leaf hash of the name, value and salt."""
        return _leaf(self.leaf_format, _name_word(self.name), self.value, self.salt)


@dataclass(frozen=True, slots=True)
class Commitment:
    """The root of a committed budget or set, and the secrets that open it; made by `commit`."""

    tree: merkle.MerkleTree = field(repr=False)
    secrets: Mapping[str, tuple[int, bytes]] = field(repr=False, compare=False)
    """Value and salt by name: as secret as the budget itself."""
    leaf_format: int = field(default=FORMAT, repr=False)
    texts: Mapping[str, tuple[str, bytes]] = field(default_factory=dict, repr=False, compare=False)
    """Text and salt by name, of a set; as secret."""

    def __repr__(self) -> str:
        return f"Commitment(root=0x{self.root.hex()})"

    @property
    def root(self) -> bytes:
        """The 32-byte root, the only part that is recorded on the ledger."""
        return self.tree.root

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the committed entries, sorted; decoys have none."""
        return tuple(sorted({*self.secrets, *self.texts}))

    def opening(self, name: str) -> Opening:
        """Return the opening of the entry `name`; raises InvalidInput when the budget has none of that name."""
        if name not in self.secrets:
            raise InvalidInput(f"The committed values have no entry {name!r}; choose one of their names.")
        value, salt = self.secrets[name]
        leaf = _leaf(self.leaf_format, _name_word(name), value, salt)
        return Opening(name, value, salt, self.tree.proof(self.tree.index(leaf)), self.leaf_format)

    def text_opening(self, name: str) -> TextOpening:
        """Return the opening of the text `name`; raises InvalidInput when the set has none of that name."""
        if name not in self.texts:
            raise InvalidInput(f"The committed set has no text {name!r}; choose one of its names.")
        text, salt = self.texts[name]
        index = self.tree.index(text_leaf(name, text, salt))
        return TextOpening(name, text, salt, self.tree.proof(index))


def commit(
    entries: tuple[Entry, ...],
    random_bytes: Callable[[int], bytes],
    leaf_format: int = FORMAT,
    texts: tuple[TextEntry, ...] = (),
) -> Commitment:
    """Return the commitment to 1 to 64 entries with different names; `texts` among them are those of a set.

    `random_bytes` is called once, for `RANDOM_BYTES` = 4096 bytes: bytes 32i to 32i + 31 are the salt of leaf
    i, and bytes 2048 + 32i to 2048 + 32i + 31 its name word if it is a decoy (unused otherwise). Leaves are
    numbered by the sorted names (code points), decoys last. Raises InvalidInput for entries or random bytes
    that cannot be used.

    Warning: the bytes must be secret, and used for one commitment only. Whoever knows a salt can guess the amount.
    """
    _require_format(leaf_format)
    if not 1 <= len(entries) + len(texts) <= LEAVES:
        raise InvalidInput("The number of entries is not 1 to 64; give a budget with 1 to 64 entries.")
    numbers: dict[str, tuple[int, bytes]] = {}
    lines: dict[str, tuple[str, bytes]] = {}
    leaves = list[bytes]()
    words = _random_words(random_bytes)
    ordered: list[Entry | TextEntry] = sorted((*entries, *texts), key=lambda entry: entry.name)
    for entry, salt in zip(ordered, words, strict=False):
        if entry.name in numbers or entry.name in lines:
            raise InvalidInput(f"Two entries are named {entry.name!r}; merge them or name them apart.")
        if isinstance(entry, TextEntry):
            lines[entry.name] = (entry.text, salt)
            leaves.append(text_leaf(entry.name, entry.text, salt))
        else:
            _require_entry(entry.name, entry.value)
            numbers[entry.name] = (entry.value, salt)
            leaves.append(_leaf(leaf_format, _name_word(entry.name), entry.value, salt))
    for i in range(len(leaves), LEAVES):
        leaves.append(_leaf(leaf_format, words[LEAVES + i], 0, words[i]))
    return Commitment(merkle.build(leaves), MappingProxyType(numbers), leaf_format, MappingProxyType(lines))


def verify(root: bytes, opening: Opening | TextOpening) -> None:
    """Check that `opening` opens the 32-byte `root`, which the caller read from the ledger.

    Raises VerificationFailed when it does not, InvalidInput when `root` is not 32 bytes.
    """
    require_word(root, "The root")
    if not merkle.verify(root, opening.leaf, opening.proof):
        raise VerificationFailed(
            f"The opening of {opening.name!r} does not belong to this commitment; do not rely on its figure,"
            " and check that the root is the one on the ledger when it was shown."
        )


def point_leaf(name: str, point: Point) -> bytes:
    """Return the 32-byte leaf hash, in format 2, of the name and the Pedersen commitment to its figure."""
    return _point_leaf(_name_word(name), point)


def _leaf(leaf_format: int, name_word: bytes, value: int, salt: bytes) -> bytes:
    if leaf_format == PEDERSEN_FORMAT:
        return _point_leaf(name_word, pedersen.commit(value, pedersen.scalar_of(salt)))
    return keccak256(keccak256(_FORMAT_WORDS[leaf_format] + name_word + _value_word(value) + salt))


def _point_leaf(name_word: bytes, point: Point) -> bytes:
    compressed = point.format()
    parity = (compressed[0] & 1).to_bytes(32, "big")
    return keccak256(keccak256(_FORMAT_WORDS[PEDERSEN_FORMAT] + name_word + parity + compressed[1:]))


@lru_cache(maxsize=4096)
def _name_word(name: str) -> bytes:
    return keccak256(name.encode())


def _value_word(value: int) -> bytes:
    return value.to_bytes(32, "big", signed=True)


def _random_words(random_bytes: Callable[[int], bytes]) -> list[bytes]:
    block = random_bytes(RANDOM_BYTES)
    if type(block) is not bytes or len(block) != RANDOM_BYTES:
        raise InvalidInput(f"The random source did not give {RANDOM_BYTES} bytes; use secrets.token_bytes.")
    words = [block[i : i + 32] for i in range(0, RANDOM_BYTES, 32)]
    if len(set(words)) != len(words):
        raise InvalidInput("The random source repeats itself; use secrets.token_bytes, never a fixed pattern.")
    return words


def _require_format(leaf_format: int) -> None:
    if type(leaf_format) is not int or leaf_format not in LEAF_TYPES:
        raise InvalidInput("The leaf format is unknown; this version reads 1 and 2, so update Jamjar.")


def _require_entry(name: str, value: int) -> None:
    if type(name) is not str or not 1 <= len(name) <= MAX_NAME:
        raise InvalidInput(f"The name of an entry is not 1 to {MAX_NAME} characters; name it as its budget does.")
    try:
        _name_word(name)
    except UnicodeEncodeError:
        raise InvalidInput("The name of an entry is not valid Unicode; name it as its budget does.") from None
    if type(value) is not int:
        raise InvalidInput(f"The value of {name!r} is not an int; give whole pence, or a date as YYYYMMDD.")
    if not -_VALUE_BOUND <= value < _VALUE_BOUND:
        raise InvalidInput(f"The value of {name!r} does not fit an int64; check that it is in pence.")
