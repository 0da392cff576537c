"""What is asked without figures, by commands alone, through the mailbox and on the ledger.

Given the claimant shows the period alone   the adviser may ask, and is told by each answer that it is true, or nothing
Given a statement is false                  nothing is sent but a refusal, in a package of the same size
Given all looks are taken                   the desk asks nothing more
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.sandbox.network import SampleNetwork
from jamjar.sandbox.processes import ProcessError
from tests.journeys.claimant import ADVISER, VIEW, ClaimantHome, claimant_home

JARS = ("fixed.home.rent", "fixed", "income")
ASKING = replace(VIEW, scope=frozenset(ScopeItem(jar, Detail.THRESHOLD) for jar in JARS), questions=2)


@pytest.fixture
def home(network: SampleNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClaimantHome]:
    with claimant_home(network, tmp_path, monkeypatch) as opened:
        yield opened


def test_what_is_asked_without_figures(home: ClaimantHome) -> None:
    (consent,), desk = home.granted(ASKING), home.processes.desks[ADVISER]
    home.committed(consent)
    assert home.wallet("disclose", consent, "fixed.home.rent", status=1).startswith("jamjar: The terms do not allow")
    desk.run("look", home.json("disclose", consent)["package"])
    rent = next(line.pence for line in home.network.households()[0].budget.lines if line.code == "fixed.home.rent")

    desk.run("question", consent, f"fixed.home.rent >= {rent // 100 - 50}")
    (asked,) = home.json("questions")["questions"]
    assert (asked["number"], asked["answer"], asked["use"]) == (1, "none", 2)
    told = home.wallet("answer", 1, "--yes")
    assert "at least" in told
    seen = json.loads(desk.run("look", told.split("The package is ")[1].strip(" .\n"), "--json"))
    assert seen["proven"] is True
    assert set(seen["figures"]) == {"period.start", "period.end"}

    desk.run("question", consent, f"fixed.home.rent > {rent // 100 + 1}")
    assert [each["answer"] for each in home.json("questions")["questions"]] == ["proven", "none"]
    assert "false of your budget" in home.wallet("answer", 2, "--yes", status=1)
    refused = home.json("answer", 2, "--refuse", "--yes")
    assert json.loads(desk.run("look", refused["package"], "--json"))["proven"] is False
    assert home.network.ledger.consent(consent).uses == 3
    assert home.wallet("looks").count("NO") == 0
    with pytest.raises(ProcessError, match="No look is left"):
        desk.run("question", consent, "total.fixed >= 1")
