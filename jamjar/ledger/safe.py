"""A founder that is a Safe (safe-global/safe-smart-account 1.4.1): its owners approve on the ledger what it proposes.

An owner approves a transaction's hash with `approveHash`. Once as many did as the threshold says, anyone has the Safe
carry it out, and the approvals on the ledger stand for the owners' signatures (v = 1, r = the owner).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.errors import JamjarError
from jamjar.ledger.rpc import ask
from jamjar.model.state import NOBODY
from jamjar.protocol.address import checksum_address, parse_address

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger, TransactionReceipt
    from jamjar.ledger.transacting import Sender


def _function(name: str, inputs: str, outputs: str = "") -> dict[str, Any]:
    """Return the ABI entry of a function, of the types of its arguments and of its results."""
    sides = {"inputs": inputs.split(), "outputs": outputs.split()}
    named = {side: [{"name": f"_{n}", "type": kind} for n, kind in enumerate(kinds)] for side, kinds in sides.items()}
    return {"type": "function", "name": name, "stateMutability": "view" if outputs else "nonpayable", **named}


_CONTENT: Final = "address uint256 bytes uint8 uint256 uint256 uint256 address address"
# Of `Safe` in the npm package @safe-global/safe-contracts 1.4.1; `execTransaction` returns a result, which is not read.
ABI: Final = (
    _function("getOwners", "", "address[]"),
    _function("getThreshold", "", "uint256"),
    _function("nonce", "", "uint256"),
    _function("approvedHashes", "address bytes32", "uint256"),
    _function("getTransactionHash", f"{_CONTENT} uint256", "bytes32"),
    _function("approveHash", "bytes32"),
    _function("execTransaction", f"{_CONTENT} bytes"),
)


_CARRIED_OUT: Final = keccak256(b"ExecutionSuccess(bytes32,uint256)")
_MOST_OWNERS: Final = 50
"""The most accounts that are asked about: a call can name as many as fit."""


def approvals(ledger: Ledger, safe: str, transaction: str, named: Sequence[str]) -> tuple[str, ...]:
    """Return those of some accounts that approved on the ledger what a Safe carried out in a transaction.

    A Safe looks at no more signatures than its threshold, so whoever sends the transaction can name others behind them.
    Of a contract that is no Safe this is what it says; of one that answers nothing there are none.
    """
    if not named:
        return ()
    contract = ledger.contract_at(safe, ABI)
    try:
        logs = ask(lambda: contract.w3.eth.get_transaction_receipt(transaction)["logs"])
        done = [bytes(log["topics"][1]) for log in logs if log["address"] == safe and log["topics"][0] == _CARRIED_OUT]
        asked = contract.get_function_by_name("approvedHashes")
        some = list(dict.fromkeys(named))[:_MOST_OWNERS]
        return tuple(each for each in some if any(ask(asked(each, digest).call) for digest in done))
    except (JamjarError, LookupError):
        return ()


@dataclass(frozen=True, slots=True)
class SafeTransaction:
    """A call that a Safe is to make: without ether, without a refund of gas, as its transaction of this number."""

    safe: str
    to: str
    data: bytes
    nonce: int

    @property
    def content(self) -> tuple[Any, ...]:
        """The arguments of the Safe's functions that are about this transaction, but for its number."""
        return self.to, 0, self.data, 0, 0, 0, 0, NOBODY, NOBODY


class Safe:
    """A Safe on the ledger's chain."""

    def __init__(self, ledger: Ledger, address: str) -> None:
        self.address, self._ledger = address, ledger
        self._contract = ledger.contract_at(address, ABI)

    def owners(self) -> list[str]:
        """Return its owners' accounts."""
        found = self._read("getOwners")
        return ask(lambda: [checksum_address(parse_address(each)) for each in found])

    def threshold(self) -> int:
        """Return how many owners have to approve."""
        return ask(lambda: int(self._read("getThreshold")))

    def nonce(self) -> int:
        """Return the number of its next transaction."""
        return ask(lambda: int(self._read("nonce")))

    def approvers(self, transaction: SafeTransaction) -> list[str]:
        """Return the owners that approved a transaction on the ledger."""
        digest = self._digest(transaction)
        return [owner for owner in self.owners() if self._read("approvedHashes", owner, digest)]

    def approve(self, transaction: SafeTransaction, owner: Sender) -> TransactionReceipt:
        """Approve a transaction, as an owner."""
        return self._send(owner, "approveHash", self._digest(transaction))

    def execute(self, transaction: SafeTransaction, approvers: Sequence[str], sender: Sender) -> TransactionReceipt:
        """Have it carry out a transaction that enough of its owners approved."""
        words = (
            parse_address(owner).rjust(32, b"\0") + bytes(32) + b"\1" for owner in sorted(approvers, key=str.lower)
        )
        return self._send(sender, "execTransaction", *transaction.content, b"".join(words))

    def _digest(self, transaction: SafeTransaction) -> bytes:
        return bytes(self._read("getTransactionHash", *transaction.content, transaction.nonce))

    def _read(self, function: str, *arguments: Any) -> Any:
        return ask(self._contract.get_function_by_name(function)(*arguments).call)

    def _send(self, sender: Sender, function: str, *arguments: Any) -> TransactionReceipt:
        return self._ledger.send_call(sender, self._contract.get_function_by_name(function)(*arguments))
