"""The progress of an audit, in SQLite or PostgreSQL, from which the next resumes, however this one ended.

`write` is one transaction: the block reached, the state after it and the findings up to it are stored together.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, bindparam, delete, insert, inspect, select, update

from jamjar.audit.figures import Figures
from jamjar.audit.findings import Finding
from jamjar.audit.saved_state import Key, loaded, saved
from jamjar.audit.tables import BLOCKS, COUNTS, FINDINGS, METADATA, PROGRESS, STATE, UNCOMPARED
from jamjar.audit.uncompared import Uncompared
from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput
from jamjar.model.state import DeploymentRules, LedgerState
from jamjar.protocol.deployment import Deployment
from jamjar.service.database import open_engine, transaction

KEPT = 100
"""Findings of one rule that are stored in full; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of an audit: its last block, the state after it, and how many events of the constructors came."""

    block: int
    state: LedgerState
    seen: int
    figures: Figures


class AuditStore:
    """One audit's database."""

    def __init__(self, url: str, deployment: Deployment) -> None:
        """Open `sqlite:///path` or `postgresql://...`; raises InvalidInput for another's, or an older one."""
        addresses = ",".join(at.address for at in deployment.contracts().values())
        self._name = "0x" + keccak256(f"{deployment.chain_id} {deployment.block} {addresses}".encode()).hex()
        self._engine = open_engine(url, METADATA)
        with transaction(self._engine) as connection:
            if PROGRESS.c.seen.name not in {each["name"] for each in inspect(connection).get_columns(PROGRESS.name)}:
                raise InvalidInput(
                    "The database is of an audit by an earlier version of Jamjar, of contracts that this one does not "
                    "know; name another database, and audit from the start."
                )
            names = connection.execute(select(PROGRESS.c.deployment)).scalars().all()
        if set(names) - {self._name}:
            raise InvalidInput("The database belongs to the audit of another deployment; name another database.")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def progress(self, rules: DeploymentRules) -> Progress | None:
        """Return the progress; None when there is none yet."""
        with transaction(self._engine) as connection:
            row = connection.execute(select(PROGRESS)).mappings().first()
            if row is None:
                return None
            rows = connection.execute(select(STATE.c.kind, STATE.c.name, STATE.c.value))
            state = loaded(rules, (((kind, name), json.loads(value)) for kind, name, value in rows))
        return Progress(row["block"], state, row["seen"], Figures.from_json(json.loads(row["figures"])))

    def write(
        self,
        now: Progress,
        block_hash: str,
        touched: Iterable[Key],
        findings: Sequence[Finding],
        uncompared: Sequence[Uncompared] = (),
    ) -> None:
        """Keep how far it has come: what was touched of the state, what was found since, and what no node was asked."""
        keys = sorted(set(touched))
        values = [(key, saved(now.state, key)) for key in keys]
        rows = [{"kind": k[0], "name": k[1], "value": json.dumps(v)} for k, v in values if v is not None]
        with transaction(self._engine) as connection:
            connection.execute(delete(PROGRESS))
            figures = json.dumps(now.figures.to_json())
            connection.execute(
                insert(PROGRESS),
                {"deployment": self._name, "block": now.block, "seen": now.seen, "figures": figures},
            )
            connection.execute(delete(BLOCKS).where(BLOCKS.c.number == now.block))
            connection.execute(insert(BLOCKS), {"number": now.block, "hash": block_hash})
            if keys:
                this = (STATE.c.kind == bindparam("k"), STATE.c.name == bindparam("n"))
                connection.execute(delete(STATE).where(*this), [{"k": kind, "n": name} for kind, name in keys])
            if rows:
                connection.execute(insert(STATE), rows)
            if uncompared:
                connection.execute(insert(UNCOMPARED), [asdict(each) for each in uncompared])
            _keep(connection, findings)

    def blocks(self) -> list[tuple[int, str]]:
        """Return the numbers and hashes of blocks that were checked, oldest first."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(BLOCKS.c.number, BLOCKS.c.hash).order_by(BLOCKS.c.number))
            return list(rows.tuples().all())

    def findings(self) -> tuple[list[Finding], dict[str, int]]:
        """Return the stored findings, the first of each rule, and the number of findings of each rule."""
        with transaction(self._engine) as connection:
            columns = (FINDINGS.c[name] for name in ("rule", "what", "block", "transaction_hash", "log_index"))
            found = [Finding(*row) for row in connection.execute(select(*columns).order_by(FINDINGS.c.number))]
            return found, _counts(connection)

    def uncompared(self) -> list[Uncompared]:
        """Return what nodes could not be asked, by the first block."""
        with transaction(self._engine) as connection:
            columns = (UNCOMPARED.c[each.name] for each in fields(Uncompared))
            found = connection.execute(select(*columns).order_by(UNCOMPARED.c.first, UNCOMPARED.c.number))
            return [Uncompared(*row) for row in found]

    def compared(self, blocks: Uncompared, findings: Sequence[Finding]) -> None:
        """Keep that a node was asked about these blocks, and what was found."""
        these = (UNCOMPARED.c.first == blocks.first, UNCOMPARED.c.last == blocks.last)
        with transaction(self._engine) as connection:
            connection.execute(delete(UNCOMPARED).where(*these, UNCOMPARED.c.node == blocks.node))
            connection.execute(update(UNCOMPARED).where(*these).values(asked=UNCOMPARED.c.asked + 1))
            _keep(connection, findings)

    def begin_again(self, because: Finding) -> None:
        """Delete the progress and all findings but the reasons to begin again, to which this one is added."""
        with transaction(self._engine) as connection:
            for table in (PROGRESS, BLOCKS, STATE, UNCOMPARED):
                connection.execute(delete(table))
            for table in (FINDINGS, COUNTS):
                connection.execute(delete(table).where(table.c.rule != because.rule))
            _keep(connection, [because])


def _keep(connection: Connection, findings: Sequence[Finding]) -> None:
    counts = _counts(connection)
    more = Counter(finding.rule for finding in findings)
    for rule, count in more.items():
        connection.execute(delete(COUNTS).where(COUNTS.c.rule == rule))
        connection.execute(insert(COUNTS), {"rule": rule, "findings": counts.get(rule, 0) + count})
    rows = []
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
        if counts[finding.rule] <= KEPT:
            at = {"block": finding.block, "transaction_hash": finding.transaction, "log_index": finding.log}
            rows.append({"rule": finding.rule, "what": finding.what, **at})
    if rows:
        connection.execute(insert(FINDINGS), rows)


def _counts(connection: Connection) -> dict[str, int]:
    return dict(connection.execute(select(COUNTS.c.rule, COUNTS.c.findings)).tuples().all())
