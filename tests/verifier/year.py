"""A year of governing on a node of its own: what founders, the council, members and strangers do, rightly and not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from jamjar.audit.node import AuditNode
from jamjar.crypto.hashing import keccak256
from jamjar.protocol.address import checksum_address
from jamjar.protocol.calldata import data_of
from jamjar.protocol.settings import Settings
from jamjar.sandbox.anvil import anvil
from jamjar.sandbox.local_chain import LocalChain
from jamjar.sandbox.members import founding

NOTHING = bytes(32)
CANCELLER = keccak256(b"CANCELLER_ROLE")
KEY = bytes(1216)
ETHER = 10**18


class Year:
    """A deployment with two founders and a council, and transactions of whatever outcome, each in a block of its own.

    accounts[n] acts for member n; accounts[0] and [6] are the founders', [7] to [9] are free, [10] is a stranger's.
    """

    def __init__(self, chain: LocalChain) -> None:
        self.chain, self.accounts = chain, chain.accounts
        self.founder, self.other, self.stranger = self.accounts[0], self.accounts[6], self.accounts[10]
        self.delay = chain.settings.governance_delay
        self.salts = iter(keccak256(b"%d" % number) for number in range(10_000))

    def do(self, sender: str, contract: str, function: str, *arguments: Any, value: int = 0) -> None:
        """Send a call, whatever comes of it."""
        self.raw(sender, contract, data_of(contract, function, *arguments), value)

    def raw(self, sender: str, contract: str, data: bytes, value: int = 0) -> None:
        """Send bytes to a contract, whatever comes of it."""
        request = {"from": sender, "to": self.chain.at[contract], "data": "0x" + data.hex(), "gas": hex(2_000_000)}
        self.chain.mine([{**request, "value": hex(value)}])

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.chain.wait_until(self.chain.now() + seconds)

    def operation(self, contract: str, function: str, *arguments: Any) -> tuple[Any, ...]:
        """Return a call as the governance schedules and executes it, with a salt of its own."""
        return (self.chain.at[contract], 0, data_of(contract, function, *arguments), NOTHING, next(self.salts))

    def propose(self, *call: Any, by: str | None = None, after: bytes = NOTHING) -> tuple[Any, ...]:
        """Propose a call, after another if any, and return the operation."""
        target, value, data, _, salt = self.operation(*call)
        operation = (target, value, data, after, salt)
        self.do(by or self.founder, "Governance", "schedule", *operation, self.delay)
        return operation

    def govern(self, *call: Any) -> None:
        """Propose a call and execute it once its delay has passed, whatever comes of it."""
        operation = self.propose(*call)
        self.wait(self.delay)
        self.execute(operation)

    def execute(self, operation: Sequence[Any], by: str | None = None, value: int = 0) -> None:
        """Execute an operation, or try to."""
        self.do(by or self.stranger, "Governance", "execute", *operation, value=value)

    def id_of(self, operation: Sequence[Any]) -> bytes:
        """Return an operation's id, as the governance computes it."""
        data = data_of("Governance", "hashOperation", *operation)
        answer = self.chain.ask("eth_call", {"to": self.chain.at["Governance"], "data": "0x" + data.hex()}, "latest")
        return bytes.fromhex(answer[2:])

    def veto(self, operation: Sequence[Any], by: str) -> None:
        """Veto an operation, or try to."""
        self.do(by, "Governance", "cancel", self.id_of(operation))


@contextmanager
def a_year() -> Iterator[Year]:
    """Deploy on a node of its own, which ends with the block."""
    with anvil() as process:
        accounts = [checksum_address(bytes.fromhex(each[2:])) for each in process.ask("eth_accounts")]
        settings = Settings(founders=(accounts[0], accounts[6]), members=founding(accounts, lambda _: KEY))
        yield Year(LocalChain(AuditNode(process.url), settings))
