"""When messages are sent to a relayer: each consent's by its own calendar, over a connection of its own.

When nothing is due                        nothing is sent, and it is listed with when it will be
When some are due                          one connection for each consent, whose messages go in their order
When it was given before                   it is looked up on the ledger in its time, and not sent again until then
When the claimant wants otherwise          --now with one --consent, or with --all, which says what it reveals
When the agent runs                        the same, unattended, with the vault open only meanwhile
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.options import Locations
from jamjar.cli.wallet import agent as agent_command
from jamjar.model.state import Consent
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.token import Token
from jamjar.relayer.answers import MessageAnswer
from jamjar.relayer.client import RelayerClient
from jamjar.vault.vault import Vault
from tests.unit.cli.home import here, write_request
from tests.unit.cli.test_relaying import SEND, Ledger
from tests.unit.relayer.world import World
from tests.unit.wallet.scene import PASSPHRASE

NOON = 1_900_022_400 - 1_900_022_400 % DAY + DAY // 2


class Scene:
    """A relayer, a clock of this machine, and what each connection carried."""

    def __init__(self, world: World) -> None:
        self.world, self.connections = world, dict[int, list[SignedMessage]]()
        self.clients = list[RelayerClient]()  # kept, so that no two have one id
        self.now = float(NOON)

    def at(self, now: float) -> None:
        self.now = self.world.clock.now = now

    def sent(self) -> list[list[str]]:
        """Return the kinds that went over each connection since the last call."""
        found = [[type(each.message).__name__ for each in messages] for messages in self.connections.values()]
        assert all(len({each.message.consent for each in messages}) == 1 for messages in self.connections.values())
        self.connections.clear()
        return found


@pytest.fixture
def scene(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(Locations, "ledger", lambda _: Ledger())
    made = World(f"sqlite:///{home / 'relayer.db'}")
    scene = Scene(made)
    scene.at(NOON)
    send = RelayerClient.send

    def noted(client: RelayerClient, signed: SignedMessage, token: Token | None) -> MessageAnswer:
        scene.clients.append(client)
        scene.connections.setdefault(id(client), []).append(signed)
        return send(client, signed, token)

    monkeypatch.setattr(RelayerClient, "send", noted)
    monkeypatch.setattr("time.time", lambda: scene.now)
    for _ in range(3):
        assert here("wallet", "grant", write_request(home / "request.json"), "--yes", "--offline").status == 0
    with made.running():
        yield scene
    made.queue.close()


def consents() -> list[str]:
    return [each["consent"] for each in here("wallet", "consents", "--offline", "--json").json["consents"]]


def test_nothing_is_sent_before_its_time(scene: Scene) -> None:
    done = here(*SEND, scene.world.url)
    assert (done.status, done.out.count("Grant"), scene.sent()) == (0, 3, [])
    assert all(f"{consent[:10]}.." in done.out for consent in consents())
    assert "The relayer took 0." in done.out


def test_each_consent_has_a_connection(scene: Scene) -> None:
    here("wallet", "commit", consents()[1], "plan.json")
    scene.at(NOON + 2 * DAY)  # the commitment is due, the grants are too late by now
    done = here(*SEND, scene.world.url)
    assert sorted(map(len, scene.sent())) == [1, 1, 2]
    assert done.status == 1


def test_one_consent_is_sent_before_its_time(scene: Scene) -> None:
    chosen = consents()[2]
    done = here(*SEND, scene.world.url, "--now", "--consent", chosen[:10])
    assert (done.status, scene.sent(), done.err) == (0, [["Grant"]], "")
    assert done.out.count("looked up") == 1
    assert here(*SEND, scene.world.url).status == 0
    assert scene.sent() == []


def test_all_are_sent_and_what_that_reveals_is_said(scene: Scene) -> None:
    done = here(*SEND, scene.world.url, "--all", "--now")
    assert (done.status, scene.sent()) == (0, [["Grant"]] * 3)
    assert "takes for one person's" in done.err
    for words in (["--all"], ["--now"], ["--now", "--all", "--consent", consents()[0]]):
        assert "or leave all out" in here(*SEND, scene.world.url, *words).refusal


def test_the_agent_sends_what_is_due_and_keeps_nothing_open(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    slept = list[float]()

    def sleep(seconds: float) -> None:
        Vault.open("my.vault", PASSPHRASE).close()  # which one program at a time has open
        slept.append(seconds)
        scene.at(scene.now + seconds)
        if scene.now > NOON + DAY // 2:
            raise KeyboardInterrupt

    def consent(_: Ledger, address: str) -> Consent:  # the relayer carries what it took
        sent = {each.message.consent for messages in scene.connections.values() for each in messages}
        return Consent(recipient=2 if address in sent else 0)

    monkeypatch.setattr(Ledger, "consent", consent)
    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(agent_command, "LOOK", 3600)
    done = here("wallet", "agent", "--relayer", scene.world.url)
    assert (done.status, done.out.count("Grant: accepted"), done.err) == (0, 3, "")
    assert scene.sent() == [["Grant"]] * 3
    assert set(slept) <= {float(n) for n in range(agent_command.REST, agent_command.LOOK + 1)}


def test_once_for_cron(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    assert here("wallet", "agent", "--once", "--relayer", scene.world.url).out == ""
    assert scene.sent() == []
    here("wallet", "pause", consents()[0])
    done = here("wallet", "agent", "--once", "--relayer", scene.world.url, "--receipts", "kept")
    assert (done.status, scene.sent()) == (0, [["Grant", "Pause"]])
    assert len(list(Path("kept").glob("*/*.json"))) == 2


def test_what_is_on_the_ledger_is_settled_in_its_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    here(*SEND, scene.world.url, "--all", "--now")
    monkeypatch.setattr(Ledger, "consent", lambda *_: Consent(recipient=2))
    scene.at(NOON + 3 * DAY)
    scene.sent()
    done: Any = here("wallet", "agent", "--once", "--relayer", scene.world.url)
    assert (done.out.count("on the ledger."), scene.sent()) == (3, [])
    assert here("wallet", "consents", "--offline", "--json").json["messages_waiting"] == 0
