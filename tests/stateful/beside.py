"""A system beside the model of it: what is done to the one is decided by the other."""

from dataclasses import dataclass
from typing import Any, ClassVar

from jamjar.model.decision import Outcome, Revert
from jamjar.model.replay import replay
from jamjar.model.state import LedgerState
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Withdraw
from tests.stateful.papers import Paper, key_number, sign
from tests.stateful.report import Tally
from tests.stateful.system import Receipt, System


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction: the contract called, the state before it, what had to come of it and what did."""

    contract: str
    before: LedgerState
    expected: Outcome
    receipt: Receipt


class Beside:
    """One example: a system as it was deployed, the model of it, and all that was signed."""

    system: ClassVar[System]
    start: ClassVar[LedgerState]
    tally: ClassVar[Tally]

    def __init__(self) -> None:
        super().__init__()
        self.snapshot = self.system.chain.snapshot()
        self.state = self.start
        self.time = self.system.chain.now()
        self.keys: list[ConsentKey] = []
        self.withdrawals: dict[str, Paper] = {}  # signed when the key was made, like a panic card
        self.papers: list[Paper] = []
        self.steps: list[Step] = []
        self.withdrawn: set[str] = set()
        self.length = -1  # the check before the first step counts none

    def teardown(self) -> None:
        self.tally.lengths[self.length] += 1
        self.system.chain.revert(self.snapshot)

    def act(self, caller: str, contract: str, function: str, arguments: Any, expected: Outcome) -> None:
        data = self.system.contracts[contract].calldata(function, *arguments)
        self.send(caller, contract, function, data, expected)

    def send(self, caller: str, contract: str, what: str, data: bytes, expected: Outcome, value: int = 0) -> None:
        receipt = self.system.send(self.time, caller, contract, data, value)
        self.steps.append(Step(contract, self.state, expected, receipt))
        if not isinstance(expected, Revert):
            self.state = replay(self.state, expected, self.time)
        self.tally.calls[f"{contract}.{what}"] += 1
        self.tally.events.update((contract, event.name) for event in receipt.events)
        reasons = [a for event in receipt.events for a in event.arguments if isinstance(a, Revert)]
        self.tally.refusals.update((contract, refused.name) for refused in [receipt.refused, *reasons] if refused)

    def carry(self, caller: str, paper: Paper) -> None:
        kind = paper.kind
        expected = kind.single(self.state, self.time, caller, paper.signed)
        self.act(caller, kind.contract, kind.function, paper.arguments(), expected)

    def wait_until(self, time: int) -> None:
        self.system.chain.wait_until(time)
        self.time = time

    def new_key(self) -> ConsentKey:
        key = key_number(len(self.keys))
        self.keys.append(key)
        self.withdrawals[key.address] = sign(self.system, key, Withdraw(key.address))
        return key
