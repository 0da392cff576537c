"""The whole life of a consent by commands alone: each a process of its own, as people start them.

Given terms, a plan, a vault          create, grant, commit; carried by the operator's account
Given a budget on the ledger          disclosed; looked at (to view, to store), kept, advised on, acknowledged, expired
Given messages as files               a stranger carries them, and a panic card, also typed from paper
Given a consent that has ended        it is erased, and stays in a backup
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.protocol import panic_card
from jamjar.protocol.panic_card import Card
from jamjar.protocol.settings import DAY
from jamjar.sandbox.network import SampleNetwork
from tests.journeys.claimant import ADVISER, HOUSING, STORE, VIEW, ClaimantHome, claimant_home

CONTROLLER = ("--address", "1 High Street, Leeds", "--contact", "help@advice.example")


@pytest.fixture
def home(network: SampleNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClaimantHome]:
    with claimant_home(network, tmp_path, monkeypatch) as opened:
        yield opened


def test_what_is_only_viewed(home: ClaimantHome) -> None:
    ledger, consent, budget = home.network.ledger, home.granted(VIEW)[0], home.network.households()[0].budget
    assert home.json("consents")["consents"][0]["status"] == ledger.status(consent) == "ACTIVE"
    home.committed(consent)
    (rent,) = (line.pence for line in budget.lines if line.code == "fixed.home.rent")
    assert "do not allow" in home.wallet("disclose", consent, "flexible.food.alcohol", status=1)
    package = home.json("disclose", consent, "fixed.home.rent")["package"]
    desk, words = home.processes.desks[ADVISER], home.folder / "words"
    (waiting,) = json.loads(desk.run("waiting", "--json"))
    assert (waiting["name"], waiting["uses_left"], waiting["seen"]) == (package, 3, False)
    desk.run("label", consent, "Mrs J, Tuesdays")
    assert "Mrs J" in desk.run("waiting")
    words.write_text("Ask for a social tariff \x1b[2J[red]now[/].")
    seen = json.loads(desk.run("look", package[:8], "--json", "--advice", str(words)))
    assert (seen["consent"], seen["figures"]["fixed.home.rent"], seen["keep_until"]) == (consent, rent, 0)
    assert package not in desk.run("kept")
    printed = home.wallet("inbox")
    assert [word in printed for word in ("tariff", "[red]now[/]", "\x1b")] == [True, True, False]
    (letter,) = home.json("inbox")["letters"]
    home.wallet("acknowledge", letter["number"])
    assert "Acknowledge: recorded" in home.wallet("send", "--account", home.network.accounts[1])
    about = (consent, ledger.head_of(consent), bytes.fromhex(letter["advice"]))
    assert ledger.read("AdviceLog", "stageOf", about) == 2
    assert [each["expected"] for each in home.json("looks")] == [True]
    ledger.use(consent, ledger.head_of(consent), home.network.accounts[ADVISER])
    assert [each["expected"] for each in home.json("looks", status=1)] == [True, False]


def test_what_is_kept_until_its_time(home: ClaimantHome) -> None:
    ledger, consent, desk = home.network.ledger, home.granted(STORE)[0], home.processes.desks[HOUSING]
    home.committed(consent)
    package = home.json("disclose", consent, "fixed.home.rent")["package"]
    assert "It is kept, encrypted, until" in desk.run("look", package)
    assert package[:10] in desk.run("kept")
    assert "fixed.home.rent" in desk.run("kept", package[:8])
    desk.run("advise", package[:8], str(home.folder / "plan"))  # any text is advice
    assert desk.run("expire") == "Nothing is due.\n"
    home.network.wait(31 * DAY)
    assert (desk.run("expire")[:9], json.loads(desk.run("kept", "--json"))) == ("1 deleted", [])
    letters = home.json("inbox")["letters"]
    assert [(bool(each["advice"]), bool(each["deleted_at"])) for each in letters] == [(True, False), (False, True)]
    record = json.loads(home.wallet("record", consent[:8], *CONTROLLER))
    assert [record["dct:hasPart"][step]["@type"] for step in (0, -1)] == ["jamjar:Granted", "jamjar:Used"]
    assert record["jamjar:uses"] == ledger.consent(consent).uses == 1
    assert "jamjar:words" in home.wallet("record", consent, *CONTROLLER, "--receipt")


def test_what_a_stranger_carries_and_what_is_left(home: ClaimantHome) -> None:
    folder, status = home.folder, home.network.ledger.status
    first, second, third = home.granted(VIEW, 3)
    home.wallet("card", folder / "card.json", "--page", folder / "card.html")
    home.wallet("pause", first)
    home.wallet("send", "--to", folder / "out")
    home.stranger_carries(*sorted((folder / "out").iterdir()))
    assert (status(first), "Still queued: 0" in home.wallet("send", "--done")) == ("PAUSED", True)
    assert "withdraw it" in home.wallet("erase", first, "--yes", status=1)
    home.wallet("backup", folder / "backup", "--backup-passphrase-file", folder / "pass")
    box, other, _ = Card.from_json((folder / "card.json").read_text()).withdrawals
    (folder / "typed").write_text(f"{panic_card.to_text(box)}\n\n{panic_card.to_scan(other)}\n")
    assert home.stranger_carries("--typed", folder / "typed").count("recorded in block") == 2
    assert [status(each) for each in (first, second, third)] == ["WITHDRAWN", "WITHDRAWN", "ACTIVE"]
    assert home.stranger_carries(folder / "card.json").count("on the ledger already") == 2
    assert status(third) == "WITHDRAWN"
    assert "records destroyed" in home.wallet("erase", first, "--yes")
    assert home.json("consents")["erased"] == 1
    assert "No consent" in home.wallet("withdraw", first, status=1)
    restored = ("--vault", folder / "restored.vault")
    home.wallet(*restored, "restore", folder / "backup", "--backup-passphrase-file", folder / "pass")
    assert [each["consent"] for each in home.json(*restored, "consents")["consents"]] == [first, second, third]
