"""An audit of a town: everything its people did through `jamjar`, on whichever chain the suite runs on.

Given a town in which everything was done         sound, and the contracts hold what is replayed
Given a past block                                the consents as the ledger saw them then
Given the administrator suspends a member         told, and its consents are live no more
"""

from pathlib import Path

import pytest

from jamjar.audit import built_code
from jamjar.audit.auditor import Auditor
from jamjar.audit.history import why_not_live
from jamjar.audit.node import Node
from jamjar.audit.past_state import state_at
from jamjar.audit.report import Report
from jamjar.audit.store import Store
from sandbox.local_chain import checkout
from sandbox.network import Town


def audit(town: Town, folder: Path) -> Report:
    store = Store(f"sqlite:///{folder / 'audit.db'}", town.system.deployment)
    return Auditor(town.system.deployment, [Node(town.url)], store, built_code.read(*checkout()), samples=3).run()


def broken(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings} - {"members-changed"}


@pytest.fixture
def lived(town: Town) -> tuple[Town, str, str]:
    """A town with one consent that went through a look and advice, and one that was withdrawn."""
    claimant, budget = town.claimant(), town.households()[0].budget
    kept, ended = (claimant.grant(2, lines=["fixed.home"]) for _ in range(2))
    town.wait()
    claimant.commit(kept, budget)
    shown, desk = claimant.disclose(kept, "fixed.home.rent"), town.desks[2]
    desk.use(kept)
    claimant.acknowledge(shown, desk.advise(shown, "Ask for a social tariff."))
    claimant.withdraw(ended)
    return town, kept, ended


def test_a_town(lived: tuple[Town, str, str], tmp_path: Path) -> None:
    town, _, _ = lived
    report = audit(town, tmp_path)
    assert broken(report) == set()
    assert report.statuses == {"ACTIVE": 1, "WITHDRAWN": 1}
    assert report.figures.uses == {2: 1}
    assert report.compared > 40


def test_the_past(lived: tuple[Town, str, str]) -> None:
    town, kept, ended = lived
    node, height = Node(town.url), town.ledger.height()
    state, now = state_at(node, town.system.deployment, height), town.ledger.time()
    assert state.consent(kept) == town.ledger.consent(kept)
    assert why_not_live(state, kept, now) is None
    assert why_not_live(state, ended, now) == "Its claimant withdrew it."
    before = state_at(node, town.system.deployment, height - 1)
    assert why_not_live(before, ended, town.ledger.time(height - 1)) is None


def test_a_suspension(lived: tuple[Town, str, str], tmp_path: Path) -> None:
    town, kept, _ = lived
    town.administrator.suspend(2)
    report = audit(town, tmp_path)
    assert broken(report) == set()
    assert "MemberSuspended (member 2" in report.findings[-1].what
    state = state_at(Node(town.url), town.system.deployment, report.last)
    assert why_not_live(state, kept, report.time) == "Its recipient, member 2, is suspended."
