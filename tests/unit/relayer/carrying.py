"""A relayer at work on a chain in memory: what was accepted, what the ledger has of it, and what was reported."""

from collections import Counter
from itertools import repeat
from random import Random

from eth_account import Account
from sqlalchemy import insert, select

from jamjar.crypto.hashing import keccak256
from jamjar.encoding.strict_json import dumps
from jamjar.protocol.address import checksum_address
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.relayer.carrier import Carrier
from jamjar.relayer.item import ItemState
from jamjar.relayer.journal import Journal
from jamjar.relayer.settings import CarrierSettings
from jamjar.relayer.tables import ITEMS, METADATA
from jamjar.service.database import open_engine
from tests.unit.relayer.fake_node import FakeNode

ACCOUNTS = [Account.from_key(bytes([n]) * 32) for n in (1, 2)]
AT = [DeployedContract(f"0x{n:040x}", f"0x{'00' * 32}") for n in (1, 2, 3, 4)]
DEPLOYMENT = Deployment(1337, 0, "test", *AT)
HANDFUL = CarrierSettings(depth=2, most_items=3, most_open=2, resend_after=2, replace_after=6, most_attempts=2)
NONE = "0x" + "00" * 32


def consent(n: int) -> str:
    return checksum_address(keccak256(b"consent %d" % n)[12:])


def word(n: int) -> str:
    return f"0x{n:064x}"


class Carrying:
    def __init__(self, url: str, settings: CarrierSettings = HANDFUL, accounts: int = 2) -> None:
        self.url, self.settings, self.accounts = url, settings, ACCOUNTS[:accounts]
        self.node, self.now, self.wanted = FakeNode(), 1000, 0
        self.restart()

    def restart(self) -> None:
        """Begin again with nothing but the database, as after a crash."""
        self.engine = open_engine(self.url, METADATA, write_ahead=True)
        self.journal = Journal(self.engine)
        fixed = {"settings": self.settings, "random": Random(1)}  # noqa: S311 - the same in every run
        self.carrier = Carrier(self.node, self.journal, self.accounts, DEPLOYMENT, **fixed)

    def accept(self, kind: str, of: int, due: int = 0, **fields) -> int:
        """Put an item into the queue and return its number."""
        self.wanted += 1
        message = {"consent": consent(of), **fields}
        signature = {"r": word(self.wanted), "vs": word(self.wanted)}
        row = {
            "id": keccak256(b"item %d" % self.wanted),
            "kind": kind,
            "consent": consent(of),
            "signed": dumps({"type": kind, "message": message, **signature}),
            "accepted_at": self.now,
            "due_at": max(due, self.now),
            "carry_by": self.now + 600,
            "state": int(ItemState.WAITING),
        }
        with self.engine.begin() as connection:
            return connection.execute(insert(ITEMS).returning(ITEMS.c.number), row).scalar_one()

    def acknowledge(self, of: int, advice: str = "", due: int = 0) -> int:
        return self.accept("Acknowledge", of, due, commitment=word(of), advice=advice or word(self.wanted + 1))

    def commit(self, of: int, root: int, replaces: int = 0, due: int = 0) -> int:
        return self.accept("Commit", of, due, root=word(root), replaces=word(replaces))

    def go(self, *, seconds: int = 1, everything: bool = False) -> int:
        self.now += seconds
        return self.carrier.pass_once(self.now, everything=everything)

    def finish(self, rounds: int = 60) -> None:
        """Let the node be well, and go on until every item has ended."""
        node = self.node
        node.down = node.mute = node.refuses = node.forgetful = False
        node.behind = node.boast = node.cost = 0
        node.lies = repeat(0)
        for _ in range(rounds):
            if not self.go():
                return
            node.mine()
        raise AssertionError(f"{self.states()} after {rounds} rounds: {self.carrier.problem}")

    def rows(self) -> list:
        with self.engine.connect() as connection:
            return list(connection.execute(select(ITEMS).order_by(ITEMS.c.number)))

    def states(self) -> list[str]:
        return [ItemState(row.state).name for row in self.rows()]

    def finish_due(self, now: int) -> None:
        """Go on from a time at which all is due, until every item has ended."""
        self.now = now
        self.finish()

    def check(self) -> None:
        """Every recorded item is on the chain once, at the place told; every other is not; and there is no more."""
        assert self.check_places() == sum(self.node.effects().values())

    def check_places(self) -> int:
        """Every recorded item that is kept is on the chain once, at the place told; return how many there are."""
        places = Counter()
        logs = {}
        for block in self.node.blocks:
            for mined in block.mined.values():
                logs |= {(log.block, log.transaction, log.index): log for log in mined.logs}
        for row in self.rows():
            if row.state == ItemState.RECORDED:
                log = logs[row.block, row.transaction_hash, row.log_index]
                assert log.topics[1] == row.consent[2:].lower().rjust(64, "0")
                places[row.block, row.transaction_hash, row.log_index] += 1
            else:
                assert row.state == ItemState.REJECTED
                assert row.reason
        assert set(places.values()) <= {1}
        assert set(self.node.effects().values()) <= {1}
        return len(places)
