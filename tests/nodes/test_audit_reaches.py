"""jamjar.audit looks at all there is: each view, past blocks, every node's code, immutables.

Given one view whose answer is another                     replay-differs, and that view is named
Given a past block whose storage was another               replay-differs of that block
Given a node that answers nothing of the past              sound, and it is told
Given code that is not the file's, without a build         code-differs
Given an immutable, or another node's code, is another     code-differs
Given a breach found long before                           told again
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.audit.auditor import Auditor
from jamjar.audit.node import AuditNode, RpcError
from jamjar.audit.store import AuditStore
from jamjar.audit.views import View
from jamjar.crypto.hashing import keccak256
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import audit, broken, live, live_through_all
from tests.nodes.test_audit_attacks import slot
from tools.creation_code import read_build

VIEWS = ["getMinDelay", "getTimestamp", "getMember", "recoveryOf", "hasRole", "memberOf", "memberNamed", "isOffered",
         "getConsent", "headOf", "stageOf"]  # fmt: skip


@pytest.fixture
def chain() -> Iterator[LocalChain]:
    with local_chain() as made:
        yield made


@pytest.fixture(scope="module")
def lived() -> Iterator[LocalChain]:
    with local_chain() as chain:
        live_through_all(chain)
        yield chain


class Answers(AuditNode):
    """A node that gives another answer to one view, or refuses the past."""

    def __init__(self, honest: AuditNode, view: str, last: int | None = None) -> None:
        super().__init__(honest.url)
        self.view, self.last = view, last

    def answers(self, views: Sequence[View], at: Mapping[str, str], number: int) -> list[bytes | RpcError]:
        if self.last is not None and number < self.last:
            return [RpcError("missing trie node")] * len(views)
        honest = super().answers(views, at, number)
        return [b"\1" * 32 if f".{self.view}(" in v.said else a for v, a in zip(views, honest, strict=True)]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view(lived: LocalChain, tmp_path: Path, view: str) -> None:
    report = audit(lived, tmp_path, [Answers(lived.node, view)], samples=0)
    assert broken(report) == ["replay-differs"]
    told = [finding.what for finding in report.findings if finding.rule == "replay-differs"]
    assert all(f".{view}(" in each for each in told)


def test_no_past(lived: LocalChain, tmp_path: Path) -> None:
    report = audit(lived, tmp_path, [Answers(lived.node, "none", lived.node.height())], samples=2)
    assert report.sound
    assert broken(report) == ["sample-unavailable"]


def test_a_past_block(chain: LocalChain, tmp_path: Path) -> None:
    keys, roots = live(chain)
    then = chain.node.height()
    where = chain.at["CommitmentRegistry"], slot(bytes.fromhex(keys[0].address[2:]), 2)
    for value in (b"\x77" * 32, roots[0]):
        chain.ask("anvil_setStorageAt", *where, "0x" + value.hex())
        chain.wait_until(chain.now() + 1)
    report = audit(chain, tmp_path, samples=99)
    assert broken(report) == ["replay-differs"]
    assert {f.block for f in report.findings if f.rule == "replay-differs"} == {then}
    again = audit(chain, tmp_path)
    assert again.findings == report.findings


def placed(chain: LocalChain, at: int) -> str:
    """Change a byte of the code of the log of advice, and return the hash of all of it."""
    address = chain.at["AdviceLog"]
    code = bytearray(chain.node.code(address, chain.node.height()))
    code[at] ^= 1
    chain.ask("anvil_setCode", address, "0x" + code.hex())
    chain.wait_until(chain.now() + 1)
    return "0x" + keccak256(bytes(code)).hex()


def test_code_without_a_build(chain: LocalChain, tmp_path: Path) -> None:
    placed(chain, -60)
    store = AuditStore(f"sqlite:///{tmp_path / 'audit.db'}", chain.deployment)
    report = Auditor(chain.deployment, [chain.node], store, None, samples=0).run()
    store.close()
    assert broken(report) == ["code-differs", "code-unchecked"]


def test_an_immutable(chain: LocalChain, tmp_path: Path) -> None:
    (at, *_) = read_build()["AdviceLog"].immutables["CONSENTS"]
    changed = replace(chain.deployment.advice_log, code_hash=placed(chain, at + 31))
    chain.deployment = replace(chain.deployment, advice_log=changed)
    assert broken(audit(chain, tmp_path)) == ["code-differs"]


def test_another_nodes_code(lived: LocalChain, tmp_path: Path) -> None:
    class Changed(AuditNode):
        def code(self, address: str, number: int) -> bytes:
            return super().code(address, number)[:-1]

    assert broken(audit(lived, tmp_path, [lived.node, Changed(lived.node.url)])) == ["code-differs"]
