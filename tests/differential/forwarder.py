"""A contract that passes on what it is told: whoever calls it sends twenty bytes of an address, and a call of that."""

from typing import Any, Final

from jamjar.model.decision import Revert
from jamjar.model.replay import replay
from tests.differential.moves import Move
from tests.differential.scene import Scene
from tests.stateful.chain import Reverted

CODE: Final = bytes.fromhex(
    "601436036014600037"  # copy what comes after the address
    "60006000601436036000600060003560601c5af1"  # call the address with it
    "3d600060003e"  # copy what it answered
    "602a573d6000fd5b3d6000f3"  # revert with that, or return it
)
"""Its runtime code, in EVM opcodes."""
_CREATION: Final = bytes.fromhex(f"60{len(CODE):02x}80600b6000396000f3") + CODE


class Forwarder:
    """The contract, deployed beside a scene's."""

    def __init__(self, scene: Scene) -> None:
        self.scene, system = scene, scene.system
        self.address, _ = system.chain.deploy(system.accounts[0], _CREATION)

    def make(self, origin: int, move: Move) -> Any:
        """Have it call, in a transaction of an account; the outcome is that of a call by the contract."""
        scene = self.scene
        system, contract = scene.system, scene.system.contracts[move.contract]
        expected = move.rule(scene.state, scene.time, self.address, *move.asked)
        data = bytes.fromhex(contract.address[2:]) + contract.calldata(move.function, *move.arguments)
        answer = system.chain.send(scene.time, system.accounts[origin], self.address, data, 0)
        come = contract.error(answer.data) if isinstance(answer, Reverted) else system.events(answer)
        assert come == expected, f"{move.function}: {come}, not {expected}"
        if not isinstance(expected, Revert):
            scene.state = replay(scene.state, expected, scene.time)
        return expected
