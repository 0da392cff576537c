"""Checkpoints (C2SP tlog-checkpoint): a log's name, its size and its root, as the text of a signed note."""

from dataclasses import dataclass

from jamjar.encoding.strict_base64 import HASH_BYTES, encode, read_hash, read_number
from jamjar.errors import InvalidInput
from jamjar.tlog.tree import EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log signs: that its first `size` leaves have this root of 32 bytes.

    `origin` is the log's name; `extensions` are further lines, which mean nothing here.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size < 2**63 or len(self.root) != HASH_BYTES:
            raise InvalidInput("The checkpoint's size is out of range or its root is not 32 bytes; request it again.")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise InvalidInput("The root of a checkpoint without leaves is not the empty tree's; request it again.")
        if any(not line or "\n" in line for line in (self.origin, *self.extensions)):
            raise InvalidInput("The checkpoint names no log, or has an empty line; request it again.")

    @property
    def text(self) -> str:
        """The text to sign."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, encode(self.root), *self.extensions))


def read_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint in a note's text; raises InvalidInput for any other spelling."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop():
        raise InvalidInput("The text is not a checkpoint (a log's name, a size and a root); choose the right file.")
    return Checkpoint(lines[0], read_number(lines[1], "The size"), read_hash(lines[2]), tuple(lines[3:]))
