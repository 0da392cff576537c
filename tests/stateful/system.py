"""The four contracts on a chain: deployed as `deploy` deploys them, called and decoded with their ABIs alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jamjar.model.decision import Revert
from jamjar.model.member_rules import admit
from jamjar.model.replay import replay
from jamjar.model.state import Administration, DeploymentRules, Emitted, LedgerState
from jamjar.protocol.deployment import CONTRACTS
from jamjar.protocol.settings import Settings, constructor_arguments
from tests.stateful.chain import Chain, Log, Reverted
from tests.stateful.contract import Contract

ROLES = ("SPONSOR", "ADVISER", "AUDITOR", "OPERATOR")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a transaction: its time, and its events in order or the error it was refused with."""

    time: int
    events: tuple[Emitted, ...]
    refused: Revert | None


class System:
    """The deployed contracts, and the chain they are on."""

    def __init__(self, chain: Chain, settings: Settings = Settings()) -> None:  # noqa: B008 - frozen
        self.chain = chain
        self.accounts = chain.accounts
        self.contracts = {name: Contract(name) for name in CONTRACTS}
        administrator = settings.administrator or self.accounts[0]
        at: dict[str, str] = {}
        events: list[Emitted] = []
        for name, contract in self.contracts.items():
            code = contract.creation(*constructor_arguments(name, settings, administrator, at))
            contract.address, logs = chain.deploy(self.accounts[0], code)
            at[name] = contract.address
            events += self._events(logs)
        self.roles = {role: self.view("Consortium", role) for role in ROLES}
        most = self.view("ConsentRegistry", "MOST_ITEMS")
        assert most == self.view("CommitmentRegistry", "MOST_ITEMS") == self.view("AdviceLog", "MOST_ITEMS")
        rules = DeploymentRules(
            frozenset(self.roles.values()), self.roles["ADVISER"], *settings.limits, most_items=most
        )
        self.deployed = replay(LedgerState(rules, Administration(delay=settings.hand_over_delay)), events)

    def admit(self, members: Mapping[int, Sequence[str]]) -> LedgerState:
        """Admit members by their numbers, with roles and one account each, in order, and return the state then."""
        state, administrator = self.deployed, self.accounts[0]
        for (number, roles), account in zip(members.items(), self.accounts[1:], strict=False):
            ids = [self.roles[role] for role in roles]
            arguments = (number, f"Member {number}", ids, account, bytes(1216))
            time = self.chain.now() + 1
            expected = admit(state, time, administrator, *arguments)
            data = self.contracts["Consortium"].calldata("admit", *arguments)
            assert self.send(time, administrator, "Consortium", data).events == expected
            state = replay(state, expected)
        return state

    def view(self, name: str, function: str, *arguments: Any) -> Any:
        return self.views([(name, function, arguments)])[0]

    def views(self, wanted: Sequence[tuple[str, str, tuple[Any, ...]]]) -> list[Any]:
        """Return what a stranger's calls would answer in the newest block, a Refused in the place of a revert."""
        asked = [(self.contracts[name], function, arguments) for name, function, arguments in wanted]
        answers = self.chain.tried([contract.asked(self.accounts[-1], f, *a) for contract, f, a in asked])
        return [
            contract.error(answer.data) if isinstance(answer, Reverted) else contract.result(function, answer)
            for (contract, function, _), answer in zip(asked, answers, strict=True)
        ]

    def send(self, time: int, sender: str, name: str, data: bytes, value: int = 0) -> Receipt:
        """Record one transaction in a block at `time`."""
        contract = self.contracts[name]
        answer = self.chain.send(time, sender, contract.address, data, value)
        if isinstance(answer, Reverted):
            return Receipt(time, (), contract.error(answer.data))
        return Receipt(time, self._events(answer), None)

    def balances(self) -> list[int]:
        """Return what ether each contract has, in wei."""
        return self.chain.balances([contract.address for contract in self.contracts.values()])

    def _events(self, logs: Sequence[Log]) -> tuple[Emitted, ...]:
        by_address = {contract.address: contract for contract in self.contracts.values()}
        return tuple(by_address[log.address].event(log) for log in logs)
