"""A development chain in this process: pyrevm executes, and Python keeps blocks, receipts and logs.

It answers what sample networks, ledgers and wallets ask a node (Ethereum JSON-RPC, EIP-1474). A transaction is mined as
it comes, in a block of its own; gas is free. State is that of the newest block: questions about older ones are refused.
Warning: signatures are checked, fees are not, and a block's hash is not that of its header.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from hexbytes import HexBytes
from pyrevm import EVM, AccountInfo, BlockEnv, CfgEnv, Env, JournalCheckpoint

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.address import checksum_address, created_address
from jamjar.sandbox.anvil import CHAIN_ID
from jamjar.sandbox.evm_records import EvmRefusal, SentTransaction, bloom, log_of, matches, read
from jamjar.service.json_rpc import write_data

FORK: Final = "PARIS"
"""The fork that the contracts are compiled for."""
LEAST_GAS, GAS_LIMIT = 21_000, 30_000_000
RICH: Final = 10**24
_NOBODY: Final = "0x" + "00" * 20
_OF_EACH_BLOCK: Final = {"gasLimit": hex(GAS_LIMIT), "baseFeePerGas": "0x0", "extraData": "0x", "miner": _NOBODY}
_REVERTED: Final = re.compile(r"Revert \{ gas_used: \d+, output: (0x[0-9a-f]*) \}")
_PADDING: Final = 33
"""Zero bytes that pyrevm puts after code that it has analysed."""


@dataclass(slots=True)
class EvmState:
    """What a chain keeps beside pyrevm's own state."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    nonces: dict[str, int] = field(default_factory=dict)
    ahead: int = 0

    def copy(self) -> "EvmState":
        """Return another state, which changes by itself."""
        return EvmState(list(self.blocks), dict(self.receipts), dict(self.sent), dict(self.nonces), self.ahead)


