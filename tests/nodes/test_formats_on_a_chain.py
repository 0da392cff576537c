"""The files of tests/formats on the chain on which they were made: each goes on with it.

Given the audit's database              it is refused, and a new audit does not find the record sound
Given the relayer's database            what is on its way and what waits is recorded
Given the wallet's vault                all that waited in it is found on the ledger
Given the log's folder                  it grows
"""

import lzma
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import SystemRandom
from typing import Any

import pytest

from jamjar.audit.auditor import Auditor
from jamjar.audit.node import AuditNode
from jamjar.audit.store import AuditStore
from jamjar.errors import InvalidInput
from jamjar.ledger.carried import is_carried
from jamjar.ledger.ledger import Ledger
from jamjar.relayer.carrier import Carrier
from jamjar.relayer.item import Item
from jamjar.relayer.journal import Journal
from jamjar.relayer.node import CarrierNode
from jamjar.relayer.queue import Queue
from jamjar.relayer.settings import CarrierSettings
from jamjar.sandbox.anvil import WHEN_TOLD, anvil
from jamjar.tlog.folder import Folder
from jamjar.tlog.ledger_source import LedgerSource
from jamjar.tlog.publisher import Publisher
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from tests.formats.known import DEPLOYMENT, FILES, KNOWN, account, plain
from tests.unit.tlog.world import LOG_KEY

THERE = KNOWN["relayer"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    copy = shutil.copytree(FILES, tmp_path / "files")
    (copy / "state.json").write_bytes(lzma.decompress((copy / "anvil-state.json.xz").read_bytes()))
    return copy


@pytest.fixture
def node(files: Path) -> Iterator[AuditNode]:
    with anvil(*WHEN_TOLD, "--load-state", str(files / "state.json")) as running:
        running.ask("anvil_setBlockTimestampInterval", 1)
        running.ask("anvil_setCode", DEPLOYMENT.governance.address, "0x00")  # which stands for one that was not there
        yield AuditNode(running.url)


@pytest.fixture
def carried(node: AuditNode, files: Path) -> dict[str, Item]:
    """What became of all that the relayer's database holds, by the ids, once its time had come."""
    queue = Queue(f"sqlite:///{files / 'relayer.db'}")
    settings, chance = CarrierSettings(depth=THERE["depth"]), SystemRandom()
    carried_to, journal = CarrierNode(node.url, DEPLOYMENT), Journal(queue.engine)
    carrier = Carrier(carried_to, journal, [account(1)], DEPLOYMENT, settings=settings, random=chance)
    for due in sorted({each["due_at"] for each in THERE["items"] if each["state"] == "WAITING"}):
        ask(node, "evm_setNextBlockTimestamp", max(due, now(node) + 1))
        ask(node, "evm_mine")
        for _ in range(6):
            carrier.pass_once(now(node))
            assert carrier.problem == ""
            ask(node, "evm_mine")
    assert queue.open() == 0
    found = {each["id"]: queue.item(bytes.fromhex(each["id"])) for each in THERE["items"]}
    queue.close()
    return {name: item for name, item in found.items() if item is not None}


def ask(node: AuditNode, method: str, *parameters: Any) -> Any:
    return node.ask([(method, list(parameters))])[0]


def now(node: AuditNode) -> int:
    return node.header(node.height()).time


def audit(node: AuditNode, database: Path) -> dict[str, Any]:
    """Audit without a build: the chain's contracts are those of the commit that made the files."""
    store = AuditStore(f"sqlite:///{database}", DEPLOYMENT)
    try:
        return plain(Auditor(DEPLOYMENT, [node], store).run().to_json())  # type: ignore[no-any-return]
    finally:
        store.close()


def test_the_ledger_is_read(node: AuditNode) -> None:
    ledger = Ledger(node.url, DEPLOYMENT)
    assert node.header(node.height()).hash == KNOWN["audit"]["hash"]
    for known in KNOWN["chain"]["consents"].values():
        at = known["consent"]
        assert (ledger.status(at), ledger.head_of(at).hex()) == (known["status"], known["head"])
        assert {name: int(value) for name, value in asdict(ledger.consent(at)).items()}.items() <= known.items()


def test_an_audit_of_contracts_that_it_does_not_know(node: AuditNode, files: Path) -> None:
    """Neither the database that an earlier version made is gone on with, nor is their record found sound anew."""
    with pytest.raises(InvalidInput, match="name another database"):
        audit(node, files / "audit.db")
    said = audit(node, files / "new.db")
    assert not said["sound"]
    assert "unknown-event" in {each["rule"] for each in said["findings"]}


def test_the_relayer_goes_on(carried: dict[str, Item]) -> None:
    ended = {each["id"]: "REJECTED" if each["state"] == "REJECTED" else "RECORDED" for each in THERE["items"]}
    assert {name: item.state.name for name, item in carried.items()} == ended


def test_the_wallet_goes_on(node: AuditNode, files: Path, carried: dict[str, Item]) -> None:
    ledger = Ledger(node.url, DEPLOYMENT)
    with Vault.open(str(files / "wallet.vault"), KNOWN["passphrase"]) as vault:
        wallet = Wallet(DEPLOYMENT, vault)
        waited = wallet.outgoing()
        assert [is_carried(signed, ledger) for signed in waited] == [True] * len(KNOWN["wallet"]["outgoing"])
        for signed in waited:
            wallet.settle(signed)
        assert wallet.outgoing() == ()


def test_the_log_goes_on(node: AuditNode, files: Path, carried: dict[str, Item]) -> None:
    source = LedgerSource(node.url, DEPLOYMENT, THERE["depth"])
    done = Publisher(Folder(files / "log"), LOG_KEY, source).publish()
    assert done.new == done.checkpoint.size - KNOWN["log"]["size"] > 0
