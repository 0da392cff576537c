"""Leaves of format 3: one line of text of a set of named values, behind its hash and a salt of its own.

A leaf is keccak256(keccak256(abi.encode(uint16 3, bytes32 name, bytes32 text, bytes32 salt))), with name = keccak256 of
the entry's name and text = keccak256 of the text, both in UTF-8. OpenZeppelin's StandardMerkleTree hashes it for
`LEAF_TYPES`. The format's number is the first word of every leaf, so no leaf can be read as one of another format.
"""

from dataclasses import dataclass, field
from typing import Final

from jamjar.consent.named import check_text, is_entry_name
from jamjar.crypto.hashing import keccak256, require_word
from jamjar.errors import InvalidInput

TEXT_FORMAT: Final = 3
"""The first word of such a leaf."""
LEAF_TYPES: Final = ("uint16", "bytes32", "bytes32", "bytes32")
"""Its fields in Solidity's types."""
PROOF_HASHES: Final = 6
"""How many hashes lead from it to the root."""
_FORMAT_WORD: Final = TEXT_FORMAT.to_bytes(32, "big")


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One named text of a set: the content of one leaf; raises InvalidInput for a name or a text that none can have."""

    name: str
    text: str = field(repr=False)

    def __post_init__(self) -> None:
        _require_entry(self.name, self.text)


@dataclass(frozen=True, slots=True)
class TextOpening:
    """One text of a commitment with its proof: a salt of 32 bytes and 6 hashes, the lowest first."""

    name: str
    text: str = field(repr=False)
    salt: bytes = field(repr=False)
    proof: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        _require_entry(self.name, self.text)
        require_salt_and_proof(self.salt, self.proof)

    @property
    def leaf(self) -> bytes:
        """The 32-byte leaf hash of the name, text and salt."""
        return text_leaf(self.name, self.text, self.salt)


def text_leaf(name: str, text: str, salt: bytes) -> bytes:
    """Return the 32-byte leaf hash of a text."""
    return keccak256(keccak256(_FORMAT_WORD + keccak256(name.encode()) + keccak256(text.encode()) + salt))


def require_salt_and_proof(salt: bytes, proof: tuple[bytes, ...]) -> None:
    """Raise InvalidInput unless an opening, of whatever format, has a salt of 32 bytes and 6 hashes of 32 bytes."""
    require_word(salt, "The salt of an opening")
    if type(proof) is not tuple or len(proof) != PROOF_HASHES:
        raise InvalidInput("The proof of an opening is not 6 hashes; ask the claimant for a whole one.")
    for node in proof:
        require_word(node, "A hash in the proof of an opening")


def _require_entry(name: str, text: str) -> None:
    if type(name) is not str or not is_entry_name(name):
        raise InvalidInput("The name of a text is not one of a set; name it as its set does, after the set's.")
    check_text(name, text)
