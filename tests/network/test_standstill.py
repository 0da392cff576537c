"""Clique stands still though enough signers run: each of three has sealed the newest block itself.

Given one signer stopped, and three who each sealed a block of their own upon the same two    no new block
When the engine is told to begin                    one takes another's block, and all go on from one chain
"""

import shutil
import signal
from collections.abc import Iterator

import pytest

from jamjar.network.engines import ENGINES
from tests.network.running import CHOSEN, RealNetwork, real_network, wait


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealNetwork]:
    if "geth" not in CHOSEN or not shutil.which("go"):
        pytest.skip("Only Clique stands still so; install Go, and have JAMJAR_ENGINES name geth.")
    with real_network(tmp_path_factory.mktemp("networks") / "net", "geth") as found:
        yield found


class Sealing:
    """Who seals the next blocks, and nobody else."""

    def __init__(self, network: RealNetwork) -> None:
        self.network = network
        signers = sorted(network.plan.validators(), key=lambda each: each.address.lower())
        self.turns = [each.number for each in signers]
        self.number_of = {each.address.lower(): each.number for each in signers}

    def quiet(self) -> int:
        """Stop all signers, and return the newest block's number once all have the same one."""
        network = self.network
        network.agree()
        network.tell("miner_stop", *network.numbers)
        network.halts(1)
        return network.height(1)

    def next_stopped(self, block: int) -> tuple[int, int] | None:
        """Return who is to seal next, out of turn, and be stopped, and who after that, in turn; None if not now."""
        network, at = self.network, len(self.turns)
        last, before = self.turns[(block + 3) % at], self.turns[(block + 2) % at]
        sealers = {network.rpc(1).one("clique_getSigner", hex(each)) for each in (block, block - 1)}
        heads = {network.block_hash(number, block) for number in network.numbers}
        free = last not in {self.number_of[each] for each in sealers}
        return (last, before) if free and len(heads) == 1 and "" not in heads else None

    def seal(self, number: int, block: int) -> None:
        network = self.network
        network.tell("miner_start", number)
        wait(lambda: min(map(network.height, network.numbers)) >= block, "nobody sealed")
        network.tell("miner_stop", number)


def test_each_with_a_block_of_its_own(network: RealNetwork) -> None:
    sealing, chosen = Sealing(network), None
    while chosen is None:
        block = sealing.quiet()
        if (chosen := sealing.next_stopped(block)) is None:
            network.tell("miner_start", *network.numbers)
    stopped, before = chosen
    sealing.seal(stopped, block + 1)
    sealing.seal(before, block + 2)
    network.signal(stopped, signal.SIGSTOP)
    live = [number for number in network.numbers if number != stopped]
    try:
        across(network, live, ENGINES["geth"].expels)
        wait(lambda: all(network.peers(number) <= 1 for number in live), "nodes are not alone")
        network.tell("miner_start", *live)
        three = [number for number in live if number != before]
        wait(lambda: all(network.height(number) == block + 3 for number in three), "a signer has no block of its own")
        across(network, live, ENGINES["geth"].admits)
        wait(lambda: all(network.peers(number) >= len(three) for number in live), "nodes are not linked")
        network.halts(before)
        assert len({network.block_hash(number, block + 3) for number in three}) == len(three)
        network.goes_on(*live)
    finally:
        network.signal(stopped, signal.SIGCONT)
    network.agree()


def across(network: RealNetwork, numbers: list[int], methods: tuple[str, ...]) -> None:
    for one in numbers:
        for other in (each for each in numbers if each != one):
            for method in methods:
                network.rpc(one).one(method, ENGINES["geth"].peer_url(network.plan.node(other)))
