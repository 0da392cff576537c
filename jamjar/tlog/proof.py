"""A tlog-proof (C2SP) that an event is in a log, as one text that is checked offline.

c2sp.org/tlog-proof@v1
extra <base 64>                data that the log did not sign; left out when there are none
index <number>
<base 64>                      the inclusion proof, a line for each hash, the leaf's sibling first

<the checkpoint, as signed>
"""

from dataclasses import dataclass, field
from typing import Final

from jamjar.encoding.strict_base64 import decode, encode, read_hash, read_number
from jamjar.errors import InvalidInput

HEADER: Final = "c2sp.org/tlog-proof@v1"
MAX_HASHES: Final = 63


@dataclass(frozen=True, slots=True)
class LogProof:
    """The proof for leaf number `index`: 32-byte hashes, and the signed checkpoint's text."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = field(default=b"", repr=False)

    def __str__(self) -> str:
        return f"{HEADER}\n" + (f"extra {encode(self.extra)}\n" if self.extra else "") + self.rest

    @property
    def rest(self) -> str:
        """The text after the extra line."""
        return f"index {self.index}\n" + "".join(f"{encode(each)}\n" for each in self.hashes) + f"\n{self.checkpoint}"


def read_proof(text: str) -> LogProof:
    """Return the proof in a text; raises InvalidInput for any other spelling than `str` gives it."""
    head, empty, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if lines.pop(0) != HEADER or not empty:
        raise InvalidInput(f"The file is not in the format {HEADER}; choose the right file.")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = decode(lines.pop(0).removeprefix("extra "), "The extra data of the proof")
    if not lines or not lines[0].startswith("index "):
        raise InvalidInput("The proof does not name its leaf; request it again.")
    index = read_number(lines.pop(0).removeprefix("index "), "The leaf's number")
    if len(lines) > MAX_HASHES:
        raise InvalidInput(f"The proof has more than {MAX_HASHES} hashes; request it again.")
    return LogProof(index, tuple(map(read_hash, lines)), checkpoint, extra)
