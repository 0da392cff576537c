"""What of the contracts' ABIs a run of tests exercised, taken from what was said to the node.

Every request and its answer pass through `Record.watch`, so it does not matter how a test makes a call or expects a
revert. A function counts when a call or transaction of it succeeded (`receive` when a transaction without data did), an
event when it stood in a receipt, an error when it came back as revert data or as the `reason` of an event about a
batch's item. What the governance executes counts for the contract that it calls, as well.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from eth_abi import decode
from eth_utils.abi import abi_to_signature, event_signature_to_log_topic, function_signature_to_4byte_selector

CONTRACTS = ("Consortium", "Governance", "ConsentRegistry", "CommitmentRegistry", "AdviceLog", "ModuleRegistry")
EXECUTE = "execute(address,uint256,bytes,bytes32,bytes32)"
ARTIFACTS = Path(__file__).parents[2] / "build" / "contracts"


class Item(NamedTuple):
    """One entry of an ABI; `kind` as the ABI's `type`."""

    contract: str
    kind: str
    name: str


def _signed(kind: str, reasons: Mapping[str, str]) -> dict[Item, str]:
    signed = CONTRACTS[2:5]
    return {Item(contract, kind, name): reason for contract in signed for name, reason in reasons.items()}


IMPOSSIBLE: dict[Item, str] = {
    Item("Consortium", "event", "RoleAdminChanged"): "no function sets which role grants a role",
    Item("Governance", "event", "RoleAdminChanged"): "no function sets which role grants a role",
    Item("Governance", "receive", "receive"): "it refuses what comes without a call",
    Item("Governance", "function", "updateDelay"): "it refuses whoever calls: the delay is fixed",
    Item("Governance", "error", "TimelockUnauthorizedCaller"): "only OpenZeppelin's own updateDelay reverts with it",
    **_signed("event", {"EIP712DomainChanged": "name and version of the domain are fixed in the code"}),
    **_signed(
        "error",
        {
            "FailedCall": "an objection is reverted with only when it is not empty",
            "InvalidShortString": "name and version of the domain are short strings from the constructor on",
            "StringTooLong": "name and version of the domain are shorter than 32 bytes",
        },
    ),
}


def artifacts(folder: Path = ARTIFACTS) -> dict[str, dict[str, Any]]:
    """The compiled contracts by name."""
    return {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in CONTRACTS}


