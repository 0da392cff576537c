"""An audit of a network: everything its people did through `jamjar`, on whichever chain the suite runs on.

Given a network in which everything was done      sound, and the contracts hold what is replayed
Given a past block                                the consents as the ledger saw them then
Given the council suspends a member               told, and its consents are live no more
"""

from pathlib import Path

import pytest

from jamjar.audit.auditor import Auditor
from jamjar.audit.node import AuditNode
from jamjar.audit.past_state import state_at, why_not_live
from jamjar.audit.report import AuditReport
from jamjar.audit.store import AuditStore
from jamjar.ledger.own_member import OwnMember
from jamjar.model.state import Reason
from jamjar.sandbox.network import SampleNetwork
from tools.creation_code import read_build


def audit(network: SampleNetwork, folder: Path) -> AuditReport:
    store = AuditStore(f"sqlite:///{folder / 'audit.db'}", network.deployment)
    return Auditor(network.deployment, [AuditNode(network.url)], store, read_build(), samples=3).run()


def broken(report: AuditReport) -> set[str]:
    return {finding.rule for finding in report.findings} - {"members-changed"}


@pytest.fixture
def lived(network: SampleNetwork) -> tuple[SampleNetwork, str, str]:
    """A network with one consent that went through a look and advice, and one that was withdrawn."""
    claimant, budget = network.claimant(), network.households()[0].budget
    kept, ended = (claimant.grant(2, lines=["fixed.home"]) for _ in range(2))
    network.wait()
    claimant.commit(kept, budget)
    shown, desk = claimant.disclose(kept, "fixed.home.rent"), network.desks[2]
    desk.use(kept)
    claimant.acknowledge(shown, desk.advise(shown, "Ask for a social tariff."))
    claimant.withdraw(ended)
    return network, kept, ended


def test_a_network(lived: tuple[SampleNetwork, str, str], tmp_path: Path) -> None:
    network, _, _ = lived
    report = audit(network, tmp_path)
    assert broken(report) == set()
    assert report.statuses == {"ACTIVE": 1, "WITHDRAWN": 1}
    assert report.figures.uses == {2: 1}
    assert report.compared > 40


def test_the_past(lived: tuple[SampleNetwork, str, str]) -> None:
    network, kept, ended = lived
    node, height = AuditNode(network.url), network.ledger.height()
    state, now = state_at(node, network.deployment, height), network.ledger.time()
    assert state.consent(kept) == network.ledger.consent(kept)
    assert why_not_live(state, kept, now) is None
    assert why_not_live(state, ended, now) == "Its claimant withdrew it."
    before = state_at(node, network.deployment, height - 1)
    assert why_not_live(before, ended, network.ledger.time(height - 1)) is None


def test_a_suspension(lived: tuple[SampleNetwork, str, str], tmp_path: Path) -> None:
    network, kept, _ = lived
    OwnMember(network.ledger, network.accounts[4]).suspend(2, Reason.RULES_BROKEN)
    report = audit(network, tmp_path)
    assert broken(report) == set()
    assert "MemberSuspended (member 2" in report.findings[-1].what
    state = state_at(AuditNode(network.url), network.deployment, report.last)
    assert why_not_live(state, kept, report.time) == "Its recipient, member 2, is suspended."
