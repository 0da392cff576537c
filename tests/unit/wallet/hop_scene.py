"""A wallet, a hop and a relayer, on one clock, each over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jamjar.hop.passing import GatewayClient
from jamjar.protocol.settings import DAY
from jamjar.relayer.app import create_app
from jamjar.vault.vault import Vault
from jamjar.wallet.by_hop import RelayerByHop
from jamjar.wallet.calendar import HOPPED
from jamjar.wallet.sending import Sent, SentState, relay
from jamjar.wallet.timetable import timetable
from jamjar.wallet.wallet import Wallet
from tests.unit.hop.world import EPOCH, HopWorld, gateway, rules
from tests.unit.relayer.test_vouching import door
from tests.unit.relayer.world import DEPLOYMENT, NOW, SETTINGS, World
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS, FakeLedger, drawn

BEGINS = NOW + 3 * DAY


class ToRelayer(GatewayClient):
    """The way of a hop to the relayer that a test runs, and what went by it."""

    def __init__(self, relayer: World) -> None:
        super().__init__(30)
        self.relayer, self.passed = relayer, list[bytes]()

    def pass_on(self, gateway: str, data: bytes, length: int) -> bytes:
        self.passed.append(data)
        return super().pass_on(self.relayer.url, data, length)

    def key(self, gateway: str) -> Any:
        return super().key(self.relayer.url)


class Scene:
    """A wallet, a hop and a relayer, on one clock."""

    def __init__(self, folder: Path) -> None:
        self.relayer = World(f"sqlite:///{folder / 'relayer.db'}", SETTINGS)
        self.way = ToRelayer(self.relayer)
        self.hop = HopWorld(folder, self.way)
        self.hop.clock = self.hop.hop._clock = self.hop.passing._clock = self.relayer.clock
        vault = Vault.create(str(folder / "wallet.vault"), PASSPHRASE, cost=CHEAP)
        self.wallet = Wallet(DEPLOYMENT, vault, drawn(), self.relayer.clock)
        times = {"valid_from": BEGINS, "valid_until": BEGINS + 90 * DAY, "reconfirm_by": BEGINS + 30 * DAY}
        self.consent = self.wallet.grant(TERMS, **times, max_uses=3).message.consent
        self.ledger = FakeLedger(self.wallet)

    def client(self) -> RelayerByHop:
        known = lambda account: account == self.relayer.operator.address  # noqa: E731
        hop = self.hop.client(rules(clock=self.relayer.clock))
        return RelayerByHop(self.wallet, self.relayer.client(known), hop, self.relayer.clock)

    def send(self, **options: Any) -> list[Sent]:
        waiting = [each for each, _ in timetable(self.wallet).get(self.consent, ())]
        return list(relay(self.wallet, waiting, self.client(), self.ledger, int(self.relayer.clock()), **options))

    def states(self, **options: Any) -> list[SentState]:
        return [each.state for each in self.send(**options)]

    def pass_on(self) -> None:
        self.relayer.clock.now += EPOCH
        self.hop.passing.pass_once()

    def records(self) -> list[str]:
        with self.wallet.vault.reading() as transaction:
            return [name for name, _ in transaction.all(HOPPED)]


@contextmanager
def running(folder: Path, *, asks_for_tokens: bool = False) -> Iterator[Scene]:
    """Run hop and relayer during the block; the relayer asks for tokens, or does not."""
    made = Scene(folder)
    if asks_for_tokens:
        made.relayer.intake = door(made.relayer)
    app = create_app(made.relayer.intake, made.relayer.metrics, lambda: None, gateway=gateway())
    with made.relayer.running(app), made.hop.running():
        yield made
    made.wallet.vault.close()
    made.hop.store.close()
    made.relayer.queue.close()
