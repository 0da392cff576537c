"""What a claimant does alone: without a deployment file, without a connection, and nothing of it waits to be sent."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.home import here, write_request
from tests.unit.wallet.scene import BUDGET

FILES = Path(__file__).parents[1] / "bank" / "files"


@pytest.fixture
def connections(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The attempts to reach anything by its name or address, each of which fails."""
    seen = list[str]()

    def refused(*arguments: Any) -> None:
        seen.append(str(arguments))
        raise OSError("There is no network.")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    return seen


@pytest.fixture
def alone(connections: list[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """No deployment file where one is expected; the name of the one that there is."""
    deployment = os.environ["JAMJAR_DEPLOYMENT"]
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", "nothere.json")
    return deployment


def test_plans_and_compares_with_the_bank(alone: str, connections: list[str]) -> None:
    assert here("wallet", "plan", "plan.json").status == 0
    assert here("wallet", "import", FILES / "starling.csv").status == 0
    assert here("wallet", "rule", "first bus", "fixed.transport.public-transport").status == 0
    assert here("wallet", "jars", "--day", BUDGET.period.start.isoformat(), "--picture", "jars.svg").status == 0
    assert Path("jars.svg").exists()
    assert connections == []


def test_refuses_what_an_adviser_asks_for(alone: str, connections: list[str], home: Path) -> None:
    request = write_request(home / "request.json")
    before = sorted(home.iterdir())
    assert "Nobody else can see it" in here("wallet", "refuse", request).out
    assert len(here("wallet", "refusals", "--json").json) == 1
    assert sorted(home.iterdir()) == before
    found = here("wallet", "--deployment", alone, "consents", "--offline", "--json").json
    assert (found["messages_waiting"], found["consents"]) == (0, [])
    assert connections == []


def test_a_connection_would_be_seen(connections: list[str]) -> None:
    assert "The node did not answer" in here("wallet", "consents").refusal
    assert connections != []
