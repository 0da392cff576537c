"""A module's own contract: deployed, asked, called, and its events read, through the ledger's node."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar, cast

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from hexbytes import HexBytes
from web3.exceptions import Web3Exception
from web3.types import FilterParams

from jamjar.crypto.hashing import keccak256
from jamjar.errors import DeploymentError, InvalidInput, LedgerError, Rejected
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.rpc import ask
from jamjar.ledger.transacting import Sender, created_by, transact
from jamjar.protocol.abi import ERROR, Entry, is_readable, signature, type_of
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.foreign_events import ForeignEvent, decoded
from jamjar.service.log_range import LogRange

_T = TypeVar("_T")
_WORD: Final = 32


@dataclass(frozen=True, slots=True)
class ContractEvent:
    """An event of a contract: its name, its arguments by name, its block and its transaction (0x hex)."""

    name: str
    arguments: Mapping[str, bytes | str | int]
    block: int
    transaction: str


@dataclass(frozen=True, slots=True)
class OwnContract:
    """A contract at an address, with the ABI of its artefact; who deployed it does not matter.

    Raises InvalidInput for what is no address or no ABI.
    """

    ledger: Ledger
    address: str
    abi: Sequence[Entry]

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", checksum_address(parse_address(self.address)))
        object.__setattr__(self, "abi", _checked(self.abi))

    @classmethod
    def deploy(cls, ledger: Ledger, sender: Sender, artefact: Mapping[str, Any], *arguments: Any) -> OwnContract:
        """Deploy what an artefact holds, and return the contract; raises as `send` does, and DeploymentError."""
        abi, web3 = _checked(artefact.get("abi")), ledger.contract_at(ledger.deployment.governance.address, ()).w3
        try:
            code = bytes.fromhex(str(artefact["bytecode"]).removeprefix("0x"))
            call: Any = web3.eth.contract(abi=list(abi), bytecode=code).constructor(*arguments)
        except (Web3Exception, KeyError, TypeError, ValueError) as error:
            raise InvalidInput("The artefact has no code, or takes other arguments; build it, and see it.") from error
        address, _ = created_by(transact(web3, sender, call, spare_gas=0))
        if not address:
            raise DeploymentError("The contract was not deployed; see what its constructor refuses, and try again.")
        return cls(ledger, address, abi)

    def read(self, function: str, *arguments: Any) -> Any:
        """Return what a view answers, as web3 decodes it; raises Rejected, NodeUnavailable, InvalidInput."""
        call = self._call(function, arguments)
        return self._asked(call.call)

    def send(self, sender: Sender, function: str, *arguments: Any) -> tuple[ContractEvent, ...]:
        """Send a call, wait until it is recorded, and return this contract's events of it; raises as `read` does.

        Nothing is sent that the contract would refuse now.
        """
        call = self._call(function, arguments)
        receipt = self._asked(lambda: self.ledger.send_call(sender, call))
        return tuple(each for each in self.events(receipt.block) if each.transaction == receipt.transaction)

    def events(self, first: int = 0, last: int | None = None) -> tuple[ContractEvent, ...]:
        """Return the contract's events in these blocks, by default all.

        Raises LedgerError for one that is not of the ABI, or of another contract or block than was asked about.
        """
        web3 = self._contract().w3

        def search(start: int, end: int) -> list[Any]:
            span = {"address": self.address, "fromBlock": start, "toBlock": end}
            return list(ask(lambda: web3.eth.get_logs(cast(FilterParams, span))))

        end = self.ledger.height() if last is None else last
        found = (ask(partial(self._event, log)) for log in LogRange().over(first, end, search))
        return tuple(self._in_range(each, first, end) for each in found)

    def _contract(self) -> Any:
        return self.ledger.contract_at(self.address, self.abi)

    def _call(self, function: str, arguments: Sequence[Any]) -> Any:
        try:
            return self._contract().get_function_by_name(function)(*arguments)
        except (Web3Exception, TypeError, ValueError) as error:
            raise InvalidInput(f"{function} does not take these arguments; see the contract's ABI.") from error

    def _asked(self, question: Callable[[], _T]) -> _T:
        try:
            return ask(question)
        except Rejected as rejected:
            raise self._refusal(rejected) from rejected

    def _refusal(self, rejected: Rejected) -> Rejected:
        if rejected.name != "Unknown":
            return rejected
        data = bytes.fromhex(str(rejected.arguments[0])[2:])
        for entry in self.abi:
            if entry.get("type") == ERROR and keccak256(signature(entry).encode())[:4] == data[:4]:
                try:
                    kinds = [type_of(each) for each in entry["inputs"]]
                    given = tuple(map(_shown, kinds, decode(kinds, data[4:])))
                except (DecodingError, ArithmeticError, ValueError):  # cut short, garbled, or of an unknown type
                    break
                return Rejected(entry["name"], given, "The contract's own rule; see its page.")
        return rejected

    def _in_range(self, event: ContractEvent, first: int, last: int) -> ContractEvent:
        if not first <= event.block <= last:
            raise LedgerError(f"The node's events of {self.address} are of other blocks; ask another node.")
        return event

    def _event(self, log: Any) -> ContractEvent:
        if log["address"] != self.address or len(HexBytes(log["transactionHash"])) != _WORD:
            raise LedgerError(f"The node's events of {self.address} are of another contract; ask another node.")
        event: ForeignEvent | None = decoded(self.abi, [bytes(each) for each in log["topics"]], HexBytes(log["data"]))
        if event is None:
            raise LedgerError(f"{self.address} emitted what is not in its ABI; compare its code.")
        at = int(log["blockNumber"]), HexBytes(log["transactionHash"]).to_0x_hex()
        return ContractEvent(event.name, dict(event.arguments), *at)


def _checked(abi: object) -> tuple[Entry, ...]:
    if not isinstance(abi, list | tuple) or not all(map(is_readable, abi)):
        raise InvalidInput("The ABI is no list of entries with names and parameters; take that of the artefact.")
    return tuple(abi)


def _shown(kind: str, value: Any) -> Any:
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    return checksum_address(bytes.fromhex(value[2:])) if kind == "address" else value