class Record:
    """The ABI entries seen in what was said to a node, among those of the given compiled contracts."""

    def __init__(self, compiled: Mapping[str, Mapping[str, Any]]) -> None:
        self.entries: dict[Item, dict[str, Any]] = {}
        self.seen: set[Item] = set()
        self._code = {name: artifact["bytecode"].removeprefix("0x") for name, artifact in compiled.items()}
        self._by_id: dict[tuple[str, str, str], Item] = {}
        self._contracts: dict[str, str] = {}  # by address, lower-case
        self._sent: dict[str, list[tuple[str | None, str]]] = {}  # contracts and data, by transaction
        for contract, artifact in compiled.items():
            for entry in artifact["abi"]:
                item = Item(contract, entry["type"], entry.get("name", entry["type"]))
                if item in self.entries:
                    raise ValueError(f"{item} is overloaded: tell its forms apart by signature.")
                self.entries[item] = entry
                self._by_id[contract, item.kind, _id_of(entry)] = item

    def missing(self) -> list[Item]:
        """What is in the ABIs, can occur, and was not seen."""
        return sorted(self.entries.keys() - self.seen - IMPOSSIBLE.keys())

    def surprising(self) -> list[Item]:
        """What was said to be impossible and was seen."""
        return sorted(self.seen & IMPOSSIBLE.keys())

    def watch(self, method: str, params: Any, response: Mapping[str, Any]) -> None:
        """Take notice of one request to the node and its answer."""
        if method == "eth_call":
            for contract, data in self._targets(params[0]):
                if response.get("error") is None:
                    self._see(contract, "function", data[:10])
                else:
                    self._raised(contract, response["error"].get("data"))
        elif method == "eth_sendTransaction":
            failed = response.get("error", {}).get("data")  # Ganache: mined, and an error
            transaction = failed["hash"] if isinstance(failed, dict) else response.get("result", "")
            self._sent[transaction] = self._targets(params[0])
        elif method == "debug_traceTransaction" and response.get("result"):
            for contract, _ in self._sent.get(params[0], []):
                self._raised(contract, _reverted_with(response["result"]))
        elif method == "eth_getTransactionReceipt" and response.get("result"):
            self._received(response["result"])

    def _targets(self, call: Mapping[str, Any]) -> list[tuple[str | None, str]]:
        """The contract that is called, or deployed, and its data; then what the governance executes by that."""
        data = str(call.get("data", "0x"))
        if not call.get("to"):
            return [(next((n for n, code in self._code.items() if data[2:].startswith(code)), None), data)]
        contract = self._contracts.get(str(call["to"]).lower())
        if contract == "Governance" and data[:10] == "0x" + function_signature_to_4byte_selector(EXECUTE).hex():
            types = ["address", "uint256", "bytes", "bytes32", "bytes32"]
            target, _, inner, _, _ = decode(types, bytes.fromhex(data[10:]))
            return [(contract, data), (self._contracts.get(target.lower()), "0x" + inner.hex())]
        return [(contract, data)]

    def _raised(self, contract: str | None, revert_data: Any) -> None:
        if isinstance(revert_data, str):
            self._see(contract, "error", "0x" + revert_data.removeprefix("0x")[:8])

    def _received(self, receipt: Mapping[str, Any]) -> None:
        sent = self._sent.get(receipt["transactionHash"], [])
        if not any(contract for contract, _ in sent) or int(receipt["status"], 16) != 1:
            return
        for contract, data in sent:
            if receipt.get("contractAddress") and contract:
                self._contracts[receipt["contractAddress"].lower()] = contract
                self._see(contract, "constructor", "")
            else:
                self._see(contract, *(("function", data[:10]) if data != "0x" else ("receive", "")))
        for log in receipt["logs"]:
            emitter = self._contracts.get(log["address"].lower())
            event = self._see(emitter, "event", log["topics"][0]) if log["topics"] else None
            for reason in self._reasons(event, log["data"]):
                self._raised(emitter, reason)

    def _reasons(self, event: Item | None, data: str) -> Iterator[str]:
        plain = [given for given in self.entries[event]["inputs"] if not given["indexed"]] if event else []
        if ("reason", "bytes") in {(given["name"], given["type"]) for given in plain}:
            values = decode([given["type"] for given in plain], bytes.fromhex(data[2:]))
            yield from (v.hex() for v, given in zip(values, plain, strict=True) if given["name"] == "reason")

    def _see(self, contract: str | None, kind: str, identifier: str) -> Item | None:
        item = self._by_id.get((contract or "", kind, identifier))
        if item is not None:
            self.seen.add(item)
        return item


def _reverted_with(trace: Mapping[str, Any]) -> str | None:
    """The revert data of a traced transaction: said by Anvil; with Ganache, in memory at the last step."""
    if trace.get("failed"):
        return str(trace.get("returnValue"))
    last = trace["structLogs"][-1] if trace.get("structLogs") else {"op": ""}
    if last["op"] != "REVERT":
        return None
    start, size = int(last["stack"][-1], 16), int(last["stack"][-2], 16)
    return "".join(last["memory"])[2 * start : 2 * (start + size)]


def _id_of(entry: Any) -> str:
    if entry["type"] == "event":
        return "0x" + event_signature_to_log_topic(abi_to_signature(entry)).hex()
    if entry["type"] in ("function", "error"):
        return "0x" + function_signature_to_4byte_selector(abi_to_signature(entry)).hex()
    return ""
