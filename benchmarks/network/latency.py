"""How long a message takes from a relayer's acceptance to the first node, to the last, and until it is final."""

import secrets
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from jamjar.ledger.carried import is_carried
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Withdraw
from jamjar.relayer.client import RelayerClient
from jamjar.relayer.item import ItemState
from jamjar.service.refusal import Refused

PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians in seconds after acceptance: in a block at the first node, at the last node, and final at the relayer."""

    first: float
    last: float
    final: float

    @property
    def spread(self) -> float:
        """Seconds from the first node that shows it to the last."""
        return self.last - self.first


def latency(client: RelayerClient, ledgers: Sequence[Ledger], messages: int) -> Latency:
    """Send withdrawals one after another, and look for each at every node."""
    found = [_one(client, ledgers) for _ in range(messages)]
    return Latency(*(statistics.median(each) for each in zip(*found, strict=True)))


def _one(client: RelayerClient, ledgers: Sequence[Ledger]) -> tuple[float, float, float]:
    key = ConsentKey.generate(secrets.token_bytes)
    signed = sign(key, ledgers[0].deployment.domain_of(Withdraw), Withdraw(key.address))
    client.send(signed)
    accepted = time.perf_counter()
    missing, first, last = list(ledgers), 0.0, 0.0
    while missing:
        missing = [ledger for ledger in missing if not is_carried(signed, ledger)]
        last = time.perf_counter() - accepted
        if len(missing) < len(ledgers):
            first = first or last
        time.sleep(PAUSE if missing else 0)
    while not _is_final(client, signed):
        time.sleep(PAUSE)
    return first, last, time.perf_counter() - accepted


def _is_final(client: RelayerClient, signed: object) -> bool:
    try:
        return client.look(signed).state is ItemState.RECORDED  # type: ignore[arg-type]
    except Refused:  # it still waits
        return False
