"""A stranger who has the first block and every member's address gets nothing, from either engine.

Given all members are connected      the stranger finds no peer, and has the first block only; members go on
"""

from dataclasses import replace
from pathlib import Path

import pytest
from eth_account import Account

from jamjar.errors import NodeUnavailable
from jamjar.network import processes, running
from jamjar.network.building import built
from jamjar.network.engines import ENGINES
from jamjar.network.plan import NetworkNode
from jamjar.network.setting_up import GENESIS
from jamjar.service import private_file
from jamjar.service.json_rpc import JsonRpc
from jamjar.service.ports import free_port
from tests.network.running import CHOSEN, RealNetwork, real_network, wait

KEY = bytes([77]) * 32
BLOCKS = 40
"""More than a node takes to dial its peers again, at a block a second."""


def a_stranger(network: RealNetwork, folder: Path) -> NetworkNode:
    """Start a node that follows, with all that members know of each other; no member knows it."""
    engine, account = ENGINES[network.plan.engine], Account.from_key(KEY)
    public = account._key_obj.public_key.to_bytes().hex()
    node = NetworkNode(99, False, public, account.address, free_port(), free_port(), free_port())
    plan = replace(network.plan, nodes=(*network.plan.nodes, node))
    for name, data in engine.files(plan, node, KEY).items():
        private_file.make_folder((folder / name).parent)
        private_file.create(folder / name, data)
    program = built(engine, print)
    processes.once(folder, engine.initialise(program, folder, network.folder / GENESIS))
    processes.start(folder, engine.start(program, folder, plan, node))
    return node


@pytest.mark.parametrize("engine", CHOSEN)
def test_a_stranger(engine: str, tmp_path: Path) -> None:
    folder = tmp_path / "stranger"
    folder.mkdir()
    with real_network(tmp_path / "net", engine) as network:
        wait(
            lambda: all(node.peers == len(network.numbers) - 1 for node in network.status().nodes), "a peer is missing"
        )
        rpc = running.rpc_of(a_stranger(network, folder))
        try:
            wait(lambda: answers(rpc), "the stranger's node does not answer")
            network.goes_on(1, blocks=BLOCKS)
            assert (running.peers(rpc), running.height(rpc)) == (0, 0)
        finally:
            processes.end(folder)


def answers(rpc: JsonRpc) -> bool:
    try:
        return running.height(rpc) >= 0
    except NodeUnavailable:
        return False
