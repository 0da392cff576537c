"""A relayer at work on a real node: what it accepted, and what the ledger has of it."""

import secrets
from random import SystemRandom
from typing import Any

from eth_account import Account
from sqlalchemy import insert, select

from jamjar.crypto.hashing import keccak256
from jamjar.ledger.ledger import Ledger
from jamjar.protocol import signed_message
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Commit, Grant, Message
from jamjar.relayer.carrier import Carrier
from jamjar.relayer.item import ItemState
from jamjar.relayer.journal import Journal
from jamjar.relayer.node import CarrierNode as RealNode
from jamjar.relayer.settings import CarrierSettings
from jamjar.relayer.tables import ITEMS, METADATA
from jamjar.sandbox.anvil import CHAIN_ID
from jamjar.service.database import open_engine
from tests.stateful.node import Node, Rpc
from tests.stateful.system import System

# The second and fourth account of the mnemonic that every development node has.
KEYS = (
    "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
    "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
)
SETTINGS = CarrierSettings(depth=1, most_items=4, resend_after=1)


def deployment_of(system: System, rpc: Rpc) -> Deployment:
    """The record of a deployed system."""
    at = {name: contract.address for name, contract in system.contracts.items()}
    codes = {name: bytes.fromhex(rpc.call("eth_getCode", address, "latest")[2:]) for name, address in at.items()}
    placed = {name: DeployedContract(at[name], f"0x{keccak256(code).hex()}") for name, code in codes.items()}
    return Deployment.of(CHAIN_ID, 1, "test", placed, system.settings)


class Relayed:
    """A system on a real node, and a relayer that carries to it."""

    def __init__(self, node: Node, url: str) -> None:
        self.node, self.url = node, url
        self.system = System(node, {1: ("OPERATOR",), 2: ("ADVISER",), 3: ("OPERATOR",)})
        self.deployment = deployment_of(self.system, node.rpc)
        self.to = node.rpc.url
        self.clock = 0
        self.restart()

    def restart(self) -> None:
        self.engine = open_engine(self.url, METADATA, write_ahead=True)
        accounts = [Account.from_key(key) for key in KEYS]
        node, journal = RealNode(self.to, self.deployment), Journal(self.engine)
        self.carrier = Carrier(node, journal, accounts, self.deployment, settings=SETTINGS, random=SystemRandom())

    def accept(self, key: ConsentKey, *messages: Message) -> None:
        now = self.node.now()
        for message in messages:
            domain = self.deployment.domain_of(type(message))
            signed = sign(key, domain, message)
            row = {"id": secrets.token_bytes(32), "kind": type(message).__name__, "consent": key.address,
                   "signed": signed_message.to_json(signed, domain), "accepted_at": now, "due_at": now,
                   "carry_by": now + 600, "state": int(ItemState.WAITING)}  # fmt: skip
            with self.engine.begin() as connection:
                connection.execute(insert(ITEMS), row)

    def consents(self, count: int) -> list[ConsentKey]:
        """Consents that are live."""
        made = [ConsentKey.generate(secrets.token_bytes) for _ in range(count)]
        start = self.node.now() + 100
        for key in made:
            self.accept(key, Grant(key.address, 2, start, start + 9000, start + 8000, 3, secrets.token_bytes(32)))
        self.finish()
        self.node.wait_until(start + 1)
        return made

    def go(self) -> int:
        self.clock = max(self.clock + 1, self.node.now())
        return self.carrier.pass_once(self.clock)

    def finish(self) -> None:
        for _ in range(40):
            if not self.go():
                return
            self.node.rpc.call("evm_mine")
        raise AssertionError(self.carrier.problem)

    def rows(self) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(select(ITEMS).order_by(ITEMS.c.number)))

    def check(self) -> None:
        """The consents' events on the ledger are those that the recorded items tell of, each once."""
        ours = {row.consent for row in self.rows()}
        events = [e for e in Ledger(self.to, self.deployment).events() if getattr(e, "consent", None) in ours]
        told = {(r.block, r.transaction_hash.hex(), r.log_index) for r in self.rows() if r.state == ItemState.RECORDED}
        found = [(e.origin.block, e.origin.transaction[2:], e.origin.index) for e in events if not hasattr(e, "reason")]
        assert sorted(found) == sorted(told)
        assert len(told) == sum(row.state == ItemState.RECORDED for row in self.rows())


def commit(key: ConsentKey, root: int = 1, replaces: int = 0) -> Commit:
    return Commit(key.address, root.to_bytes(32, "big"), replaces.to_bytes(32, "big"))
