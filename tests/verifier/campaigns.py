"""Random campaigns of the stateful tests' machine, each verified by the independent verifier where it ends."""

from typing import ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from assurance.verifier.verifier import Foretold, verify
from jamjar.crypto.hashing import keccak256
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.sandbox.anvil import CHAIN_ID
from jamjar.sandbox.members import ROLES
from tests.stateful.machine import Machine
from tests.stateful.node import Node, own_node
from tests.stateful.report import Tally
from tests.stateful.system import System

STEPS, EXAMPLES = 150, 24
ENOUGH = 250
"""So many transactions make a campaign; an example that was broken off early is not verified."""


class Verified(Machine):
    """The machine, whose every example is verified before its chain is taken back."""

    node: ClassVar[Node]
    deployment: ClassVar[Deployment]
    foretold: ClassVar[Foretold]

    def everything_holds(self) -> None:
        """Count the step: what holds is for the verifier to say."""
        self.length += 1

    def teardown(self) -> None:
        if self.length >= STEPS - 1 and self.foretold.transactions < ENOUGH:
            self.foretold.add(verify(self.node.rpc.url, self.deployment))
        super().teardown()


def campaign(number: int) -> Foretold:
    """Play a campaign from this seed on a node of its own, verify it, and return what was foretold."""
    with own_node() as node:
        system = System(node, ROLES)
        of = {
            "system": system,
            "start": system.deployed,
            "tally": Tally(),
            "node": node,
            "deployment": _deployment(node, system),
            "foretold": Foretold(),
        }
        machine = type("Campaign", (Verified,), of)
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            seed(number)(machine),
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
        return of["foretold"]


def _deployment(node: Node, system: System) -> Deployment:
    hashes = {
        name: "0x" + keccak256(bytes.fromhex(node.rpc.call("eth_getCode", contract.address, "latest")[2:])).hex()
        for name, contract in system.contracts.items()
    }
    deployed = {name: DeployedContract(each.address, hashes[name]) for name, each in system.contracts.items()}
    return Deployment.of(CHAIN_ID, 1, "test", deployed, system.settings)
