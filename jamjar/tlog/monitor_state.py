"""How far a monitor has read a log, as a value and as a file's text."""

from dataclasses import dataclass, field
from typing import Final

from jamjar.encoding import strict_json
from jamjar.encoding.strict_base64 import encode, read_hash
from jamjar.errors import InvalidInput
from jamjar.tlog.checkpoint import read_checkpoint
from jamjar.tlog.leaf import RawEvent, from_bytes
from jamjar.tlog.note import Note, read_note
from jamjar.tlog.tree import Frontier

FORMAT: Final = "jamjar.monitor.1"
MAX_BYTES: Final = 256 * 1024
_WHAT: Final = "The monitor's stored state"


@dataclass(frozen=True, slots=True)
class MonitorState:
    """What a monitor has read: the tree, the checkpoint that signs it, and the last event."""

    frontier: Frontier = field(default_factory=Frontier)
    note: Note | None = None
    last: RawEvent | None = None

    def to_text(self) -> str:
        """Return the text of the monitor's file."""
        values = {
            "format": FORMAT,
            "hashes": [encode(peak) for peak in self.frontier.peaks],
            "checkpoint": str(self.note or ""),
            "last": self.last.to_bytes().decode() if self.last else "",
        }
        return strict_json.dumps(values) + "\n"


def read_state(text: str) -> MonitorState:
    """Return what `to_text` wrote; raises InvalidInput for anything else, and when its parts do not fit."""
    found = strict_json.fields(
        strict_json.loads(text, _WHAT, MAX_BYTES), _WHAT, "format", "hashes", "checkpoint", "last"
    )
    hashes = strict_json.items(found["hashes"], "The hashes")
    if found["format"] != FORMAT or any(not isinstance(each, str) for each in (found["checkpoint"], found["last"])):
        raise InvalidInput(f"The monitor's state is not in the format {FORMAT}; delete it, and the log is read again.")
    note = read_note(found["checkpoint"])
    checkpoint = read_checkpoint(note.text)
    frontier = Frontier(checkpoint.size, tuple(read_hash(str(each)) for each in hashes))
    if frontier.root != checkpoint.root:
        raise InvalidInput("The monitor's state is damaged; delete it, and the log is read again.")
    return MonitorState(frontier, note, from_bytes(found["last"].encode()) if found["last"] else None)
