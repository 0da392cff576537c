"""The explorer on a node that goes on.

Given nothing new             what was explored, as it is
Given a new block             only its events are read, and nothing that was read changes
Given another block by then   all is read again, and the audit says that the history was rewritten
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.audit.store import AuditStore
from jamjar.explorer import exploring
from jamjar.explorer.pages import Explored
from jamjar.ledger.ledger import Ledger
from jamjar.sandbox.local_chain import LocalChain, local_chain
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.ledger_source import LedgerSource


@pytest.fixture
def chain() -> Iterator[LocalChain]:
    with local_chain() as chain:
        chain.carry(chain.grant_to_adviser(chain.keys(1)[0]))
        yield chain


def test_it_is_read_on(chain: LocalChain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[int, int]]()

    class Counts(LedgerSource):
        def events(self, first: int, last: int) -> Iterator[RawEvent]:
            asked.append((first, last))
            return super().events(first, last)

    monkeypatch.setattr(exploring, "LedgerSource", Counts)
    store = AuditStore(f"sqlite:///{tmp_path / 'audit.db'}", chain.deployment)
    ledger = Ledger(chain.node.url, chain.deployment)

    def explore(before: Explored | None = None) -> Explored:
        return exploring.explore(ledger, [chain.node], store, before)

    first = explore()
    assert explore(first) is first
    kept = chain.ask("evm_snapshot")
    chain.carry(chain.grant_to_adviser(chain.keys(1)[0]))
    second = explore(first)
    assert asked[1:] == [(first.record.last.number + 1, first.record.last.number + 1)]
    assert second.record.entries[:-1] == first.record.entries
    assert (len(second.record.consents), second.report.verdict) == (
        len(first.record.consents) + 1,
        first.report.verdict,
    )
    chain.ask("evm_revert", kept)
    chain.wait_until(chain.now() + 100)
    third = explore(second)
    assert asked[2][0] == chain.deployment.block  # from the start, as its block is another
    assert third.record.entries == first.record.entries
    assert third.report.counts["history-rewritten"] == 1
    store.close()
