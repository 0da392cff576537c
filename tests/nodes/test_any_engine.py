"""Everything that asks a node, on one that can do only what every engine can: `tests.support.plain_node`.

Given web3 as it comes                          it cannot read a block of this node
When a consortium is founded and governed       all is as on any node, with accounts whose keys the node has not
When a relayer carries                          each message is recorded once
When a mailbox looks and a log is published     they see what is recorded
When the record is audited, and a deployment checked   it is sound, and right
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from web3 import HTTPProvider, Web3
from web3.exceptions import ExtraDataLengthError

from assurance.bytecode.deployment_checks import checks
from jamjar.audit.auditor import Auditor
from jamjar.audit.node import AuditNode
from jamjar.audit.report import Verdict
from jamjar.audit.store import AuditStore
from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.rpc import connection
from jamjar.mailbox.ledger_view import MailboxNodeView
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.typed_data import Pause, Resume, Withdraw
from jamjar.relayer.item import ItemState
from jamjar.sandbox.anvil import CHAIN_ID, GENESIS, Anvil, anvil
from jamjar.tlog.folder import Folder
from jamjar.tlog.ledger_source import LedgerSource
from jamjar.tlog.publisher import Publisher
from tests.nodes.governing import FOUNDER, STRANGER, Office
from tests.nodes.relayed import Relayed, commit
from tests.nodes.test_mailbox_on_a_node import Chain
from tests.stateful.node import own_node
from tests.support.plain_node import MOST_BLOCKS, PlainNode, plain_node
from tests.unit.tlog.world import LOG_KEY, Direct, policy
from tools.creation_code import read_build

WITHOUT = {"batch", "eth_getBlockReceipts", "eth_getLogs"}
"""What is tried, and done in another way where a node refuses it."""


class Behind(Anvil):
    """A node whose users reach it through the proxy alone; a test itself still moves its clock."""

    def __init__(self, node: Anvil, proxy: PlainNode) -> None:
        self.port, self.url = node.port, proxy.url


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, PlainNode]]:
    with anvil("--timestamp", GENESIS) as node, plain_node(node.url) as proxy:
        node.ask("evm_setAutomine", True)
        made = Office(Behind(node, proxy), tmp_path_factory.mktemp("office"))
        file = made.founders_file([made.address(FOUNDER)])
        made.does("consortium", "init", "--founders", file, "--out", made.folder, by=STRANGER)
        for _ in range(2 * MOST_BLOCKS):
            node.ask("evm_mine")
        yield made, proxy


def test_web3_alone_cannot(office: tuple[Office, PlainNode]) -> None:
    with pytest.raises(ExtraDataLengthError):
        Web3(HTTPProvider(office[1].url)).eth.get_block("latest")
    block = connection(office[1].url).eth.get_block("latest")
    assert "baseFeePerGas" not in block


def test_governing(office: tuple[Office, PlainNode]) -> None:
    made, proxy = office
    proposal = made.propose("suspend", 3, "--reason", "LEFT")
    made.wait(8 * 24 * 3600)
    made.does("consortium", "execute", proposal, by=STRANGER)
    assert [each["standing"] for each in made.json("members")["members"]].count("SUSPENDED") == 1
    assert proxy.refused <= WITHOUT


def audited(url: str, deployment: Deployment, folder: Path) -> Verdict:
    store = AuditStore(f"sqlite:///{folder / 'audit.db'}", deployment)
    try:
        return Auditor(deployment, [AuditNode(url)], store, read_build()).run().verdict
    finally:
        store.close()


def test_checked_and_audited(office: tuple[Office, PlainNode], tmp_path: Path) -> None:
    made, proxy = office
    deployment = deployment_file.read(deployment_file.path_of(made.folder, CHAIN_ID))
    assert [str(each) for each in checks(proxy.url, deployment, read_build()) if not each.right] == []
    assert audited(proxy.url, deployment, tmp_path) is Verdict.SOUND
    assert proxy.refused <= WITHOUT


def test_relayed(tmp_path: Path) -> None:
    with own_node() as node, plain_node(node.rpc.url) as proxy:
        relayed = Relayed(node, f"sqlite:///{tmp_path / 'relayer.db'}")
        relayed.to = proxy.url
        relayed.restart()
        one, two = relayed.consents(2)
        relayed.accept(one, commit(one))
        relayed.accept(two, commit(two))
        relayed.finish()
        relayed.accept(one, Pause(one.address, 0), Resume(one.address, 1))
        relayed.accept(two, Withdraw(two.address))
        relayed.finish()
        relayed.check()
        assert {row.state for row in relayed.rows()} == {ItemState.RECORDED}
        assert Ledger(proxy.url, relayed.deployment).time() == node.now()
        assert proxy.refused <= WITHOUT


def test_looked_at_and_published(tmp_path: Path) -> None:
    with own_node() as node, plain_node(node.rpc.url) as proxy:
        chain = Chain(node)
        chain.watch = MailboxNodeView(Ledger(proxy.url, chain.deployment))
        chain.use(chain.deposit())
        (use,) = chain.watch.uses(chain.key.address).records
        source = LedgerSource(proxy.url, chain.deployment, 0)
        publisher = Publisher(Folder(tmp_path / "log"), LOG_KEY, source, Direct(tmp_path, time.time).clients, policy())
        assert publisher.publish().checkpoint.size == len(list(Ledger(proxy.url, chain.deployment).events()))
        assert use.number == 1
        assert proxy.refused <= WITHOUT
