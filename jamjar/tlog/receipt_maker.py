"""Receipts for all events under some consents, or of another kind, made from a log's files."""

from collections.abc import Callable, Collection, Iterator

from jamjar.errors import InvalidInput
from jamjar.tlog import receipt
from jamjar.tlog.committed import CommittedTree
from jamjar.tlog.errors import LogUnavailable
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.policy import Policy, VerifiedCheckpoint
from jamjar.tlog.publisher import CHECKPOINT
from jamjar.tlog.reading import events
from jamjar.tlog.tiles import Once, Reader, TileTree


def published(reader: Reader, policy: Policy) -> VerifiedCheckpoint:
    """Return the log's checkpoint, if it meets a policy.

    Raises LogUnavailable when there is none, InvalidInput and VerificationFailed as `Policy.check`.
    """
    data = reader.read(CHECKPOINT)
    if data is None:
        raise LogUnavailable("There is no log there, or it has published nothing yet; check its address, or wait.")
    try:
        return policy.check(data.decode())
    except UnicodeDecodeError:
        raise InvalidInput("The log's checkpoint is not UTF-8 text; read another copy of the log.") from None


def receipts(reader: Reader, policy: Policy, consents: Collection[bytes]) -> Iterator[tuple[int, RawEvent, str]]:
    """Yield the number, event and receipt of every event under these consents, each an address of 20 bytes.

    Raises as `published` and `receipts_of`.
    """
    signed = published(reader, policy)
    yield from receipts_of(reader, signed, policy, lambda event: any(event.concerns(consent) for consent in consents))


def receipts_of(
    reader: Reader, signed: VerifiedCheckpoint, policy: Policy, is_wanted: Callable[[RawEvent], bool]
) -> Iterator[tuple[int, RawEvent, str]]:
    """Yield the number, event and receipt of every event that is wanted, in the log with this checkpoint.

    The whole log is read, its hashes too, before the first receipt is made, so that whoever serves it does not learn
    which events are meant; each receipt is verified before it is given. Raises InvalidInput or VerificationFailed when
    the log does not show what it signed.
    """
    size = signed.checkpoint.size
    tree = TileTree(Once(reader), size)
    read = events(CommittedTree(tree, signed.checkpoint.root), 0, size)
    seen = [(number, event) for number, event in read if is_wanted(event)]
    for number, event in seen:
        text = receipt.write(event.to_bytes(), number, tree, size, signed.note)
        receipt.verify(text.encode(), policy)
        yield number, event, text
