"""The events and receipts of a module's own contract, at a node that lies.

When a log is of another contract, block or shape       LedgerError
When a receipt is odd                                   LedgerError, or what it says
When an artefact is none                                InvalidInput, and nothing is sent
"""

from contextlib import suppress
from typing import Any

import pytest

from jamjar.errors import InvalidInput, LedgerError
from jamjar.ledger.own_contract import OwnContract
from tests.unit.ledger.own_contracts import ABI, AT, LOG, ODD, RECEIPT, contract

__all__ = ["contract"]


def test_its_events(contract: OwnContract) -> None:
    (found,) = contract.events()
    assert (found.name, found.block, found.arguments) == ("Kept", 1, {"digest": b"\7" * 32, "keptAt": 9})


@pytest.mark.parametrize("field", [*LOG, "all"])
def test_odd_logs(node: Any, contract: OwnContract, field: str) -> None:
    """What the event does not need may be odd; what it tells is of this contract and block, or nothing is."""
    for value in [*ODD, "absent"]:
        changed = {**LOG, field: value}
        if value == "absent":
            del changed[field]
        node.answers["eth_getLogs"] = [value if field == "all" else changed]
        try:
            found = [(each.name, each.block, len(each.transaction)) for each in contract.events()]
        except LedgerError:
            continue
        assert found == [("Kept", 1, 66)], value


@pytest.mark.parametrize("change", [{"address": "0x" + "11" * 20}, {"blockNumber": "0x2"}])
def test_logs_of_another_contract_or_block(node: Any, contract: OwnContract, change: dict[str, Any]) -> None:
    node.answers["eth_getLogs"] = [{**LOG, **change}]
    with pytest.raises(LedgerError, match="ask another node"):
        contract.events()


@pytest.mark.parametrize("field", ["all", "blockNumber", "contractAddress", "logs", "status", "transactionHash"])
def test_odd_receipts(node: Any, contract: OwnContract, field: str) -> None:
    for value in (True, 7.5, "0xzz", "0x" + "f" * 64, "", [], {}):
        node.answers["eth_getTransactionReceipt"] = value if field == "all" else {**RECEIPT, field: value}
        for act in (
            lambda: contract.send(AT, "keep", b"\7" * 32),
            lambda: OwnContract.deploy(contract.ledger, AT, {"abi": ABI, "bytecode": "00"}),
        ):
            with suppress(LedgerError):
                act()


def test_an_artefact_that_is_none(node: Any, contract: OwnContract) -> None:
    for artefact in ({}, {"abi": ABI}, {"abi": None, "bytecode": "00"}, {"abi": ABI, "bytecode": "0xzz"}):
        with pytest.raises(InvalidInput):
            OwnContract.deploy(contract.ledger, AT, artefact)
    assert "eth_sendTransaction" not in node.asked
