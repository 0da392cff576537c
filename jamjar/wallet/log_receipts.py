"""The receipts that a wallet stores: for every event under its consents, fetched without naming a consent.

The vault stores the last state of each log, and accepts nothing from a log that does not continue it. That state names
no event, so that it has nothing of an erased consent; a consent's receipts are erased with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jamjar.protocol.address import checksum_address
from jamjar.tlog import receipt
from jamjar.tlog.committed import CommittedTree
from jamjar.tlog.leaf import RawEvent, from_bytes
from jamjar.tlog.monitor import Alarm, Kind, Monitor
from jamjar.tlog.monitor_state import MonitorState, read_state
from jamjar.tlog.policy import Policy
from jamjar.tlog.receipt_maker import published
from jamjar.tlog.tiles import Once, Reader, TileTree
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault
from jamjar.wallet.settled import lacking
from jamjar.wallet.wallet import RECEIPT, Wallet

LOG, EVIDENCE = "log", "log-evidence"
"""Kinds of records in the vault: how far a log was read, by its name; evidence against one, by `name/alarm`."""


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """A receipt in the vault: the consent, the event and its number in the log, and the content of its file."""

    consent: str
    event: RawEvent
    number: int
    text: bytes


@dataclass(frozen=True, slots=True)
class FetchedReceipts:
    """The result of reading a log: the number of new receipts, and the alarms about the log."""

    new: int
    alarms: tuple[Alarm, ...]


def fetch(wallet: Wallet, reader: Reader, policy: Policy, *, now: int, silence: int) -> FetchedReceipts:
    """Read all new events of a log, and store a verified receipt for each event under the wallet's consents.

    It alarms, too, when the log lacks what the wallet knows to be on the ledger by a block that the log has come to.
    After an alarm nothing is taken in, unless all that is wrong is that, or that nobody cosigned the log in the
    `silence` seconds before `now`, in Unix seconds; evidence is kept. Raises LogUnavailable, and InvalidInput or
    VerificationFailed when the log shows no checkpoint that counts; nothing is kept then.
    """
    name = published(reader, policy).checkpoint.origin
    with wallet.vault.reading() as transaction:
        seen = transaction.get(LOG, name)
    files, consents = Once(reader), {bytes.fromhex(consent[2:]) for consent in wallet.consents()}
    report = Monitor(files, policy, silence=silence, consents=consents).look(_state(seen), now)
    made, last = _receipts(files, policy, report.state, report.seen), -1
    if all(alarm.kind is Kind.SILENCE for alarm in report.alarms):  # otherwise the log is not that of the state
        last = _last_block(files, report.state)
    with wallet.vault.writing() as transaction:
        for alarm in report.alarms:
            if alarm.evidence is not None:
                transaction.add(EVIDENCE, f"{name}/{alarm.kind.value}", str(alarm.evidence).encode())
        new = transaction.add_all(RECEIPT, [(f"{each.consent}/{name}/{each.number}", each.text) for each in made])
        if report.state.note is not None:
            transaction.put(LOG, name, replace(report.state, last=None).to_text().encode())
        alarms = (*report.alarms, *_lacking(wallet, transaction, name, last))
    return FetchedReceipts(new, alarms)


def kept(vault: Vault) -> tuple[StoredReceipt, ...]:
    """Return all receipts, oldest first."""
    with vault.reading() as transaction:
        found = [(name.partition("/")[0], text) for name, text in transaction.all(RECEIPT)]
    return tuple(_kept(consent, text) for consent, text in found)


def evidence(vault: Vault) -> tuple[bytes, ...]:
    """Return the evidence against logs, each the content of a file, oldest first."""
    with vault.reading() as transaction:
        return tuple(text for _, text in transaction.all(EVIDENCE))


def _state(data: bytes | None) -> MonitorState:
    return MonitorState() if data is None else read_state(data.decode())


def _last_block(files: Reader, state: MonitorState) -> int:
    """Return the block of a log's last event, -1 for none; it is read whosever wallet this is."""
    size = state.frontier.size
    if state.last is not None or not size:
        return state.last.block if state.last is not None else -1
    (leaf,) = CommittedTree(TileTree(files, size), state.frontier.root).leaves(size - 1, size)
    return from_bytes(leaf).block


def _lacking(wallet: Wallet, transaction: VaultTransaction, log: str, last: int) -> Iterator[Alarm]:
    """Yield an alarm for what a log that goes up to block `last` lacks of what the wallet knows to be on the ledger."""
    receipts = ((name.split("/", 1), text) for name, text in transaction.all(RECEIPT))
    shown = (receipt.read(text)[1] for (_, rest), text in receipts if rest.rpartition("/")[0] == log)
    missing = lacking(transaction, wallet.deployment, shown, last)
    if missing:
        more = f", and {len(missing) - 1} more of what this wallet sent" if len(missing) > 1 else ""
        told = f"The log has come to block {last}, and lacks {missing[0]}{more}: ask its operator, and another node."
        yield Alarm(Kind.DIFFERS, told)


def _receipts(
    files: Reader, policy: Policy, state: MonitorState, seen: Iterable[tuple[int, RawEvent]]
) -> list[StoredReceipt]:
    """Make and verify the receipts of events, under the checkpoint in the state's note."""
    if state.note is None:
        return []
    size, made = state.frontier.size, list[StoredReceipt]()
    tree = TileTree(files, size)
    for number, event in seen:
        text = receipt.write(event.to_bytes(), number, tree, size, state.note).encode()
        receipt.verify(text, policy)
        made.append(StoredReceipt(checksum_address(event.topics[1][12:]), event, number, text))
    return made


def _kept(consent: str, text: bytes) -> StoredReceipt:
    proof, event = receipt.read(text)
    return StoredReceipt(consent, event, proof.index, text)