class EvmChain:
    """A chain with funded accounts; make it and ask it in one thread, as pyrevm wants."""

    def __init__(self, funded: list[str]) -> None:
        self._evm: Any = EVM(env=Env(cfg=CfgEnv(chain_id=CHAIN_ID)), spec_id=FORK)
        for account in funded:
            self._evm.set_balance(account, RICH)
        self._state = EvmState()
        self._snapshots: list[tuple[JournalCheckpoint, EvmState]] = []
        self._methods: dict[str, Callable[..., Any]] = {
            "eth_accounts": list,
            "eth_blockNumber": lambda: self._head["number"],
            "eth_call": self._call,
            "eth_chainId": lambda: hex(CHAIN_ID),
            "eth_estimateGas": self._estimate,
            "eth_gasPrice": lambda: "0x0",
            "eth_getBalance": lambda account, at="latest": hex(self._evm.get_balance(self._now(at, account))),
            "eth_getBlockByNumber": self._block,
            "eth_getCode": lambda account, at="latest": write_data(self._code(self._now(at, account))),
            "eth_getLogs": self._logs,
            "eth_getTransactionByHash": self._transaction,
            "eth_getTransactionCount": lambda account, at="latest": hex(self._nonce(self._now(at, account))),
            "eth_getTransactionReceipt": self._receipt,
            "eth_maxPriorityFeePerGas": lambda: "0x0",
            "eth_sendRawTransaction": self._send,
            "evm_increaseTime": self._increase_time,
            "evm_mine": lambda: self._mine([]),
            "evm_revert": self._revert,
            "evm_snapshot": self._snapshot,
            "net_version": lambda: str(CHAIN_ID),
            "web3_clientVersion": lambda: "pyrevm, in a program of Jamjar",
        }
        self._mine([])

    def answer(self, method: str, parameters: list[Any]) -> Any:
        """Return the answer to a JSON-RPC call; raises EvmRefusal."""
        if method not in self._methods:
            raise EvmRefusal(f"the method {method} does not exist here; use Anvil")
        return self._methods[method](*parameters)

    @property
    def _head(self) -> dict[str, Any]:
        return self._state.blocks[-1]

    def _now(self, at: str, account: str) -> str:
        """Return an account, with its checksum; raises EvmRefusal for the state of an older block."""
        if at not in ("latest", "pending", "safe", "finalized") and at != self._head["number"]:
            raise EvmRefusal(f"missing state of block {at}: this chain keeps the newest block's alone")
        return checksum_address(HexBytes(account))

    def _code(self, account: str) -> bytes:
        code = bytes(self._evm.get_code(account) or b"")
        digest = bytes(self._evm.basic(account).code_hash or b"")
        return code if keccak256(code) == digest else code[:-_PADDING]

    def _nonce(self, account: str) -> int:
        return self._state.nonces.get(account, 0)

    def _call(self, asked: dict[str, Any], at: str = "latest") -> str:
        to = self._now(at, asked["to"])
        return write_data(self._undone(lambda: self._run(self._asked(asked, to))))

    def _estimate(self, asked: dict[str, Any], at: str = "latest") -> str:
        to = self._now(at, asked["to"]) if asked.get("to") else ""
        self._undone(lambda: self._run(self._asked(asked, to)))
        result = self._evm.result
        # Beside what was refunded, an inner call gets 63/64 of what is left (EIP-150).
        return hex((result.gas_used + result.gas_refunded) * 5 // 4)

    def _asked(self, asked: dict[str, Any], to: str) -> SentTransaction:
        sender = checksum_address(HexBytes(asked.get("from", _NOBODY)))
        data = HexBytes(asked.get("data") or asked.get("input") or "0x")
        return SentTransaction(
            "", sender, self._nonce(sender), GAS_LIMIT, to, int(asked.get("value", "0x0"), 16), bytes(data)
        )

    def _undone(self, run: Callable[[], bytes]) -> bytes:
        before = self._evm.snapshot()
        try:
            return run()
        finally:
            self._evm.revert(before)

    def _run(self, sent: SentTransaction) -> bytes:
        """Execute in the newest block, and return what comes back; raises EvmRefusal."""
        try:
            if sent.to:
                return bytes(self._evm.message_call(sent.sender, sent.to, sent.data, sent.value, sent.gas))
            held = self._evm.basic(sent.sender)
            if held.nonce != sent.nonce:  # pyrevm counts creations alone
                self._evm.insert_account_info(sent.sender, AccountInfo(nonce=sent.nonce))
                self._evm.set_balance(sent.sender, held.balance)
            self._evm.deploy(sent.sender, sent.data, sent.value, sent.gas)
            return b""
        except RuntimeError as error:
            if reverted := _REVERTED.fullmatch(str(error)):
                raise EvmRefusal("execution reverted", reverted[1]) from error
            raise EvmRefusal(str(error)) from error

    def _send(self, raw: str) -> str:
        sent = read(HexBytes(raw))
        if sent.nonce != self._nonce(sent.sender):
            raise EvmRefusal(f"nonce {sent.nonce} is not the account's next, {self._nonce(sent.sender)}")
        if not LEAST_GAS <= sent.gas <= GAS_LIMIT:
            raise EvmRefusal(f"gas {sent.gas} is not from {LEAST_GAS} to {GAS_LIMIT}")
        if sent.value > self._evm.get_balance(sent.sender):
            raise EvmRefusal("insufficient funds for value")
        self._state.nonces[sent.sender] = sent.nonce + 1
        self._mine([sent])
        return sent.hash

    def _mine(self, transactions: list[SentTransaction]) -> str:
        number = len(self._state.blocks)
        least = int(self._head["timestamp"], 16) + 1 if number else 0
        moment = max(least, int(time.time()) + self._state.ahead)
        self._begin(number, moment)
        parent = self._head["hash"] if number else write_data(bytes(32))
        hashes = [each.hash for each in transactions]
        place = {"blockNumber": hex(number), "blockHash": _hash_of(parent, number, moment, *hashes)}
        receipts = [self._execute(each, place) for each in transactions]
        self._state.blocks.append(
            {
                "number": place["blockNumber"],
                "hash": place["blockHash"],
                "parentHash": parent,
                "timestamp": hex(moment),
                "transactions": hashes,
                "gasUsed": hex(sum(int(each["gasUsed"], 16) for each in receipts)),
                "logsBloom": bloom([log for each in receipts for log in each["logs"]]),
                **_OF_EACH_BLOCK,
            }
        )
        return "0x0"

    def _execute(self, sent: SentTransaction, place: dict[str, str]) -> dict[str, Any]:
        ends = {"from": sent.sender, "to": sent.to or None, "transactionHash": sent.hash, "transactionIndex": "0x0"}
        try:
            self._run(sent)
            logs, status = [log_of(number, log) for number, log in enumerate(self._evm.result.logs)], "0x1"
        except EvmRefusal:
            logs, status = [], "0x0"
        of = {"transactionHash": sent.hash, "transactionIndex": "0x0", "removed": False}
        logs = [{**log, **place, **of} for log in logs]
        used = hex(self._evm.result.gas_used)
        created = None if sent.to else created_address(sent.sender, sent.nonce)
        receipt = {**ends, **place, "status": status, "contractAddress": created, "gasUsed": used, "logs": logs}
        receipt |= {"cumulativeGasUsed": used, "effectiveGasPrice": "0x0", "type": "0x0", "logsBloom": bloom(logs)}
        self._state.receipts[sent.hash] = receipt
        numbers = {"nonce": hex(sent.nonce), "gas": hex(sent.gas), "value": hex(sent.value), "gasPrice": "0x0"}
        self._state.sent[sent.hash] = {**ends, **place, **numbers, "hash": sent.hash, "input": write_data(sent.data)}
        return receipt

    def _block(self, at: str, full: bool = False) -> Any:
        blocks = self._state.blocks
        number = 0 if at == "earliest" else int(at, 16) if at.startswith("0x") else len(blocks) - 1
        if number >= len(blocks):
            return None
        found = blocks[number]
        return {**found, "transactions": [self._state.sent[each] for each in found["transactions"]]} if full else found

    def _transaction(self, digest: str) -> dict[str, Any] | None:
        return self._state.sent.get(digest)

    def _receipt(self, digest: str) -> dict[str, Any] | None:
        return self._state.receipts.get(digest)

    def _logs(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        first, last = (int(self._block(asked.get(end, "latest"))["number"], 16) for end in ("fromBlock", "toBlock"))
        wanted = asked.get("address") or []
        of = {HexBytes(each) for each in ([wanted] if isinstance(wanted, str) else wanted)}
        topics = [
            None if each is None else [each] if isinstance(each, str) else each for each in asked.get("topics", [])
        ]
        blocks = self._state.blocks[first : last + 1]
        logs = (log for block in blocks for each in block["transactions"] for log in self._state.receipts[each]["logs"])
        return [log for log in logs if (not of or HexBytes(log["address"]) in of) and matches(log["topics"], topics)]

    def _increase_time(self, seconds: int | str) -> int:
        """Move the clock on from the newest block's time, or from now where that is later."""
        behind = max(0, int(self._head["timestamp"], 16) - int(time.time()) - self._state.ahead)
        self._state.ahead += behind + (int(seconds, 16) if isinstance(seconds, str) else seconds)
        return self._state.ahead

    def _snapshot(self) -> str:
        self._snapshots.append((self._evm.snapshot(), self._state.copy()))
        return hex(len(self._snapshots))

    def _revert(self, number: str) -> bool:
        if not 0 < (place := int(number, 16)) <= len(self._snapshots):
            return False
        checkpoint, self._state = self._snapshots[place - 1]
        del self._snapshots[place - 1 :]
        self._evm.revert(checkpoint)
        self._begin(*(int(self._head[each], 16) for each in ("number", "timestamp")))
        return True

    def _begin(self, number: int, moment: int) -> None:
        self._evm.set_block_env(BlockEnv(number=number, timestamp=moment, prevrandao=bytes(32), basefee=0))


def _hash_of(*parts: object) -> str:
    return write_data(keccak256(repr(parts).encode()))
