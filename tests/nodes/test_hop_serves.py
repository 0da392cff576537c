"""A hop and a relayer's gateway as members start them, and a wallet that sends through them, before a real node.

When a wallet sends what is urgent             the relayer has it at once, and the ledger soon
When the relayer is killed at the epoch        the hop holds the message; when the hop is killed, too, nothing is lost
When both run again                            it is passed on once, and the wallet fetches the answer
When the hop's database is searched            it has no byte of a message, and no consent
"""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.cli.hop_connection import hop_connections
from jamjar.cli.options import Locations
from jamjar.hop.message import GatewayKind
from jamjar.ledger.ledger import Ledger
from jamjar.relayer.client import RelayerClient
from jamjar.relayer.ledger_view import is_operator
from jamjar.relayer.queue import Queue
from jamjar.sandbox.anvil import anvil
from jamjar.service.ports import free_port
from jamjar.vault.vault import Vault
from jamjar.wallet.by_hop import RelayerByHop
from jamjar.wallet.sending import Sent, SentState, relay
from jamjar.wallet.timetable import timetable
from jamjar.wallet.wallet import Wallet
from tests.nodes.operator import Operator
from tests.stateful.node import Rpc
from tests.unit.wallet.scene import PASSPHRASE

EPOCH = 2


class ByHop(Operator):
    """An operator whose relayer takes from a hop, beside that hop."""

    def begin(self) -> None:
        self.port, self.hop_port = free_port(), free_port()
        self.hop = f"http://127.0.0.1:{self.hop_port}"
        relayer = f"http://127.0.0.1:{self.port}"
        self.run("hop", "key", "--account", "operator.json", "--relayer", relayer, "--out", "gateway.key")
        self.environment |= {"JAMJAR_HOP": self.hop, "JAMJAR_GATEWAY": "1", "JAMJAR_RELAYER": relayer}
        self.programs = [self.relayer(), self.hops()]

    def relayer(self) -> subprocess.Popen[str]:
        return self.serve(EPOCH, "--gateway-key-file", "gateway.key", "--hop", "127.0.0.1", port=self.port)

    def hops(self) -> subprocess.Popen[str]:
        words = ("--relayer", self.url, "--epoch", str(EPOCH), "--port", str(self.hop_port))
        started = self.start("hop", "serve", *words)
        assert "listens on port" in (started.stdout.readline() if started.stdout else "")
        return started

    def sent(self, vault: Vault) -> list[Sent]:
        """Send what waits, and can wait, as the agent does when it is due."""
        node, file = self.environment["JAMJAR_NODE"], Path(self.environment["JAMJAR_DEPLOYMENT"])
        place = Locations("", None, file, node, self.hop, (1,))
        deployment = place.read_deployment()
        ledger, wallet = Ledger(node, deployment), Wallet(deployment, vault)
        hop = hop_connections(place, lambda: ledger, self.url, GatewayKind.RELAYER)
        client = RelayerByHop(wallet, RelayerClient(self.url, deployment, is_operator(ledger)), hop(), time.time)
        (waiting,) = timetable(wallet).values()
        return list(relay(wallet, [each for each, _ in waiting], client, ledger, int(time.time())))

    def counts(self) -> dict[str, int]:
        queue = Queue(f"sqlite:///{self.folder / 'relayer.db'}")
        found = {state.name.lower(): count for state, count in queue.counts().items()}
        queue.close()
        return found

    def end(self) -> None:
        for each in self.programs:
            each.send_signal(signal.SIGKILL)
            each.wait(60)


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[ByHop]:
    with anvil("--block-time", 1) as node:
        rpc = Rpc(node.port)
        made = ByHop(tmp_path, rpc)
        made.begin()
        yield made
        made.end()
        rpc.close()


def test_a_hop_at_work(operator: ByHop) -> None:
    operator.run("wallet", "grant", "request.json", "--yes", "--begin", "now")
    assert "Grant: accepted, to be carried by" in operator.run("wallet", "send")
    operator.until(lambda: operator.counts()["recorded"] == 1)
    consent = json.loads(operator.run("wallet", "consents", "--json"))["consents"][0]["consent"]
    operator.run("wallet", "pause", consent)
    assert "Pause: accepted" in operator.run("wallet", "send", "--now", "--all")
    operator.until(lambda: operator.counts()["recorded"] == 2)

    operator.run("wallet", "resume", consent)
    with Vault.open(str(operator.folder / "my.vault"), PASSPHRASE) as vault:
        operator.programs[0].send_signal(signal.SIGSTOP)  # the hop has its key, and gets no answer
        *known, kept = operator.sent(vault)
        assert ([each.state for each in known], kept.state) == ([SentState.KNOWN], SentState.KEPT)
        operator.end()
        stored = b"".join(file.read_bytes() for file in operator.folder.glob("hop.db*"))
        assert stored
        for known in (consent.encode(), consent[2:].lower().encode(), bytes.fromhex(consent[2:]), b"Resume", b"127.0"):
            assert known not in stored
        assert kept.signed.signature.r not in stored
        operator.programs = [operator.relayer(), operator.hops()]
        found = operator.sent(vault)
        while found[0].state is SentState.KEPT:
            time.sleep(0.5)
            found = operator.sent(vault)
        assert [each.state for each in found] == [SentState.TAKEN]
    operator.until(lambda: operator.counts()["recorded"] == 3)
    assert operator.counts() == {"waiting": 0, "carried": 0, "recorded": 3, "rejected": 0}
