"""A log with its witnesses, held in memory: what the tests of the log play in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from jamjar.service.http_client import HttpAnswer
from jamjar.tlog import receipt
from jamjar.tlog.checkpoint import Checkpoint
from jamjar.tlog.errors import LogUnavailable
from jamjar.tlog.folder import Folder
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.note import LOG, WITNESS, Note, NoteSigner, generate
from jamjar.tlog.policy import Policy, read_policy
from jamjar.tlog.publisher import Publisher
from jamjar.tlog.tiles import Edge, TileTree
from jamjar.tlog.tree import leaf_hash, node_hash
from jamjar.tlog.witness import Witness
from jamjar.tlog.witness_client import WitnessClient
from jamjar.tlog.witness_store import WitnessStore

ORIGIN = "log.example/jamjar"
NOW = 1_800_000_000
CONSENT = b"\x0c" * 20


def signer(name: str, kind: int) -> NoteSigner:
    """The key of this name: always the same."""
    return generate(name, kind, lambda count: sha256(name.encode()).digest()[:count])


LOG_KEY = signer(ORIGIN, LOG)
WITNESSES = [signer(f"witness.example/{number}", WITNESS) for number in range(3)]
NAMES = ["bank", "charity", "university"]


def policy_text(least: int | str = 2) -> str:
    """The policy: so many of the three witnesses."""
    lines = [f"log {LOG_KEY.verifier}"]
    lines += [f"witness {name} {each.verifier}" for name, each in zip(NAMES, WITNESSES, strict=True)]
    return "\n".join([*lines, f"group all-of-them {least} {' '.join(NAMES)}", "quorum all-of-them", ""])


def policy(least: int | str = 2) -> Policy:
    return read_policy(policy_text(least))


def event(number: int, **changes: object) -> RawEvent:
    """Event number `number` of a ledger with two events in each block, the first of which is about CONSENT."""
    block, index = divmod(number, 2)
    consent = (bytes([1 + index]) * 20 if index else CONSENT).rjust(32, b"\0")
    fields = {
        "chain": 1337, "contract": b"\x11" * 20, "block": block, "block_hash": sha256(b"%d" % block).digest(),
        "time": NOW + 5 * block, "transaction": sha256(b"t%d" % number).digest(), "index": index,
        "topics": (sha256(b"topic").digest(), consent), "data": b"\x07" * (number % 3),
    }  # fmt: skip
    return RawEvent(**(fields | changes))  # type: ignore[arg-type]


def leaves(count: int) -> list[bytes]:
    return [event(number).to_bytes() for number in range(count)]


class Held:
    """A tree's perfect subtrees, each worked out once, from the definition."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self.rows = [[leaf_hash(leaf) for leaf in leaves]]
        while len(self.rows[-1]) > 1:
            row = self.rows[-1]
            self.rows.append([node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=False)])

    def subtree(self, level: int, index: int) -> bytes:
        return self.rows[level][index]


class Files(dict[str, bytes]):
    """A log's files, in memory."""

    def read(self, path: str) -> bytes | None:
        return self.get(path)


def files_of(given: Sequence[bytes]) -> tuple[Files, Edge]:
    """The tiles and bundles of a log with these leaves."""
    edge, full = Edge().grown(given)
    return Files(full | edge.partial_files()), edge


def note_of(edge: Edge, *, key: NoteSigner = LOG_KEY, cosigners: Sequence[NoteSigner] = (), time: int = NOW) -> Note:
    """A checkpoint, signed by the log and these witnesses."""
    checkpoint = Checkpoint(ORIGIN, edge.size, edge.frontier().root)
    cosigned = [each.cosign(checkpoint.text, time) for each in cosigners]
    return Note(checkpoint.text, (key.sign(checkpoint.text), *cosigned))


def receipt_of(number: int, count: int, cosigners: Sequence[NoteSigner] = WITNESSES) -> bytes:
    """The receipt for event number `number` in a log of `count`."""
    files, edge = files_of(leaves(count))
    note = note_of(edge, cosigners=cosigners)
    return receipt.write(leaves(count)[number], number, TileTree(files, count), count, note).encode()


class Ledger:
    """A ledger with these events, all of them final."""

    first = 0

    def __init__(self, count: int) -> None:
        self.there = [event(number) for number in range(count)]

    def final(self) -> int:
        return self.there[-1].block if self.there else -1

    def events(self, first: int, last: int) -> Iterator[RawEvent]:
        return (each for each in self.there if first <= each.block <= last)


class Direct:
    """Witnesses that are asked without HTTP in between."""

    def __init__(self, folder: Path, clock: Callable[[], float] = lambda: NOW) -> None:
        self.stores = [WitnessStore(folder / f"{name}.db", (LOG_KEY.verifier,)) for name in NAMES]
        self.witnesses = [
            Witness((LOG_KEY.verifier,), (key,), store, clock)
            for key, store in zip(WITNESSES, self.stores, strict=True)
        ]
        self.down: set[int] = set()
        self.clients = [WitnessClient(key.verifier, partial(self._post, at)) for at, key in enumerate(WITNESSES)]

    def _post(self, at: int, body: bytes) -> HttpAnswer:
        if at in self.down:
            raise LogUnavailable(f"{NAMES[at]} did not answer; ask again.")
        answer = self.witnesses[at].add_checkpoint(body)
        return HttpAnswer(answer.status, answer.type, answer.body.encode())


def publisher(at: Path, ledger: Ledger, witnesses: Direct | None = None) -> Publisher:
    """The publisher of a log in this folder."""
    clients = witnesses.clients if witnesses else []
    return Publisher(Folder(at), LOG_KEY, ledger, clients, policy() if witnesses else None)


def content(at: Path) -> dict[str, bytes]:
    """All files in a folder."""
    return {path.relative_to(at).as_posix(): path.read_bytes() for path in at.rglob("*") if path.is_file()}
