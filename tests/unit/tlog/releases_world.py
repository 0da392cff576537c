"""A log with releases of the phone's page among other events."""

from collections.abc import Sequence
from hashlib import sha256

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.page_release import to_bytes
from jamjar.tlog.leaf import RawEvent
from tests.unit.wallet.scene import DEPLOYMENT

from .world import NOW, WITNESSES, Files, event, files_of, note_of

CHANGED = keccak256(b"EncryptionKeyChanged(uint32,bytes32,bytes,address)")
CONSORTIUM = bytes.fromhex(DEPLOYMENT.consortium.address[2:])
MEMBER = 7
OLD, NEWEST = (sha256(name).digest() for name in (b"old", b"newest"))


def key_changed(number: int, key: bytes, member: int = MEMBER, contract: bytes = CONSORTIUM) -> RawEvent:
    """Event number `number`, by which a member publishes a key."""
    topics = CHANGED, member.to_bytes(32, "big"), keccak256(key), b"\5".rjust(32, b"\0")
    data = (32).to_bytes(32, "big") + len(key).to_bytes(32, "big") + key + bytes(-len(key) % 32)
    return event(number, contract=contract, topics=topics, data=data)


def published(number: int, digest: bytes, member: int = MEMBER, contract: bytes = CONSORTIUM) -> RawEvent:
    return key_changed(number, to_bytes(digest), member, contract)


HISTORY = (
    event(0),
    published(1, OLD),
    key_changed(2, b"\5" * 1216),
    published(3, b"\1" * 32, member=8),
    published(4, b"\2" * 32, contract=b"\x11" * 20),
    key_changed(5, to_bytes(NEWEST) + b"\0"),
    published(6, NEWEST),
)


def log_of(history: Sequence[RawEvent] = HISTORY, time: int = NOW, cosigners: int = 3) -> Files:
    """The files of a log with these events."""
    files, edge = files_of([each.to_bytes() for each in history])
    files["checkpoint"] = str(note_of(edge, cosigners=WITNESSES[:cosigners], time=time)).encode()
    return files
