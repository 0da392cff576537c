"""The contracts on a private Anvil, with recorded events, on which audits and relayers are tested and measured."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from eth_abi.abi import encode

from jamjar.audit.node import AuditNode
from jamjar.crypto.hashing import keccak256
from jamjar.errors import NodeUnavailable
from jamjar.protocol.abi import abi_of, creation_code, type_of
from jamjar.protocol.address import checksum_address, created_address
from jamjar.protocol.calldata import data_of
from jamjar.protocol.calls import batch_of, call_of
from jamjar.protocol.deployment import CONTRACTS, DeployedContract, Deployment
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY, Settings, constructor_arguments
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Commit, Grant, Message
from jamjar.sandbox.anvil import CHAIN_ID, WHEN_TOLD, anvil
from jamjar.sandbox.members import founding
from jamjar.service.json_rpc import RpcError

GAS = 28_000_000
ADVISER = 2
MEMBERS = {1: ("Member 1", ("OPERATOR",)), ADVISER: ("Member 2", ("ADVISER",))}
BATCH, SINGLES_IN_A_BLOCK = 100, 50


@contextmanager
def local_chain(*options: object) -> Iterator["LocalChain"]:
    """Run a node with these options, which mines when told to, and deploy on it; it ends with the block."""
    with anvil(*WHEN_TOLD, *options) as node:
        yield LocalChain(AuditNode(node.url))


class LocalChain:
    """A deployment on a node, with an operator (member 1) and an adviser (member 2); accounts[n] acts for member n.

    accounts[0] is the founder's.
    """

    def __init__(self, node: AuditNode, settings: Settings | None = None) -> None:
        self.node = node
        self.accounts = accounts_of(node)
        self.settings = settings or Settings(
            founders=(self.accounts[0],), members=founding(self.accounts, lambda _: bytes(1216), MEMBERS)
        )
        first, nonce = node.height() + 1, int(self.ask("eth_getTransactionCount", self.accounts[0], "latest"), 16)
        self.at = {name: created_address(self.accounts[0], nonce + place) for place, name in enumerate(CONTRACTS)}
        for name in CONTRACTS:
            (entry,) = (each for each in abi_of(name) if each["type"] == "constructor")
            arguments = constructor_arguments(name, self.settings, self.at)
            data = creation_code(name) + encode([type_of(each) for each in entry["inputs"]], arguments)
            (receipt,) = self.mine([{"from": self.accounts[0], "data": "0x" + data.hex(), "gas": hex(GAS)}])
            assert receipt["status"] == "0x1", f"{name} was not deployed"
        deployed = {
            name: DeployedContract(at, "0x" + keccak256(node.code(at, node.height())).hex())
            for name, at in self.at.items()
        }
        self.deployment = Deployment.of(CHAIN_ID, first, "test", deployed, self.settings)

    def ask(self, method: str, *parameters: Any) -> Any:
        """Return the node's answer; raises NodeUnavailable when it refuses."""
        (answer,) = self.node.ask([(method, parameters)])
        if isinstance(answer, RpcError):
            raise NodeUnavailable(f"The node refused {method} ({answer.message}); check the node.")
        return answer

    def mine(self, requests: Sequence[dict[str, str]], at: int | None = None) -> list[Any]:
        """Mine transactions in one block, at the given time if any, and return their receipts."""
        hashes = self.node.ask([("eth_sendTransaction", [request]) for request in requests])
        if at is not None:
            self.ask("evm_setNextBlockTimestamp", at)
        self.ask("evm_mine")
        return self.node.ask([("eth_getTransactionReceipt", [each]) for each in hashes])

    def now(self) -> int:
        """Return the newest block's time."""
        return self.node.header(self.node.height()).time

    def wait_until(self, time: int) -> None:
        """Mine an empty block at this time."""
        self.mine([], time)

    def request(self, sender: str, contract: str, function: str, *arguments: Any, gas: int = GAS) -> dict[str, str]:
        """Return a transaction that calls a contract."""
        data = data_of(contract, function, *arguments)
        return {"from": sender, "to": self.at[contract], "data": "0x" + data.hex(), "gas": hex(gas)}

    def send(self, sender: str, contract: str, function: str, *arguments: Any) -> Any:
        """Mine one call and return its receipt."""
        (receipt,) = self.mine([self.request(sender, contract, function, *arguments)])
        assert receipt["status"] == "0x1", f"{function} was refused"
        return receipt

    def propose(self, *call: Any) -> bytes:
        """Propose a call (target, value, data, predecessor, salt) as the founder, and return the proposal's id."""
        sent = self.send(self.accounts[0], "Governance", "schedule", *call, self.settings.governance_delay)
        return bytes.fromhex(sent["logs"][0]["topics"][1][2:])

    def govern(self, contract: str, function: str, *arguments: Any) -> Any:
        """Propose a call, let the governance's delay pass, execute it, and return that receipt."""
        call = (self.at[contract], 0, data_of(contract, function, *arguments), bytes(32), secrets.token_bytes(32))
        self.propose(*call)
        self.wait_until(self.now() + self.settings.governance_delay)
        return self.send(self.accounts[0], "Governance", "execute", *call)

    def admit(self, number: int, role: str) -> Any:
        """Admit a member by the governance, for whom accounts[number] acts."""
        admission = (number, f"Member {number}", [Role[role].value], self.accounts[number], bytes(1216))
        return self.govern("Consortium", "admit", admission)

    def signed(self, key: ConsentKey, message: Message) -> SignedMessage:
        """Return a message signed by a key, for the contract that takes it."""
        return sign(key, self.deployment.domain_of(type(message)), message)

    def carry(self, *signed: SignedMessage) -> Any:
        """Have the operator carry one message, or several as a batch."""
        return self.send(self.accounts[1], *self.call(*signed))

    def call(self, *signed: SignedMessage) -> tuple[Any, ...]:
        """Return the contract, the function and the arguments that carry these messages."""
        contract, function, arguments = call_of(signed[0]) if len(signed) == 1 else batch_of(signed)
        return contract, function, *arguments

    def grant_to_adviser(self, key: ConsentKey, uses: int = 1000) -> SignedMessage:
        """Return a signed grant that begins a minute from now."""
        start = self.now() + 60
        message = Grant(key.address, ADVISER, start, start + 180 * DAY, start + 80 * DAY, uses, secrets.token_bytes(32))
        return self.signed(key, message)

    def keys(self, count: int) -> list[ConsentKey]:
        """Return fresh consent keys."""
        return [ConsentKey.generate(secrets.token_bytes) for _ in range(count)]


