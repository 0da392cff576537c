"""jamjar wallet withdraw and clear: what is not sent yet is said, and what never began goes with one command.

withdraw
├── Given nothing else is said: it says that the adviser can still look
├── When it is sent, too: one message is carried, and the rest stays queued
└── Given no carrier, or one that does not answer: it is said, and nothing signed is lost
clear
├── Given a grant that was refused and whose time has passed: nothing is left of it
├── Given one that somebody could still carry: it stays, and it says until when
└── Given a consent that runs, or a grant that is queued: it stays
"""

from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.options import Locations
from jamjar.errors import NodeUnavailable
from tests.unit.cli.home import WHOLE, here
from tests.unit.wallet.scene import FakeLedger

CAN_LOOK = "Town Debt Advice can still look"
SEND = ("--send", "--account", "0x" + 40 * "1")


class Ledger(FakeLedger):
    """A ledger that records what it is given, or does not answer."""

    def __init__(self) -> None:
        super().__init__()
        self.deployment, self.carried, self.down = WHOLE, list[str](), False

    def member_of(self, account: Any) -> int:
        return 1

    def read(self, contract: str, function: str, *arguments: Any) -> Any:
        return True

    def carry(self, signed: Any, sender: Any) -> Any:
        if self.down:
            raise NodeUnavailable("The node did not answer; try again.")
        self.carried.append(type(signed.message).__name__)
        return type("Receipt", (), {"block": 7})


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    made = Ledger()
    monkeypatch.setattr(Locations, "ledger", lambda _: made)
    return made


@pytest.fixture
def consent(ledger: Ledger) -> str:
    return str(here("wallet", "grant", "request.json", "--yes", "--offline", "--json").json["consent"])


def queued() -> int:
    return int(here("wallet", "consents", "--offline", "--json").json["messages_waiting"])


def test_what_is_only_signed_is_said(consent: str) -> None:
    for command in ("withdraw", "pause"):
        assert CAN_LOOK in here("wallet", command, consent).out
    assert queued() == 3


def test_withdrawn_in_one_step(ledger: Ledger, consent: str) -> None:
    done = here("wallet", "withdraw", consent, *SEND)
    assert (done.status, CAN_LOOK in done.out + done.err) == (0, False)
    assert "Withdraw: recorded in block 7" in done.out
    assert (ledger.carried, queued()) == (["Withdraw"], 1)


def test_no_carrier(ledger: Ledger, consent: str) -> None:
    assert "nothing was signed" in here("wallet", "withdraw", consent, "--send").refusal
    assert queued() == 1


@pytest.mark.parametrize("way", [SEND, ("--send", "--relayer", "http://127.0.0.1:9")], ids=["account", "relayer"])
def test_a_carrier_that_does_not_answer(ledger: Ledger, consent: str, way: tuple[str, ...]) -> None:
    ledger.down = True
    done = here("wallet", "withdraw", consent, *way)
    assert (done.status, "did not answer" in done.err, CAN_LOOK in done.err) == (1, True, True)
    assert queued() == 2
    ledger.down = False
    assert here("wallet", "withdraw", consent, *SEND).status == 0
    assert queued() == 1


def test_what_never_began_is_cleared(ledger: Ledger, consent: str, home: Path) -> None:
    kept = here("wallet", "consents", "--offline", "--json").json["consents"]
    assert len(kept) == 1
    ledger.said = "NONE"
    assert "Nothing is left" in here("wallet", "clear", "--yes").out  # its grant is queued
    here("wallet", "send", "--account", "0x" + 40 * "1")
    assert queued() == 0
    soon = here("wallet", "clear", "--yes")
    assert "can carry it until" in soon.err
    assert "Nothing is left" in soon.out
    ledger.clock = 2**40
    assert "no terminal to ask at" in here("wallet", "clear").err
    done = here("wallet", "clear", "--yes")
    assert (done.status, "Cleared: 1." in done.out) == (0, True)
    assert here("wallet", "consents", "--offline", "--json").json == {
        "consents": [], "messages_waiting": 0, "erased": 1,
    }  # fmt: skip
    assert here("wallet", "requests", "--offline", "--json").json["requests"] == []


@pytest.mark.parametrize("status", ["SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED", "WITHDRAWN"])
def test_what_began_stays(ledger: Ledger, consent: str, status: str) -> None:
    ledger.said, ledger.clock = status, 2**40
    assert "Nothing is left" in here("wallet", "clear", "--yes").out
    assert status not in here("wallet", "consents").out
    assert here("wallet", "consents", "--json").json["consents"][0]["status"] == status


def test_help_begins_with_the_wallet(home: Path) -> None:
    printed = here("--help").out
    places = [printed.index(f"│ {name} ") for name in ("wallet", "adviser", "audit", "member", "relayer", "witness")]
    assert places == sorted(places)
