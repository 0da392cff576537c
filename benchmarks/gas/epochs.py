"""Measures the prototype of commitments by epoch roots (ADR 0028): gas a commitment, and what stopping one adds.

python -m benchmarks.gas.epochs
"""

import sys
from typing import Any, Final

import brownie
from rich.console import Console
from rich.table import Table
from web3.types import Wei

from benchmarks.gas.own_contract import own_contract
from benchmarks.gas.snapshot import anvil
from jamjar.crypto.hashing import keccak256

COHORT: Final = 255
"""The places of a cohort: the bits of a word, but one."""
COHORTS: Final = (1, 4, 16, 64)
_ALL: Final = 2**COHORT - 1


class Epochs:
    """The prototype on a fresh chain, with as many cohorts as the largest epoch needs."""

    def __init__(self, web3: Any) -> None:
        self._web3, self._from = web3, web3.eth.accounts[0]
        abi, code = own_contract("EpochCommitments")
        made = self._mined(web3.eth.contract(abi=abi, bytecode=code).constructor())
        self._calls = web3.eth.contract(address=made["contractAddress"], abi=abi)
        for cohort in range(max(COHORTS)):
            self._mined(self._calls.functions.open(cohort))
        self._commit(1)  # an epoch before those that are measured

    def commit(self, count: int) -> int:
        """Return the gas of an epoch of `count` full cohorts, one place in each of which is stopped."""
        receipt, covered = self._commit(count)
        if covered != [_ALL & ~1] * count:
            raise RuntimeError("An epoch covers other places than those that are not stopped; mend the prototype.")
        return int(receipt["gasUsed"])

    def stop(self, cohort: int, place: int) -> int:
        """Return the gas of stopping a place without the transaction's own: its 21,000 and its calldata."""
        receipt = self._mined(self._calls.functions.stop(cohort, place))
        data = bytes(self._web3.eth.get_transaction(receipt["transactionHash"])["input"])
        return int(receipt["gasUsed"]) - 21_000 - sum(16 if byte else 4 for byte in data)

    def _commit(self, count: int) -> tuple[Any, list[int]]:
        root = keccak256(self._web3.eth.block_number.to_bytes(32, "big"))
        receipt = self._mined(self._calls.functions.commit(root, list(range(count)), [_ALL] * count))
        (event,) = self._calls.events.EpochCommitted().process_receipt(receipt)
        return receipt, list(event["args"]["covered"])

    def _mined(self, call: Any) -> Any:
        sent = call.transact({"from": self._from, "gas": 30_000_000, "gasPrice": Wei(0)})
        receipt = self._web3.eth.wait_for_transaction_receipt(sent)
        if receipt["status"] != 1:
            raise RuntimeError("A call to the prototype was refused; mend it.")
        return receipt


def main() -> int:
    """Measure and print."""
    with anvil():
        epochs = Epochs(brownie.web3)
        stops = [epochs.stop(cohort, 0) for cohort in range(max(COHORTS))]
        gas = {count: epochs.commit(count) for count in COHORTS}
    shown = Table("Commitments in one root", "Gas", "Each", title="Commitments by epoch roots", title_justify="left")
    for column in shown.columns[1:]:
        column.justify = "right"
    for count, used in gas.items():
        shown.add_row(f"{count * COHORT:,}", f"{used:,}", f"{used / (count * COHORT):.1f}")
    Console(highlight=False).print(shown, f"Stopping a place adds {max(stops):,} to what stops its consent.", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
