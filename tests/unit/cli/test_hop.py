"""A hop as commands: its member's, the gateway's, and the wallet's that sends through it.

When a key is made                                a private file, signed by the account, for one relayer or mailbox
When a hop has nothing to pass on to              one line that says what to do
When a gateway has no key, or no hop              one line
When the wallet names a hop, and no gateway       one line
When the wallet sends what can wait               the hop keeps it, and the same command fetches the answer
When the wallet does not wait                     it is with the relayer, by the same command
When a hop gives another member's key             one line, and nothing is sent
"""

import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from eth_account import Account

from jamjar.cli.options import Locations
from jamjar.cli.wallet import relaying
from jamjar.hop.gateway_key import GatewaySecret
from jamjar.protocol.settings import DAY
from jamjar.relayer.app import create_app
from jamjar.vault.vault import Vault
from jamjar.wallet.calendar import Calendar
from jamjar.wallet.wallet import Wallet
from tests.unit.cli.home import here, write_request
from tests.unit.cli.test_relaying import Ledger
from tests.unit.hop.world import EPOCH, RELAYER, HopWorld, gateway
from tests.unit.relayer.world import World
from tests.unit.wallet.hop_scene import ToRelayer
from tests.unit.wallet.scene import PASSPHRASE


@pytest.fixture
def keystore(home: Path) -> list[str]:
    account = Account.from_key(b"\1" * 32).encrypt("secret", kdf="pbkdf2", iterations=100)
    (home / "operator.json").write_text(json.dumps(account))
    (home / "password").write_text("secret\n")
    return ["--account=operator.json", "--password-file", "password"]


@pytest.fixture
def hop(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HopWorld]:
    monkeypatch.setattr(Locations, "ledger", lambda _: Ledger())
    relayer = World(f"sqlite:///{home / 'relayer.db'}")
    relayer.clock.now = time.time()
    made = HopWorld(home, ToRelayer(relayer))
    made.clock.now = time.time()
    with relayer.running(create_app(relayer.intake, relayer.metrics, lambda: None, gateway=gateway())), made.running():
        yield made
    made.store.close()
    relayer.queue.close()


def test_a_key_is_made(home: Path, keystore: list[str]) -> None:
    done = here("hop", "key", *keystore, "--relayer", RELAYER, "--out", "gateway.key", "--days", "2")
    file = home / "gateway.key"
    made = GatewaySecret.from_json(file.read_text())
    assert (done.status, stat.S_IMODE(file.stat().st_mode)) == (0, 0o600)
    assert (made.signed.key.gateway, made.signed.account) == (RELAYER, Account.from_key(b"\1" * 32).address)
    assert 0 < made.signed.key.valid_until - time.time() <= 2 * DAY
    assert made.private.to_bytes().hex() not in done.out
    assert "exists already" in here("hop", "key", *keystore, "--relayer", RELAYER, "--out", "gateway.key").refusal
    assert "name either --relayer or" in here("hop", "key", *keystore, "--out", "other.key").refusal


def test_what_cannot_be_served(home: Path, keystore: list[str]) -> None:
    here("hop", "key", *keystore, "--mailbox", "https://mail.example", "--out", "mail.key")
    serve = ("relayer", "serve", *keystore)
    assert "no gateway to pass on to" in here("hop", "serve").refusal
    assert "does not begin with http" in here("hop", "serve", "--relayer", "relayer.example").refusal
    assert "neither sqlite" in here("hop", "serve", "--relayer", RELAYER, "--database", "hop.db").refusal
    assert "needs a key" in here(*serve, "--hop", "192.0.2.1").refusal
    assert "No hop is named" in here("mailbox", "serve", "--gateway-key-file", "mail.key").refusal
    assert "not of a relayer's" in here(*serve, "--gateway-key-file", "mail.key", "--hop", "192.0.2.1").refusal
    assert "cannot be read" in here(*serve, "--gateway-key-file", "none.key", "--hop", "192.0.2.1").refusal


def test_a_hop_without_a_gateway(home: Path) -> None:
    for half in (("--hop", "https://hop.example"), ("--gateway", "4")):
        assert "give both --hop and --gateway" in here("wallet", *half, "consents").refusal
    assert "does not begin with http" in here("wallet", "--hop", "hop", "--gateway", 1, "consents").refusal


def test_the_wallet_sends_through_a_hop(hop: HopWorld, home: Path) -> None:
    here("wallet", "grant", write_request(home / "request.json"), "--yes", "--offline", "--begin", "midnight")
    through = ("wallet", "--hop", hop.url, "--gateway", 1)
    send = (*through, "send", "--relayer", RELAYER)
    again = (*through, "agent", "--once", "--relayer", RELAYER)
    assert "Queued: Grant" in here(*through, "send").refusal
    sent = here(*send, "--now", "--all")
    assert (sent.status, "accepted, to be carried by" in sent.out) == (0, True)
    assert (here(*again).status, hop.passes.relayer.queue.open()) == (0, 1)


def test_what_can_wait_is_kept_and_fetched(hop: HopWorld, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here("wallet", "grant", write_request(home / "request.json"), "--yes", "--offline", "--begin", "midnight")
    file = next(home.glob("**/*.vault"))
    with Vault.open(str(file), PASSPHRASE) as vault:
        place = Locations(str(file), None, Path(os.environ["JAMJAR_DEPLOYMENT"]), "", hop.url, (1,))
        wallet = Wallet(place.read_deployment(), vault)
        way = relaying.relaying(place, wallet, RELAYER, Ledger())
        valid_from = wallet.outgoing()[0].message.valid_from
        relaying.send_due(way, valid_from - 60)  # when it is due; by this machine's clock it is not late
        assert "the hop passes it on by" in capsys.readouterr().out or way.taken
        hop.clock.now += EPOCH
        hop.passing.pass_once()
        relaying.send_due(way, valid_from + 3 * DAY)
        assert (way.taken, way.refused, hop.passes.relayer.queue.open()) == (1, 0, 1)
        signed, at = wallet.outgoing()[0], valid_from + 4 * DAY
        wallet.settle(signed)  # nothing waits, and a dummy goes at the second at which a message would
        assert relaying.send_due(way, at) == Calendar(wallet.secret(signed.message.consent)).after(at)


def test_a_hop_that_gives_another_s_key(hop: HopWorld, home: Path) -> None:
    here("wallet", "grant", write_request(home / "request.json"), "--yes", "--offline", "--begin", "now")
    refused = here("wallet", "--hop", hop.url, "--gateway", 7, "send", "--relayer", RELAYER).refusal
    assert "was signed for member 1" in refused
    assert hop.passes.passed == []
