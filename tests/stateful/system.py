"""The four contracts on a node: deployed from Brownie's artifacts, called and decoded with their ABIs alone."""

import json
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode, encode

from jamjar.address import checksum_address
from jamjar.deployment import CONTRACTS
from jamjar.hashing import keccak256
from scripts.deploy import Settings, constructor_arguments
from tests.stateful.node import ROOT, Rpc, RpcError
from tests.stateful.record import Event, Refused, Rules

ROLES = ("SPONSOR", "ADVISER", "AUDITOR", "OPERATOR")
GAS = hex(10_000_000)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a transaction: its time, and its events in order or the error it was refused with."""

    time: int
    events: tuple[Event, ...]
    refused: Refused | None


class Contract:
    """One ABI, and an address once deployed."""

    def __init__(self, name: str) -> None:
        path = ROOT / f"build/contracts/{name}.json"
        if not path.exists():
            raise RuntimeError(f"There is no {path}: run `brownie compile --all`.")
        artifact = json.loads(path.read_text(encoding="utf-8"))
        self.name = name
        self.abi: list[dict[str, Any]] = artifact["abi"]
        self.bytecode: str = artifact["bytecode"]
        self.address = ""
        of = {kind: [i for i in self.abi if i["type"] == kind] for kind in ("function", "error", "event")}
        self.functions = {item["name"]: (_selector(item)[:4], item) for item in of["function"]}
        self.errors = {_selector(item)[:4]: item for item in of["error"]}
        self.events = {_selector(item): item for item in of["event"]}

    def creation(self, *arguments: Any) -> str:
        constructor = next(item for item in self.abi if item["type"] == "constructor")
        return "0x" + self.bytecode.removeprefix("0x") + encode(_types(constructor["inputs"]), arguments).hex()

    def calldata(self, function: str, *arguments: Any) -> str:
        selector, item = self.functions[function]
        return "0x" + (selector + encode(_types(item["inputs"]), arguments)).hex()

    def result(self, function: str, data: str) -> Any:
        """Return what a view answered: its one value, or a tuple of several."""
        outputs = self.functions[function][1]["outputs"]
        values = _decoded(outputs, bytes.fromhex(data[2:]))
        return values[0] if len(values) == 1 else values

    def error(self, data: bytes) -> Refused:
        if not data:
            return Refused()
        item = self.errors[data[:4]]
        return Refused(item["name"], _decoded(item["inputs"], data[4:]))

    def event(self, log: dict[str, Any]) -> Event:
        topics = [bytes.fromhex(topic[2:]) for topic in log["topics"]]
        item = self.events[topics[0]]
        indexed = iter(topics[1:])
        plain = [i for i in item["inputs"] if not i["indexed"]]
        rest = iter(_decoded(plain, bytes.fromhex(log["data"][2:])))
        values = [_decoded([i], next(indexed))[0] if i["indexed"] else next(rest) for i in item["inputs"]]
        if item["inputs"] and item["inputs"][-1]["name"] == "reason":
            values[-1] = self.error(values[-1])
        return Event(item["name"], tuple(values))


class System:
    """The deployed contracts, and a node whose clock obeys."""

    def __init__(self, rpc: Rpc, settings: Settings = Settings()) -> None:  # noqa: B008 - frozen
        self.rpc = rpc
        self.accounts = [checksum_address(bytes.fromhex(a[2:])) for a in rpc.call("eth_accounts")]
        self.contracts = {name: Contract(name) for name in CONTRACTS}
        administrator = settings.administrator or self.accounts[0]
        at: dict[str, str] = {}
        for name in CONTRACTS:
            at[name] = self._deploy(name, *constructor_arguments(name, settings, administrator, at))
        self.roles = {role: self.view("Consortium", role) for role in ROLES}
        most = self.view("ConsentRegistry", "MOST_ITEMS")
        assert most == self.view("CommitmentRegistry", "MOST_ITEMS") == self.view("AdviceLog", "MOST_ITEMS")
        self.rules = Rules(
            administrator, frozenset(self.roles.values()), self.roles["ADVISER"], *settings.limits, most_items=most
        )

    def _deploy(self, name: str, *arguments: Any) -> str:
        contract = self.contracts[name]
        request = {"from": self.accounts[0], "data": contract.creation(*arguments), "gas": GAS}
        receipt = self._mine([request])[0]
        assert receipt["status"] == "0x1", f"{name} cannot be deployed"
        contract.address = checksum_address(bytes.fromhex(receipt["contractAddress"][2:]))
        return contract.address

    def request(self, sender: str, name: str, data: str, value: int = 0) -> dict[str, str]:
        to = self.contracts[name].address
        return {"from": sender, "to": to, "data": data, "gas": GAS, "value": hex(value)}

    def view(self, name: str, function: str, *arguments: Any) -> Any:
        return self.views([(name, function, arguments)])[0]

    def views(self, wanted: list[tuple[str, str, tuple[Any, ...]]]) -> list[Any]:
        """Return the answers of many views at the newest block, a Refused in the place of a revert."""
        sender = self.accounts[-1]
        requests = [self.request(sender, n, self.contracts[n].calldata(f, *a)) for n, f, a in wanted]
        answers = self.rpc.batch([("eth_call", (request, "latest")) for request in requests])
        return [
            self.contracts[name].error(bytes.fromhex(answer.data[2:]))
            if isinstance(answer, RpcError)
            else self.contracts[name].result(function, answer)
            for (name, function, _), answer in zip(wanted, answers, strict=True)
        ]

    def send(self, time: int, sender: str, name: str, data: str, value: int = 0) -> Receipt:
        """Mine one transaction in a block at `time`."""
        receipt = self._mine([self.request(sender, name, data, value)], time)[0]
        if receipt["status"] == "0x1":
            by_address = {c.address.lower(): c for c in self.contracts.values()}
            events = tuple(by_address[log["address"]].event(log) for log in receipt["logs"])
            return Receipt(time, events, None)
        trace = self.rpc.call("debug_traceTransaction", receipt["transactionHash"], {"tracer": "callTracer"})
        output = bytes.fromhex(trace.get("output", "0x")[2:])
        return Receipt(time, (), self.contracts[name].error(output))

    def wait_until(self, time: int) -> None:
        """Mine an empty block at `time`."""
        self._mine([], time)

    def balances(self) -> list[int]:
        """Return what ether each contract has, in wei."""
        wanted = [(contract.address, "latest") for contract in self.contracts.values()]
        return [int(answer, 16) for answer in self.rpc.batch([("eth_getBalance", each) for each in wanted])]

    def now(self) -> int:
        return int(self.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def _mine(self, requests: list[dict[str, str]], time: int | None = None) -> list[Any]:
        """Mine the transactions in one block, in their order, and return their receipts."""
        hashes = [self.rpc.call("eth_sendTransaction", request) for request in requests]
        if time is not None:
            self.rpc.call("evm_setNextBlockTimestamp", time)
        self.rpc.call("evm_mine")
        return [self.rpc.call("eth_getTransactionReceipt", each) for each in hashes]


def _selector(item: dict[str, Any]) -> bytes:
    return keccak256(f"{item['name']}({','.join(_types(item['inputs']))})".encode())


def _types(parameters: list[dict[str, Any]]) -> list[str]:
    return [_type(p) for p in parameters]


def _type(parameter: dict[str, Any]) -> str:
    if not parameter["type"].startswith("tuple"):
        return str(parameter["type"])
    return f"({','.join(_types(parameter['components']))}){parameter['type'].removeprefix('tuple')}"


def _decoded(parameters: list[dict[str, Any]], data: bytes) -> tuple[Any, ...]:
    values = decode(_types(parameters), data)
    return tuple(_plain(p["type"], value) for p, value in zip(parameters, values, strict=True))


def _plain(kind: str, value: Any) -> Any:
    return checksum_address(bytes.fromhex(value[2:])) if kind == "address" else value
