"""The operator's relayer and the wallet that uses one, as commands; the relayer answers over HTTP, the node does not.

When there is no such database, keystore or node   one line that says what to do
When another program works on the database         one line, and nothing is carried
When it is told the most that gas may cost         that holds, and a number that no database holds is refused
When the wallet sends to a relayer                 what it says of each message, and its receipts in a folder
When one consent's message fails                   each consent's withdrawal is tried all the same
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from eth_account import Account
from sqlalchemy import update

from jamjar.cli.options import Locations
from jamjar.cli.wallet import relaying
from jamjar.errors import InvalidInput
from jamjar.model.state import Consent
from jamjar.protocol.typed_data import Commit, Withdraw
from jamjar.relayer.item import ItemState
from jamjar.relayer.settings import CarrierSettings
from jamjar.relayer.tables import ITEMS
from jamjar.service.database import alone, transaction
from tests.unit.cli.home import here, write_request
from tests.unit.relayer.world import World
from tests.unit.wallet.scene import FakeLedger

SEND = ("wallet", "send", "--relayer")


class Ledger(FakeLedger):
    """Where every account acts for an active operator."""

    def member_of(self, account: str) -> int:
        return 1

    def consent(self, consent: str) -> Consent:
        return Consent()

    def read(self, contract: str, function: str, *arguments: Any) -> bool:
        return True


@pytest.fixture
def world(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(Locations, "ledger", lambda _: Ledger())
    made = World(f"sqlite:///{home / 'relayer.db'}")
    made.clock.now = time.time()
    with made.running():
        yield made
    made.queue.close()


@pytest.fixture
def keystore(home: Path) -> str:
    account = Account.from_key(b"\1" * 32).encrypt("secret", kdf="pbkdf2", iterations=100)
    (home / "operator.json").write_text(json.dumps(account))
    (home / "password").write_text("secret\n")
    return "--account=operator.json"


@pytest.mark.parametrize("command", ["status", "drain"])
def test_a_database_that_is_not_there(home: Path, keystore: str, command: str) -> None:
    options = [] if command == "status" else [keystore, "--password-file", "password"]
    assert (
        "There is no database none.db" in here("relayer", command, *options, "--database", "sqlite:///none.db").refusal
    )
    assert "is neither sqlite:///FILE nor" in here("relayer", command, *options, "--database", "none.db").refusal
    assert not (home / "none.db").exists()


@pytest.mark.parametrize("command", ["serve", "drain"])
def test_a_keystore_that_is_not_there(home: Path, command: str) -> None:
    assert "cannot be read" in here("relayer", command, "--account", "none.json").refusal


def test_a_database_that_another_program_works_on(world: World, keystore: str) -> None:
    with alone(world.queue.engine):
        for command in ("serve", "drain"):
            refused = here("relayer", command, keystore, "--password-file", "password").refusal
            assert "Another program works on this database" in refused


def test_the_wallet_sends_to_a_relayer(world: World, home: Path) -> None:
    for begin in ("midnight", "midnight", "now"):
        here("wallet", "grant", write_request(home / "request.json"), "--yes", "--offline", "--begin", begin)
    world.clock.now += 290
    sent = here(*SEND, world.url, "--receipts", "receipts", "--all", "--now")
    assert (sent.status, sent.out.count("accepted, to be carried by")) == (1, 2)
    assert "takes for one person's" in sent.err.splitlines()[0]
    assert sent.err.splitlines()[1].startswith("jamjar: Grant is still queued. ")
    kept = [json.loads(file.read_text()) for file in (home / "receipts").iterdir()]
    assert {receipt["operator"] for receipt in kept} == {world.operator.address}

    with transaction(world.queue.engine) as connection:
        connection.execute(update(ITEMS).values(state=ItemState.REJECTED, reason="ConsentExists: make a fresh key"))
    world.clock.now += 3 * 86400  # so that they could not be carried now either
    again = here(*SEND, world.url, "--all", "--now").out
    assert again.count("rejected, as the relayer says: make a fresh key") == 2
    assert here("relayer", "status", "--json").json["counts"]["rejected"] == 2
    assert "make a" in here("relayer", "status").out


def test_a_relayer_that_is_not_there(world: World) -> None:
    here("wallet", "grant", "request.json", "--yes", "--offline", "--begin", "now")
    assert "did not answer" in here(*SEND, "http://127.0.0.1:9").refusal
    assert "does not begin with http" in here(*SEND, "127.0.0.1:9").refusal


@pytest.mark.parametrize("command", ["serve", "drain"])
def test_the_most_that_gas_may_cost(world: World, keystore: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["relayer", command, keystore, "--password-file", "password"]
    for wrong in ("-1", str(2**63)):
        assert "--most-gas-price" in here(*asked, "--most-gas-price", wrong).err
    found: list[CarrierSettings] = []

    def stop(*arguments: Any) -> None:
        found.append(arguments[-1])
        raise InvalidInput("Enough; stop.")

    monkeypatch.setattr("jamjar.cli.relayer._carrier", stop)
    assert "Enough" in here(*asked, "--most-gas-price", "7").refusal
    assert "Enough" in here(*asked).refusal
    assert [each.most_gas_price for each in found] == [7, CarrierSettings().most_gas_price]


def test_no_failure_holds_a_withdrawal_of_any_consent() -> None:
    """The first error is raised once every withdrawal was tried."""
    tried = list[tuple[str, ...]]()

    class Way:
        def send(self, ready: list[Any], now: int, *, at_once: bool) -> None:
            tried.append(tuple(type(each.signed.message).__name__ for each in ready))
            raise InvalidInput(f"Failure {len(tried)}.")

    def waiting(*messages: Any) -> list[Any]:
        return [SimpleNamespace(signed=SimpleNamespace(message=each)) for each in messages]

    one, two, three = (f"0x{digit * 40}" for digit in "123")
    commit = Commit(one, bytes(32), b"\1" * 32)
    found = [waiting(commit), waiting(commit, Withdraw(two)), waiting(Withdraw(three)), []]
    with pytest.raises(InvalidInput, match="Failure 1"):
        relaying._send_each(Way(), found, 0, at_once=True)  # type: ignore[arg-type]
    assert tried == [("Commit", "Withdraw"), ("Withdraw",)]
