"""One measurement: a consortium on some nodes, batches recorded by them, and single messages through a relayer."""

import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.network.cost import Cost, can_measure, cost
from benchmarks.network.latency import Latency, latency
from benchmarks.network.nodes import LocalNodes, local_nodes
from benchmarks.network.recording import Recorded, Recorder
from benchmarks.network.services import TWO_OPERATORS, relayer
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Commit, Grant, Message
from jamjar.relayer.client import RelayerClient
from jamjar.relayer.ledger_view import is_operator
from jamjar.sandbox.anvil import anvil
from jamjar.sandbox.institutions import ADVISER, OPERATOR, Institutions
from jamjar.sandbox.members import MEMBERS
from jamjar.service.json_rpc import JsonRpc

SINGLE: Final = 10
"""Messages whose latency is measured, one after another."""
AHEAD: Final = 60
IDLE_BLOCKS: Final = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """What was measured with so many nodes; their cost is None for one alone, and where the system does not tell.

    grants, first, again  grants, first commitments and commitments that replace those, all under the same consents
    idle, busy            what all nodes together took for IDLE_BLOCKS without a message, and for `first`
    slots                 bytes on disk that `first` took beyond `again`, which writes no new slots
    load                  of the machine meanwhile
    """

    engine: str
    nodes: int
    latency: Latency
    grants: Recorded
    first: Recorded
    again: Recorded
    idle: Cost | None
    busy: Cost | None
    slots: int
    load: float

    def to_fields(self) -> dict[str, Any]:
        """Return it as an object for JSON."""
        return asdict(self)


def on_nodes(folder: Path, engine: str, size: int, messages: int, say: Callable[[str], None]) -> Trial:
    """Measure a new network of so many validators."""
    say(f"{size} nodes of {engine} ...")
    with local_nodes(folder, engine, size, say) as nodes:
        urls = [nodes.url(number) for number in nodes.numbers]
        at = Institutions(folder / "consortium", _spread(urls), TWO_OPERATORS)
        return _measure(at, urls, engine, messages, nodes)


def on_one_node(folder: Path, messages: int, say: Callable[[str], None]) -> Trial:
    """Measure one development node alone, with a block each second."""
    say("One node of Anvil ...")
    with anvil("--block-time", "1", "--gas-price", "0", "--disable-min-priority-fee") as node:
        at = Institutions(folder, _spread([node.url]), TWO_OPERATORS)
        return _measure(at, [node.url], "anvil", messages, None)


def _spread(urls: list[str]) -> Mapping[int, str]:
    return {member: urls[(member - 1) % len(urls)] for member in MEMBERS}


def _measure(at: Institutions, urls: list[str], engine: str, messages: int, nodes: LocalNodes | None) -> Trial:
    deployment, account = at.found(), at.accounts[str(OPERATOR)]
    rpcs = [JsonRpc(url, seconds=60, name=f"Node {number}") for number, url in enumerate(urls, 1)]
    recorder = Recorder(deployment, account, rpcs)
    keys = [ConsentKey.generate(secrets.token_bytes) for _ in range(messages)]
    roots = [secrets.token_bytes(32) for _ in range(2 * messages)]
    start = int(time.time()) + AHEAD + messages // 50

    def signed(make: Callable[[int, str], Message]) -> list[Any]:
        made = [make(place, key.address) for place, key in enumerate(keys)]
        return [sign(key, deployment.domain_of(type(each)), each) for key, each in zip(keys, made, strict=True)]

    terms = secrets.token_bytes(32)
    grants = recorder.record(
        signed(lambda _, at: Grant(at, ADVISER, start, start + 180 * DAY, start + 80 * DAY, 12, terms))
    )
    timed = _latency(at, urls, engine)
    idle = _idle(nodes, recorder)
    while time.time() < start + 3:
        time.sleep(0.2)
    costs = [_cost(nodes)]
    first = recorder.record(signed(lambda place, at: Commit(at, roots[place], bytes(32))))
    costs.append(_cost(nodes))
    again = recorder.record(signed(lambda place, at: Commit(at, roots[messages + place], roots[place])))
    costs.append(_cost(nodes))
    before, between, after = costs
    busy = between.since(before, 1) if before and between else None
    slots = (between.disk - before.disk) - (after.disk - between.disk) if before and between and after else 0
    return Trial(engine, len(urls), timed, grants, first, again, idle, busy, slots, os.getloadavg()[0])


def _latency(at: Institutions, urls: list[str], engine: str) -> Latency:
    service = relayer(at, OPERATOR, engine if engine != "anvil" else "kaia")
    members = list(at.nodes)[: len(urls)]
    ledgers = [at.ledger(member) for member in members]
    try:
        service.start()
        return latency(RelayerClient(service.url, at.found(), is_operator(ledgers[0])), ledgers, SINGLE)
    finally:
        service.end()


def _idle(nodes: LocalNodes | None, recorder: Recorder) -> Cost | None:
    before, first = _cost(nodes), recorder.height()
    if nodes is None or before is None:
        return None
    while recorder.height() < first + IDLE_BLOCKS:
        time.sleep(0.1)
    return cost(nodes).since(before, IDLE_BLOCKS / (recorder.height() - first))


def _cost(nodes: LocalNodes | None) -> Cost | None:
    return cost(nodes) if nodes is not None and can_measure() else None
