"""The whole life of a consent by commands alone: each a process of its own, as people start them.

Given terms, a plan, a vault          create, grant, commit; carried by the operator's account
Given a budget on the ledger          disclosed; looked at (to view, to store), kept, advised on, acknowledged, expired
Given messages as files               a stranger carries them, and a panic card, also typed from paper
Given a consent that has ended        it is erased, and stays in a backup
"""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.consent.schedule import Begin
from jamjar.consent.terms import Storage
from jamjar.protocol import panic_card
from jamjar.protocol.panic_card import Card
from jamjar.protocol.settings import DAY
from jamjar.vault.vault import Vault
from sandbox.claimant import PERIOD
from sandbox.members import NAMES
from sandbox.network import SampleNetwork
from sandbox.processes import JAMJAR, NetworkProcesses, processes
from tests.unit.cli.home import here
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS

ADVISER, HOUSING = 2, 3
CONTROLLER = ("--address", "1 High Street, Leeds", "--contact", "help@advice.example")
VIEW = replace(TERMS, data_from=PERIOD.start, data_until=PERIOD.end)
STORE = replace(VIEW, retention_days=30, storage=Storage.STORE, recipient=HOUSING, recipient_name=NAMES[HOUSING])


@dataclass(frozen=True)
class Home:
    """A claimant's machine: a folder, and the network around it; the environment tells commands where all is."""

    folder: Path
    network: SampleNetwork
    processes: NetworkProcesses

    def wallet(self, *words: object, status: int = 0) -> str:
        done = here("wallet", *words)
        assert done.status == status, done
        return done.out if status == 0 else done.out or done.refusal

    def json(self, *words: object, status: int = 0) -> Any:
        return json.loads(self.wallet(*words, "--json", status=status))

    def stranger_carries(self, *words: object) -> str:
        command = [*JAMJAR, "carry", "--account", self.network.stranger, *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout

    def granted(self, terms: str, count: int = 1) -> list[str]:
        """Consents to terms, carried by the operator, begun."""
        made = [self.json("grant", self.folder / terms, "--yes", "--begin", "now")["consent"] for _ in range(count)]
        assert self.wallet("send", "--account", self.network.accounts[1]).count("Grant: recorded in block") == count
        assert {self.network.ledger.status(consent) for consent in made} == {"SCHEDULED"}
        self.network.wait(Begin.NOW.ahead)
        return made

    def committed(self, consent: str) -> None:
        assert "It is queued" in self.wallet("commit", consent[:10], self.folder / "plan")
        assert "Commit: recorded" in self.wallet("send", "--account", self.network.accounts[1])
        assert any(self.network.ledger.head_of(consent))


@pytest.fixture
def home(network: SampleNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    plan = network.households()[0].budget.to_json()
    for name, text in (("pass", PASSPHRASE), ("plan", plan), ("view", VIEW.to_json()), ("store", STORE.to_json())):
        (tmp_path / name).write_text(text)
    with processes(network, tmp_path) as opened:
        for name in ("JAMJAR_DEPLOYMENT", "JAMJAR_NODE", "JAMJAR_MAILBOX"):
            monkeypatch.setenv(name, opened.desks[ADVISER].environment[name])
        monkeypatch.setenv("JAMJAR_VAULT", str(tmp_path / "my.vault"))
        monkeypatch.setenv("JAMJAR_PASSPHRASE_FILE", str(tmp_path / "pass"))
        Vault.create(str(tmp_path / "my.vault"), PASSPHRASE, cost=CHEAP).close()  # as create does, at a lower cost
        yield Home(tmp_path, network, opened)


def test_what_is_only_viewed(home: Home) -> None:
    ledger, consent, budget = home.network.ledger, home.granted("view")[0], home.network.households()[0].budget
    assert home.json("consents")["consents"][0]["status"] == ledger.status(consent) == "ACTIVE"
    home.committed(consent)
    (rent,) = (line.pence for line in budget.lines if line.code == "fixed.home.rent")
    assert "do not allow" in home.wallet("disclose", consent, "flexible.food.alcohol", status=1)
    package = home.json("disclose", consent, "fixed.home.rent")["package"]
    desk, words = home.processes.desks[ADVISER], home.folder / "words"
    assert desk.run("waiting").split() == [package]
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


def test_what_is_kept_until_its_time(home: Home) -> None:
    ledger, consent, desk = home.network.ledger, home.granted("store")[0], home.processes.desks[HOUSING]
    home.committed(consent)
    package = home.json("disclose", consent, "fixed.home.rent")["package"]
    assert "It is kept, encrypted, until" in desk.run("look", package)
    assert package[:10] in desk.run("kept")
    assert "fixed.home.rent" in desk.run("kept", package[:8])
    desk.run("advise", package[:8], str(home.folder / "view"))  # any text is advice
    assert desk.run("expire") == "Nothing is due.\n"
    home.network.wait(31 * DAY)
    assert (desk.run("expire")[:9], json.loads(desk.run("kept", "--json"))) == ("1 deleted", [])
    letters = home.json("inbox")["letters"]
    assert [(bool(each["advice"]), bool(each["deleted_at"])) for each in letters] == [(True, False), (False, True)]
    record = json.loads(home.wallet("record", consent[:8], *CONTROLLER))
    assert [record["dct:hasPart"][step]["@type"] for step in (0, -1)] == ["jamjar:Granted", "jamjar:Used"]
    assert record["jamjar:uses"] == ledger.consent(consent).uses == 1
    assert "jamjar:words" in home.wallet("record", consent, *CONTROLLER, "--receipt")


def test_what_a_stranger_carries_and_what_is_left(home: Home) -> None:
    folder, status = home.folder, home.network.ledger.status
    first, second, third = home.granted("view", 3)
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
