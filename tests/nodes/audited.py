"""Audits of a chain of one's own, for tests."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jamjar.audit import built_code
from jamjar.audit.auditor import Auditor
from jamjar.audit.node import AuditNode
from jamjar.audit.report import AuditReport
from jamjar.audit.store import AuditStore
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Acknowledge, Commit, Pause, Reconfirm, Resume, Withdraw
from sandbox.local_chain import LocalChain, checkout


def audit(chain: LocalChain, folder: Path, nodes: Sequence[AuditNode] = (), **options: Any) -> AuditReport:
    """Audit a chain, going on from the last audit in this folder."""
    store = AuditStore(f"sqlite:///{folder / 'audit.db'}", chain.deployment)
    try:
        return Auditor(chain.deployment, nodes or [chain.node], store, built_code.read(*checkout()), **options).run()
    finally:
        store.close()


def broken(report: AuditReport) -> list[str]:
    """The rules that are broken, once each, but for the members' changes that every chain has."""
    return sorted({finding.rule for finding in report.findings} - {"members-changed"})


def live(chain: LocalChain, count: int = 3) -> tuple[list[ConsentKey], list[bytes]]:
    """Consents that have begun, each with a commitment."""
    keys = chain.keys(count)
    chain.carry(*(chain.grant_to_adviser(key) for key in keys))
    chain.wait_until(chain.now() + 100)
    roots = [secrets.token_bytes(32) for _ in keys]
    chain.carry(*(chain.signed(k, Commit(k.address, r, bytes(32))) for k, r in zip(keys, roots, strict=True)))
    return keys, roots


def live_through_all(chain: LocalChain) -> list[ConsentKey]:
    """Have everything happen that can, and return the consents it happened to."""
    keys, roots = live(chain, 5)
    adviser, (key, other, third), root = chain.accounts[2], keys[:3], roots[0]
    at = key.address
    chain.carry(*(chain.signed(k, Commit(k.address, r, bytes(32))) for k, r in zip(keys, roots, strict=True)))
    chain.carry(*(chain.grant_to_adviser(k) for k in keys))  # each is there already, and rejected
    chain.send(adviser, "ConsentRegistry", "useBatch", [(k.address, r) for k, r in zip(keys, roots, strict=True)])
    chain.send(adviser, "ConsentRegistry", "use", (at, root))
    chain.send(adviser, "AdviceLog", "record", (at, root, b"a" * 32))
    chain.carry(chain.signed(key, Acknowledge(at, root, b"a" * 32)))
    chain.carry(chain.signed(key, Pause(at, 0)))
    chain.carry(chain.signed(key, Resume(at, 1)))
    chain.carry(chain.signed(key, Reconfirm(at, 2, chain.now() + 40 * DAY)))
    chain.carry(chain.signed(key, Withdraw(at)))
    chain.carry(*(chain.signed(k, Withdraw(k.address)) for k in (key, third)))  # one of them for the second time
    chain.send(adviser, "ConsentRegistry", "release", other.address)
    boss, consortium = chain.accounts[0], "Consortium"
    chain.admit(3, "AUDITOR")
    chain.send(boss, consortium, "addAccount", 3, chain.accounts[7])
    chain.send(boss, consortium, "removeAccount", 3, chain.accounts[7])
    chain.send(boss, consortium, "suspend", 3)
    chain.send(boss, consortium, "reinstate", 3)
    chain.send(boss, consortium, "changeEncryptionKey", 3, b"k" * 40)
    chain.send(boss, consortium, "changeDefaultAdminDelay", DAY)
    chain.send(boss, consortium, "rollbackDefaultAdminDelay")
    chain.send(boss, consortium, "beginDefaultAdminTransfer", chain.accounts[8])
    chain.send(boss, consortium, "cancelDefaultAdminTransfer")
    chain.send(boss, consortium, "beginDefaultAdminTransfer", chain.accounts[8])
    chain.wait_until(chain.now() + 4 * DAY)
    chain.send(chain.accounts[8], consortium, "acceptDefaultAdminTransfer")
    return keys
