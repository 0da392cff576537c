"""The one node of five that is made odd, and well again."""

import shutil
from pathlib import Path

from jamjar.network import processes, running
from jamjar.network.building import built
from jamjar.network.engines import ENGINES
from jamjar.network.setting_up import GENESIS
from tests.network.running import RealNetwork

ODD = 5


class OddNode:
    """The odd node: its folder, its key, and its data, which may begin again."""

    def __init__(self, network: RealNetwork) -> None:
        self.network, self.engine = network, ENGINES[network.plan.engine]
        self.node = network.plan.node(ODD)
        self.place = running.node_folder(network.folder, self.node)
        keys = (self.place / "nodekey", self.place / "data/klay/nodekey")
        self.key = bytes.fromhex(next(each for each in keys if each.exists()).read_text())

    def empty(self) -> None:
        """End it, and remove all that it has."""
        self.network.down(ODD)
        (self.place / "initialised").unlink(missing_ok=True)
        shutil.rmtree(self.place / "data")
        (self.place / "data").mkdir()

    def begin(self, genesis: Path) -> None:
        """Start it from a first block, with the files that it has before it ever starts."""
        for name, data in self.engine.files(self.network.plan, self.node, self.key).items():
            (self.place / name).parent.mkdir(parents=True, exist_ok=True)
            (self.place / name).write_bytes(data)
        program = built(self.engine, print)
        processes.once(self.place, self.engine.initialise(program, self.place, genesis))
        (self.place / "initialised").touch()
        processes.start(self.place, self.engine.start(program, self.place, self.network.plan, self.node))

    def is_well_again(self) -> None:
        """Begun again from the right first block, it has what the others have."""
        self.empty()
        self.begin(self.network.folder / GENESIS)
        self.network.up(ODD)  # which tells it what it has to be told
        self.network.agree()
