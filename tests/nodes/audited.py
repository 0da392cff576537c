"""Audits of a chain of one's own, for tests."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jamjar.audit.auditor import Auditor
from jamjar.audit.node import AuditNode
from jamjar.audit.report import AuditReport
from jamjar.audit.store import AuditStore
from jamjar.model.member_rules import seat_of
from jamjar.model.state import Reason
from jamjar.protocol.calldata import data_of
from jamjar.protocol.roles import FOUNDER, Role
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Acknowledge, Commit, Pause, Reconfirm, Resume, Withdraw
from jamjar.sandbox.local_chain import LocalChain
from tools.creation_code import read_build


def audit(chain: LocalChain, folder: Path, nodes: Sequence[AuditNode] = (), **options: Any) -> AuditReport:
    """Audit a chain, going on from the last audit in this folder."""
    store = AuditStore(f"sqlite:///{folder / 'audit.db'}", chain.deployment)
    try:
        return Auditor(chain.deployment, nodes or [chain.node], store, read_build(), **options).run()
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
    members_change(chain)
    return keys


def members_change(chain: LocalChain) -> None:
    """Have everything happen that changes who the members are, who acts for them, and who governs them."""
    founder, operator, adviser, council, fresh, other = (chain.accounts[n] for n in (0, 1, 2, 4, 7, 8))
    consortium, delays = "Consortium", chain.settings
    chain.admit(4, "COUNCIL")
    chain.admit(3, "AUDITOR")
    chain.govern(consortium, "grantRole", Role.AUDITOR.value, seat_of(2))
    chain.govern(consortium, "revokeRole", Role.AUDITOR.value, seat_of(2))
    for function, arguments, sender in (
        ("offerAccount", (fresh,), operator), ("acceptAccount", (1,), fresh), ("removeAccount", (fresh,), operator),
        ("changeEncryptionKey", (b"k" * 40,), adviser), ("rename", ("Städtischer Rat",), adviser),
        ("suspend", (3, Reason.RULES_BROKEN), council),
    ):  # fmt: skip
        chain.send(sender, consortium, function, *arguments)
    chain.govern(consortium, "suspend", 3, Reason.LEFT)  # confirmed
    chain.govern(consortium, "reinstate", 3)
    chain.send(council, consortium, "suspend", 3, Reason.KEY_STOLEN)
    chain.wait_until(chain.now() + delays.suspension)
    chain.send(founder, consortium, "reinstate", 3)
    for ending, sender in (("objectToRecovery", operator), ("completeRecovery", fresh), ("lapseRecovery", other)):
        chain.send(council, consortium, "proposeRecovery", 1, fresh)
        waits = {"objectToRecovery": 0, "completeRecovery": delays.recovery, "lapseRecovery": 2 * delays.recovery}
        chain.wait_until(chain.now() + waits[ending] + 1)
        chain.send(sender, consortium, ending, *(() if ending == "objectToRecovery" else (1,)))
        if ending == "completeRecovery":
            chain.send(operator, consortium, "removeAccount", fresh)
    chain.send(operator, "Governance", "cancel", propose(chain, consortium, "suspend", 2, Reason.LEFT))
    chain.govern("Governance", "grantRole", FOUNDER, other)
    chain.send(other, "Governance", "renounceRole", FOUNDER, other)
    suspended = [data_of(consortium, "suspend", *each) for each in ((3, Reason.LEFT), (4, Reason.OWN_REQUEST))]
    batch = ([chain.at[consortium]] * 2, [0, 0], suspended, bytes(32), bytes(32))
    chain.send(founder, "Governance", "scheduleBatch", *batch, delays.governance_delay)
    chain.wait_until(chain.now() + delays.governance_delay)
    chain.send(other, "Governance", "executeBatch", *batch)
    propose(chain, consortium, "reinstate", 4)
    chain.send(operator, consortium, "offerAccount", fresh)


def propose(chain: LocalChain, contract: str, function: str, *arguments: Any) -> bytes:
    """Propose a call of a contract, and return the proposal's id."""
    return chain.propose(chain.at[contract], 0, data_of(contract, function, *arguments), bytes(32), bytes(32))
