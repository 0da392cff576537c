"""A chain in this process: pyrevm, at the fork the contracts are compiled for."""

import re
from collections.abc import Sequence

from pyrevm import EVM, AccountInfo, BlockEnv, CfgEnv, Env, JournalCheckpoint

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.address import checksum_address
from jamjar.sandbox.anvil import ACCOUNTS, CHAIN_ID, GENESIS
from tests.stateful.chain import GAS, Call, Log, Reverted

FORK = "PARIS"
RICH = 10**24
REFUSED = re.compile(r"Revert \{ gas_used: \d+, output: 0x([0-9a-f]*) \}")


class Evm:
    """A Chain; a transaction does not mine a block of its own, those at one time are in one block."""

    def __init__(self) -> None:
        self._evm = EVM(env=Env(cfg=CfgEnv(chain_id=CHAIN_ID)), spec_id=FORK)
        self._number, self._time = 0, GENESIS - 1
        self.wait_until(GENESIS)
        self.accounts = [checksum_address(keccak256(b"account %d" % i)[12:]) for i in range(ACCOUNTS)]
        for account in self.accounts:
            self._evm.set_balance(account, RICH)

    def deploy(self, sender: str, code: bytes) -> tuple[str, list[Log]]:
        address = self._evm.deploy(sender, code, gas=GAS)
        return checksum_address(bytes.fromhex(address[2:])), self._logs()

    def refused(self, sender: str, code: bytes) -> Reverted | None:
        """Return what a constructor refuses with, None where it takes what it is given; nothing is deployed."""
        before = self._evm.snapshot()
        try:
            self._evm.deploy(sender, code, gas=GAS)
        except RuntimeError as error:
            return _reverted(error, "a constructor")
        finally:
            self._evm.revert(before)
        return None

    def send(self, time: int, sender: str, to: str, data: bytes, value: int) -> list[Log] | Reverted:
        self.wait_until(time)
        answer = self._call(Call(sender, to, data, static=False), value)
        return answer if isinstance(answer, Reverted) else self._logs()

    def tried(self, calls: Sequence[Call]) -> list[bytes | Reverted]:
        return [self._call(call) if call.static else self._undone(call) for call in calls]

    def act_as(self, address: str) -> None:
        """Take the code of a contract away, as no contract can send a transaction (EIP-3607)."""
        self._evm.insert_account_info(address, AccountInfo())

    def place(self, address: str, slot: bytes, word: int) -> None:
        """Put a word into a contract's storage."""
        self._evm.insert_account_storage(address, int.from_bytes(slot, "big"), word)

    def wait_until(self, time: int) -> None:
        if time != self._time:
            self._number, self._time = self._number + 1, time
            block = BlockEnv(number=self._number, timestamp=time, prevrandao=bytes(32), basefee=0)
            self._evm.set_block_env(block)

    def now(self) -> int:
        return self._time

    def balances(self, addresses: Sequence[str]) -> list[int]:
        return [self._evm.get_balance(address) for address in addresses]

    def snapshot(self) -> tuple[JournalCheckpoint, int]:
        return self._evm.snapshot(), self._time

    def revert(self, snapshot: tuple[JournalCheckpoint, int]) -> None:
        self._evm.revert(snapshot[0])
        self.wait_until(snapshot[1])

    def _undone(self, call: Call) -> bytes | Reverted:
        before = self._evm.snapshot()
        answer = self._call(call)
        self._evm.revert(before)
        return answer

    def _call(self, call: Call, value: int = 0) -> bytes | Reverted:
        try:
            # sender, to, data, value, gas, price of gas, static
            return bytes(self._evm.message_call(call.sender, call.to, call.data, value, GAS, None, call.static))
        except RuntimeError as error:
            return _reverted(error, call)

    def _logs(self) -> list[Log]:
        return [
            Log(log.address, tuple(map(bytes, log.data[0])), bytes(log.data[1]))  # the address has its checksum
            for log in self._evm.result.logs
        ]


def _reverted(error: RuntimeError, asked: object) -> Reverted:
    refused = REFUSED.fullmatch(str(error))
    if refused is None:  # out of gas, an invalid opcode: no error of the contracts
        raise AssertionError(f"{asked} stops with {error}") from error
    return Reverted(bytes.fromhex(refused[1]))