def accounts_of(node: AuditNode) -> list[str]:
    """Return the accounts whose keys a node holds."""
    (found,) = node.ask([("eth_accounts", [])])
    return [checksum_address(bytes.fromhex(each[2:])) for each in found]


def record(chain: LocalChain, batches: int, singles: int) -> None:
    """Record grants, first commitments and uses in batches, then replacing commitments and uses one by one."""
    keys = list[ConsentKey]()
    for _ in range(batches):
        fresh = chain.keys(BATCH)
        chain.carry(*(chain.grant_to_adviser(key) for key in fresh))
        keys += fresh
    chain.wait_until(chain.now() + 3600)
    heads = {key.address: secrets.token_bytes(32) for key in keys}
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        chain.carry(*(chain.signed(key, Commit(key.address, heads[key.address], bytes(32))) for key in some))
        chain.send(chain.accounts[2], "ConsentRegistry", "useBatch", [(k.address, heads[k.address]) for k in some])
    one_by_one = [_single(chain, keys[n // 2 % len(keys)], heads, commits=n % 2 == 0) for n in range(singles)]
    for start in range(0, singles, SINGLES_IN_A_BLOCK):
        chain.mine(one_by_one[start : start + SINGLES_IN_A_BLOCK])


def _single(chain: LocalChain, key: ConsentKey, heads: dict[str, bytes], *, commits: bool) -> dict[str, str]:
    at = key.address
    if not commits:
        return chain.request(chain.accounts[2], "ConsentRegistry", "use", (at, heads[at]), gas=200_000)
    old, heads[at] = heads[at], secrets.token_bytes(32)
    call = chain.call(chain.signed(key, Commit(at, heads[at], old)))
    return chain.request(chain.accounts[1], *call, gas=200_000)
