"""Safes, as npm's @safe-global/safe-contracts ships them built: contracts that act once enough owners agree."""

import json
from pathlib import Path
from typing import Any

from eth_abi import encode

SHIPPED = Path(__file__).parents[2] / "node_modules" / "@safe-global" / "safe-contracts" / "build" / "artifacts"
NOBODY = "0x" + 40 * "0"


class Safe:
    """One Safe behind its proxy; owners agree by `approveHash`, and the last by sending."""

    def __init__(self, owners: list[Any], threshold: int) -> None:
        from brownie import Contract

        singleton = _deployed("contracts/Safe.sol/Safe.json", owners[0], b"")
        proxy = _deployed(
            "contracts/proxies/SafeProxy.sol/SafeProxy.json", owners[0], encode(["address"], [singleton.address])
        )
        self.contract = Contract.from_abi("Safe", proxy.address, singleton.abi)
        self.contract.setup(owners, threshold, NOBODY, b"", NOBODY, NOBODY, 0, NOBODY, {"from": owners[0]})

    @property
    def address(self) -> str:
        """The Safe's address, which is the caller of what it does."""
        return str(self.contract.address)

    def act(self, method: Any, *arguments: Any, agreed: list[Any]) -> Any:
        """Have the Safe call a contract, as these owners agree; the last of them sends it."""
        data = method.encode_input(*arguments)
        call = (method._address, 0, data, 0, 0, 0, 0, NOBODY, NOBODY)
        agreed_hash = self.contract.getTransactionHash(*call, self.contract.nonce())
        for owner in agreed[:-1]:
            self.contract.approveHash(agreed_hash, {"from": owner})
        # Of a contract's or an approved hash (Safe's "Signatures" document): the owner, nothing, 1; in rising order.
        words = sorted(int(owner.address, 16) for owner in agreed)
        signatures = b"".join(word.to_bytes(32, "big") + bytes(32) + b"\x01" for word in words)
        return self.contract.execTransaction(*call, signatures, {"from": agreed[-1]})


def _deployed(artifact: str, account: Any, arguments: bytes) -> Any:
    from brownie import Contract

    shipped = json.loads((SHIPPED / artifact).read_text(encoding="utf-8"))
    tx = account.transfer(data=shipped["bytecode"] + arguments.hex(), gas_price=0, silent=True)
    return Contract.from_abi(shipped["contractName"], tx.contract_address, shipped["abi"])
