"""The five contracts on a chain: deployed as `deploy` deploys them, called and decoded with their ABIs alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jamjar.model.decision import Revert
from jamjar.model.replay import replay
from jamjar.model.state import DeploymentRules, Emitted, LedgerState
from jamjar.protocol.address import created_address
from jamjar.protocol.deployment import CONTRACTS, checked
from jamjar.protocol.settings import SHORTEST_GOVERNANCE_DELAY, Settings, constructor_arguments
from jamjar.sandbox.members import founding
from tests.stateful.chain import Chain, Log, Reverted
from tests.stateful.contract import Contract

ROLES = ("SPONSOR", "ADVISER", "AUDITOR", "OPERATOR", "COUNCIL")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a transaction: its time, and its events in order or the error it was refused with."""

    time: int
    events: tuple[Emitted, ...]
    refused: Revert | None


class System:
    """The deployed contracts, and the chain they are on.

    governance  the address of the contract that governs, from which calls can be sent here
    deployed    the state after the deployment
    """

    def __init__(self, chain: Chain, members: Mapping[int, Sequence[str]]) -> None:
        """Deploy with founding members by their numbers, with roles and one account each, accounts[1] and on."""
        self.chain = chain
        self.accounts = chain.accounts
        self.contracts = {name: Contract(name) for name in CONTRACTS}
        account_of = dict(zip(members, self.accounts[1:], strict=False))
        named = {number: (f"Member {number}", roles) for number, roles in members.items()}
        self.settings = checked(
            Settings(founders=(self.accounts[0],), members=founding(account_of, lambda _: bytes(1216), named))
        )
        at = {name: created_address(self.accounts[0], place) for place, name in enumerate(CONTRACTS)}
        events: list[Emitted] = []
        for name, contract in self.contracts.items():
            contract.address, logs = chain.deploy(
                self.accounts[0], contract.creation(*constructor_arguments(name, self.settings, at))
            )
            assert contract.address == at[name], "the account has sent something before"
            events += self.events(logs)
        self.governance = at["Governance"]
        self.roles = {role: self.view("Consortium", role) for role in ROLES}
        self.deployed = replay(LedgerState(self._rules()), events, chain.now())
        chain.act_as(self.governance)

    def _rules(self) -> DeploymentRules:
        most = self.view("ConsentRegistry", "MOST_ITEMS")
        assert most == self.view("CommitmentRegistry", "MOST_ITEMS") == self.view("AdviceLog", "MOST_ITEMS")
        assert self.view("Governance", "SHORTEST_DELAY") == SHORTEST_GOVERNANCE_DELAY
        return DeploymentRules(
            frozenset(self.roles.values()),
            self.roles["ADVISER"],
            *self.settings.limits,
            most,
            self.roles["COUNCIL"],
            self.governance,
            *self.settings.delays,
        )

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
        return Receipt(time, self.events(answer), None)

    def balances(self) -> list[int]:
        """Return what ether each contract has, in wei."""
        return self.chain.balances([contract.address for contract in self.contracts.values()])

    def events(self, logs: Sequence[Log]) -> tuple[Emitted, ...]:
        """Return what logs of the contracts say."""
        by_address = {contract.address: contract for contract in self.contracts.values()}
        return tuple(by_address[log.address].event(log) for log in logs)
