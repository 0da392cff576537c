"""What is asked for by commands alone, once the adviser has looked: a letter, agreed to in part, and withdrawn.

Given the adviser never looked     no letter goes, and no file is written
Given a first look                 the letter comes; the claimant agrees to less, and withdraws in one step
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.sandbox.network import PERIOD, SampleNetwork
from jamjar.sandbox.processes import ProcessError
from tests.journeys.claimant import ADVISER, VIEW, ClaimantHome, claimant_home


@pytest.fixture
def home(network: SampleNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClaimantHome]:
    with claimant_home(network, tmp_path, monkeypatch) as opened:
        yield opened


def test_what_is_asked_for_by_a_letter(home: ClaimantHome) -> None:
    (consent,), desk = home.granted(VIEW), home.processes.desks[ADVISER]
    asked = ("--purpose", "advice", "--line", "fixed.home", "--from", str(PERIOD.start), "--until", str(PERIOD.end))
    ask = ("ask", str(home.folder / "next.json"), *asked, "--contact", "01234 567890", "--to", consent)
    with pytest.raises(ProcessError, match="before a first look"):
        desk.run(*ask)
    home.committed(consent)
    desk.run("look", home.json("disclose", consent, "fixed.home.rent")["package"])
    assert not (home.folder / "next.json").exists()
    assert "[Cymraeg]" in desk.run(*ask)
    (asked_for,) = home.json("requests")["requests"][1:]
    assert (asked_for["number"], asked_for["answer"], asked_for["looks"]) == (2, "none", 3)
    second = home.json("grant", 2, "--yes", "--looks", 1, "--begin", "now")["consent"]
    assert "recorded in block" in home.wallet("send", "--account", home.network.accounts[1])
    assert home.network.ledger.consent(second).max_uses == 1
    done = home.wallet("withdraw", second, "--send", "--account", home.network.accounts[1])
    assert "Withdraw: recorded in block" in done
    assert home.network.ledger.status(second) == "WITHDRAWN"
