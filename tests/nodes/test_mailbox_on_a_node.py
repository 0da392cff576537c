"""The mailbox's view of a real ledger: uses as deep as they are, gone when their block is, and withdrawals at once.

Given the use's block has too few on it      no key
Given the use's block is taken back          no use
Given the consent is withdrawn               no key, though the use is there
Given all is well                            the key, which opens the disclosure
"""

import secrets
from collections.abc import Iterator

import pytest

from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure.package import SealedPackage, open_package, seal_package
from jamjar.ledger.ledger import Ledger
from jamjar.mailbox import conditions
from jamjar.mailbox.ledger_view import MailboxNodeView, UseRecord
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import Status
from jamjar.protocol.calls import call_of
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Commit, Domain, Grant, Message, Withdraw
from jamjar.service.refusal import Refusal
from tests.nodes.relayed import deployment_of
from tests.stateful.node import Node, own_node
from tests.stateful.system import System
from tests.support.disclosures import disclosure

DEPTH = 2


class Chain:
    """A consent on a real chain, from grant to what the test does."""

    def __init__(self, node: Node) -> None:
        self.node, self.system = node, System(node, {1: ("OPERATOR",), 2: ("ADVISER",), 3: ("COUNCIL",)})
        self.carrier, self.adviser = self.system.accounts[1:3]
        self.deployment = deployment_of(self.system, node.rpc)
        self.watch = MailboxNodeView(Ledger(node.rpc.url, self.deployment))
        self.key, self.adviser_key = ConsentKey.generate(secrets.token_bytes), EncryptionKey(b"\3" * 32)

    @property
    def registry(self) -> Domain:
        return self.deployment.domain_of(Commit)

    def carry(self, message: Message, time: int) -> None:
        contract, function, arguments = call_of(sign(self.key, self.deployment.domain_of(type(message)), message))
        data = self.system.contracts[contract].calldata(function, *arguments)
        assert self.system.send(time, self.carrier, contract, data).refused is None

    def deposit(self) -> SealedPackage:
        now, consent = self.node.now(), self.key.address
        shown = disclosure(consent, registry=self.registry)
        granted = Grant(consent, 2, now + 10, now + 10_000, now + 9_000, 3, shown.terms.digest(shown.terms_salt))
        self.carry(granted, now + 5)
        self.carry(Commit(consent, shown.root, bytes(32)), now + 20)
        public = self.adviser_key.public_bytes
        return seal_package(shown, EncryptionKey(b"\4" * 32).public_bytes, public, self.registry, secrets.token_bytes)

    def use(self, sealed: SealedPackage) -> None:
        data = self.system.contracts["ConsentRegistry"].calldata("use", (self.key.address, sealed.content.root))
        assert self.system.send(self.node.now() + 1, self.adviser, "ConsentRegistry", data).refused is None

    def decided(self, sealed: SealedPackage) -> UseRecord | Refusal:
        uses, view = self.watch.uses(self.key.address), self.watch.look(self.key.address)
        member = self.watch.member_of(self.adviser)
        return conditions.hand_over(sealed.content, member, view, uses, spent=set(), depth=DEPTH)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with own_node() as running:
        yield running


def code(decided: UseRecord | Refusal) -> Code | None:
    return decided.code if isinstance(decided, Refusal) else None


def test_a_use_on_a_real_ledger(node: Node) -> None:
    chain = Chain(node)
    assert chain.watch.look(chain.key.address).status is Status.NONE
    sealed = chain.deposit()
    view = chain.watch.look(chain.key.address)
    assert (view.status, view.live, view.recipient, view.head) == (Status.ACTIVE, True, 2, sealed.content.root)
    assert [chain.watch.member_of(account) for account in (chain.adviser, chain.system.accounts[9])] == [2, 0]
    assert conditions.deposit(sealed.content, view) is None
    assert code(chain.decided(sealed)) is Code.NO_USE_ON_RECORD

    before = node.snapshot()
    chain.use(sealed)
    assert code(chain.decided(sealed)) is Code.NOT_DEEP_ENOUGH
    node.revert(before)
    assert code(chain.decided(sealed)) is Code.NO_USE_ON_RECORD

    chain.use(sealed)
    for missing in (2, 1):
        decided = chain.decided(sealed)
        assert isinstance(decided, Refusal)
        assert decided.details == {"blocks": missing}
        node.wait_until(node.now() + 1)
    use = chain.decided(sealed)
    assert isinstance(use, UseRecord)
    assert (use.consent, use.number, use.recipient, use.commitment) == (chain.key.address, 1, 2, sealed.content.root)
    assert open_package(sealed, chain.adviser_key, chain.registry).disclosure.consent == chain.key.address

    suspended = chain.system.contracts["Consortium"].calldata("suspend", 2, 1)
    before = node.snapshot()
    chain.system.send(node.now() + 1, chain.system.accounts[3], "Consortium", suspended)
    assert chain.watch.member_of(chain.adviser) == 0
    node.revert(before)

    chain.carry(Withdraw(chain.key.address), node.now() + 1)
    assert code(chain.decided(sealed)) is Code.CONSENT_NOT_LIVE
