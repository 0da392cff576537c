"""A chain in memory that a test can make do what chains and nodes do: drop, reorganise, lag, lie, fail."""

from collections import Counter
from itertools import repeat

import rlp

from jamjar.crypto.hashing import keccak256
from jamjar.errors import LedgerError, NodeUnavailable, Rejected
from jamjar.protocol.abi import EVENT, entries
from jamjar.protocol.rejections import decode as refusal
from jamjar.relayer.node_port import Head, Mined, NodeLog
from tests.unit.relayer import fake_contracts
from tests.unit.relayer.fake_blocks import Block, gas_of, key_of, paid, price_of

GAS_LIMIT, EACH, BASE = 3_000_000, 30_000, 21_000


class FakeNode:
    def __init__(self) -> None:
        self.blocks = [Block(b"\0" * 32, [])]
        self.pool: dict[tuple[str, int], bytes] = {}
        self.made, self.sent, self.suspended = 0, Counter(), ""
        self.down = self.mute = self.refuses = self.forgetful = False
        self.behind = self.boast = self.fee = self.cost = self.asked = self.fail_at = self.least = 0
        self.wealth: int | None = 10**24
        self.time = 2**40
        self.lies, self.lies_deeply = repeat(0), False

    # ------------------------------------------------------------------ what happens to it

    def mine(self, blocks: int = 1) -> None:
        for _ in range(blocks):
            self.made += 1
            self.blocks.append(block := Block(keccak256(b"block %d" % self.made), []))
            while ready := [k for k in self.pool if k[1] == self._count(k[0], self.blocks) and self._takes(k)]:
                self._execute(block, ready[0][0], self.pool.pop(ready[0]))

    def reorganise(self, depth: int, *, lost: bool = False) -> None:
        """Take blocks back, and mine as many and one more without what was in them, which is lost or in the pool."""
        depth = min(depth, len(self.blocks) - 1)
        gone = [self.blocks.pop() for _ in range(depth)]
        if not lost:
            for raw in (raw for block in reversed(gone) for raw in block.raws):
                self.pool.setdefault(key_of(raw), raw)
        held, self.pool = self.pool, {}
        self.mine(depth + 1)
        self.pool = held

    def use_nonce(self, account, calls=b"", to=b"\1" * 20) -> None:
        """Another program sends from the same account, and is mined at once."""
        fields = {"nonce": self._count(account.address, self.blocks), "gas": 10**6, "gasPrice": 10**9, "value": 0}
        raw = bytes(account.sign_transaction({**fields, "to": to, "data": calls, "chainId": 1337}).raw_transaction)
        self.pool[key_of(raw)] = raw
        self.mine()

    def effects(self) -> Counter:
        """What is recorded, as topics and data."""
        logs = (log for block in self.blocks for mined in block.mined.values() for log in mined.logs)
        names = {digest.hex(): entry["name"] for digest, entry in entries(EVENT).items()}
        return Counter((log.topics, log.data) for log in logs if "Rejected" not in names[log.topics[0]])

    # ------------------------------------------------------------------ what it answers

    def head(self) -> Head:
        return Head(len(self._seen()) - 1 + self.boast, GAS_LIMIT, self.time)

    def block_hash(self, number):
        seen = self._seen()
        return seen[number].hash if 0 <= number < len(seen) else None

    def count(self, account, block=None) -> int:
        seen = self._seen()
        if block is not None and block >= len(seen):
            raise LedgerError("no such block")
        lie = next(self.lies) if block is None or self.lies_deeply else 0
        return max(0, self._count(account, seen[: len(seen) if block is None else block + 1]) + lie)

    def mined(self, transactions):
        known = {name: mined for block in self._seen() for name, mined in block.mined.items()}
        return [None if self.forgetful else known.get(each) for each in transactions]

    def logs(self, consents, since, until):
        topics = {consent[2:].lower().rjust(64, "0") for consent in consents}
        mined = [each for block in self._seen()[: until + 1] for each in block.mined.values()]
        return [log for each in mined for log in each.logs if log.topics[1] in topics]

    def price(self) -> int:
        self._seen()
        return self.fee

    def balance(self, account) -> int | None:
        self._seen()
        return None if self.wealth is None else self.wealth - paid(self.blocks, account)

    def estimate(self, account, contract, data) -> int:
        items, _, error = self._call(data, self._seen())
        if account == self.suspended:
            raise Rejected("CarrierNotActiveMember", (account,), "have an active member carry the grant")
        if error:
            raise refusal(error)
        return BASE + items * EACH

    def send(self, raws) -> list:
        self._seen()
        answers = [LedgerError("refused") if self.refuses else self._objection(raw) or self._take(raw) for raw in raws]
        if self.mute:
            raise NodeUnavailable("no answer")
        return answers

    # ------------------------------------------------------------------ inside

    def _objection(self, raw) -> LedgerError | None:
        account, nonce = key_of(raw)
        too_low = nonce < self._count(account, self.blocks)
        return LedgerError("nonce too low") if too_low else self._refusal(raw)

    def _take(self, raw) -> None:
        key = key_of(raw)
        self.sent[keccak256(raw)] += 1
        if key[1] >= self._count(key[0], self.blocks):
            standing = self.pool.get(key)
            if standing and self._refusal(standing):  # a pool forgets what cannot be paid
                standing = None
            if standing in (None, raw) or price_of(raw) * 10 >= price_of(standing) * 11 > 0 or price_of(standing) == 0:
                self.pool[key] = raw

    def _refusal(self, raw) -> LedgerError | None:
        is_short = price_of(raw) * gas_of(raw) > max(0, (self.wealth or 0) - paid(self.blocks, key_of(raw)[0]))
        return LedgerError("insufficient funds") if is_short else None

    def _takes(self, key) -> bool:
        """Whether a block takes what is in the pool: it pays enough, and can pay."""
        return price_of(self.pool[key]) >= self.least and not self._refusal(self.pool[key])

    def _seen(self):
        self.asked += 1
        if self.down or self.asked == self.fail_at:
            raise NodeUnavailable("down")
        return self.blocks[: max(1, len(self.blocks) - self.behind)]

    def _count(self, account, blocks) -> int:
        return sum(key_of(raw)[0] == account for block in blocks for raw in block.raws)

    def _execute(self, block, sender, raw) -> None:
        gas, data = gas_of(raw), rlp.decode(raw)[5]
        items, logs, error = self._call(data, self.blocks, sender) if data else (0, [], b"")
        used = BASE + items * (self.cost or EACH)
        succeeded = not error and used <= gas and sender != self.suspended
        digest, number = keccak256(raw), len(self.blocks) - 1
        first = sum(len(mined.logs) for mined in block.mined.values())
        placed = [NodeLog("00" * 20, *log, number, digest, first + i) for i, log in enumerate(logs)]
        block.raws.append(raw)
        block.mined[digest] = Mined(number, block.hash, succeeded, min(used, gas), tuple(placed if succeeded else ()))

    def _call(self, data, blocks, sender="0x" + "11" * 20):
        done = [log for block in blocks for mined in block.mined.values() for log in mined.logs]
        return fake_contracts.call(data, sender, [(log.topics, log.data) for log in done])
