"""What an explorer shows, read through one's own nodes and log: the audit, the events, who governs, the log."""

from collections.abc import Callable, Sequence

from jamjar.audit.auditor import Auditor
from jamjar.audit.built_code import BuiltCode
from jamjar.audit.node import AuditNode
from jamjar.audit.store import AuditStore
from jamjar.errors import InvalidInput, LedgerError
from jamjar.explorer.governing import Governing
from jamjar.explorer.log_seen import LogSeen
from jamjar.explorer.pages import Explored
from jamjar.explorer.record import EventRecord, LastBlock, read_entries
from jamjar.ledger import governed
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.module_registry import CONTRACT, RegistryPlace, admitted
from jamjar.tlog.ledger_source import LedgerSource
from jamjar.tlog.policy import Policy
from jamjar.tlog.tiles import Reader


def explore(
    ledger: Ledger,
    nodes: Sequence[AuditNode],
    store: AuditStore,
    before: Explored | None = None,
    *,
    log: tuple[Reader, Policy] | None = None,
    registry: RegistryPlace | None = None,
    built: dict[str, BuiltCode] | None = None,
    depth: int = 0,
    progress: Callable[[int, int], None] = lambda _block, _last: None,
) -> Explored:
    """Audit a deployment, and read what pages show up to the last block that was audited.

    ledger    the deployment through the first of the nodes
    before    what was explored before: it is read on from there, and returned as it is where nothing came after it
    registry  the registry of modules; None where none was named

    Raises what an audit raises, LedgerError for events that cannot be, and as `LogSeen` for a log.
    """
    if before is not None and not _is_there(nodes[0], before.record.last):
        before = None  # the audit says what became of its blocks
    if before is not None and nodes[0].height() - depth <= before.record.last.number:
        return before
    report = Auditor(ledger.deployment, nodes, store, built, depth=depth, progress=progress).run()
    source = LedgerSource(nodes[0].url, ledger.deployment, 0)
    first, kept = (source.first, ()) if before is None else (before.record.last.number + 1, before.record.entries)
    last = LastBlock(report.last, report.hash, report.time)
    try:
        more = read_entries(source.events(first, last.number), ledger.deployment, len(kept))
        record = EventRecord(ledger.deployment, last, (*kept, *more))
        audited = store.progress(record.state.rules)
    except (InvalidInput, KeyError, ValueError) as error:
        raise LedgerError("The node's events make no sense; ask another node.") from error
    if audited is not None and audited.block == last.number and audited.state != record.state:
        raise LedgerError("The node's events lead to another state than those that were audited; ask another node.")
    others = {} if registry is None else {registry.address: CONTRACT}
    governing = Governing(record, governed.read(ledger, last.number), others)
    modules = None if registry is None else tuple(admitted(ledger, registry, last.number).values())
    return Explored(report, record, governing, None if log is None else LogSeen(*log, record), modules)


def _is_there(node: AuditNode, block: LastBlock) -> bool:
    """Return whether a node has a block still."""
    return node.height() >= block.number and node.header(block.number).hash == block.hash
