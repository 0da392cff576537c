"""jamjar.audit against whoever would have the record say something else, each on an Anvil of its own.

Given everything that can happen, honestly                     sound, and what the contracts hold is what is replayed
Given the last audit's blocks were rolled back, others mined   history-rewritten
Given the node has fewer blocks than the last time             that is told, and nothing is said of them
Given one byte of the code is another                          code-differs
Given storage that no event accounts for                       replay-differs, and what follows from it
Given a member admitted in the storage, without an event       impossible-order, as soon as it acts
Given a member that the governance admits                      sound, and the change is told
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.typed_data import Commit
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import audit, broken, live, live_through_all


@pytest.fixture
def chain() -> Iterator[LocalChain]:
    with local_chain() as made:
        yield made


def test_an_honest_record(chain: LocalChain, tmp_path: Path) -> None:
    live_through_all(chain)
    report = audit(chain, tmp_path, samples=5)
    assert report.sound
    assert broken(report) == []
    assert report.statuses == {"STALE": 2, "WITHDRAWN": 2, "RELEASED": 1}  # months went by
    again = audit(chain, tmp_path)
    assert again.figures == report.figures
    assert again.findings == report.findings


def test_history_rewritten(chain: LocalChain, tmp_path: Path) -> None:
    keys, roots = live(chain)
    before, height = chain.ask("evm_snapshot"), chain.node.height()
    chain.send(chain.accounts[2], "ConsentRegistry", "use", (keys[0].address, roots[0]))
    chain.wait_until(chain.now() + 5)
    assert audit(chain, tmp_path, samples=0).sound
    chain.ask("evm_revert", before)
    chain.carry(chain.signed(keys[1], Commit(keys[1].address, b"x" * 32, roots[1])))
    chain.wait_until(chain.now() + 9)
    report = audit(chain, tmp_path)
    assert broken(report) == ["history-rewritten"]
    assert [finding.block for finding in report.findings if finding.rule == "history-rewritten"] == [height + 2]
    assert report.figures.uses == {}  # what is there now was read from the beginning
    assert not audit(chain, tmp_path).sound  # and it is not forgotten


def test_blocks_that_are_gone(chain: LocalChain, tmp_path: Path) -> None:
    before = chain.ask("evm_snapshot")
    live(chain)
    assert audit(chain, tmp_path, samples=0).sound
    chain.ask("evm_revert", before)
    assert "blocks-gone" in broken(audit(chain, tmp_path))


def test_one_byte_of_code(chain: LocalChain, tmp_path: Path) -> None:
    address = chain.at["AdviceLog"]
    code = bytearray(chain.node.code(address, chain.node.height()))
    code[-60] ^= 1
    chain.ask("anvil_setCode", address, "0x" + code.hex())
    chain.wait_until(chain.now() + 1)
    assert broken(audit(chain, tmp_path)) == ["code-differs"]
    # also where whoever deployed it wrote the hash of that into the file
    placed = replace(chain.deployment.advice_log, code_hash="0x" + keccak256(bytes(code)).hex())
    chain.deployment = replace(chain.deployment, advice_log=placed)
    assert broken(audit(chain, tmp_path)) == ["code-differs"]


def test_ether(chain: LocalChain, tmp_path: Path) -> None:
    chain.ask("anvil_setBalance", chain.at["Consortium"], hex(5))
    chain.wait_until(chain.now() + 1)
    assert broken(audit(chain, tmp_path)) == ["payable"]


def slot(key: bytes, place: int) -> str:
    return "0x" + keccak256(key.rjust(32, b"\0") + place.to_bytes(32, "big")).hex()


def test_a_head_that_no_event_accounts_for(chain: LocalChain, tmp_path: Path) -> None:
    keys, _ = live(chain)
    where = slot(bytes.fromhex(keys[0].address[2:]), 2)
    chain.ask("anvil_setStorageAt", chain.at["CommitmentRegistry"], where, "0x" + "77" * 32)
    chain.wait_until(chain.now() + 1)
    assert broken(audit(chain, tmp_path)) == ["replay-differs"]


def test_an_admission_is_told(chain: LocalChain, tmp_path: Path) -> None:
    assert audit(chain, tmp_path).sound
    chain.admit(6, "ADVISER")
    report = audit(chain, tmp_path)
    assert report.sound
    told = report.findings[-1]
    assert (told.rule, told.block) == ("members-changed", chain.node.height())
    assert "member 6, name Member 6" in told.what
    assert "ADVISER" in told.what


def test_a_member_that_no_event_admitted(chain: LocalChain, tmp_path: Path) -> None:
    """The storage alone makes member 9 one, with an account: nothing tells, until it carries a grant."""
    stranger, one = chain.accounts[9], "0x" + "00" * 31 + "01"
    chain.ask("anvil_setStorageAt", chain.at["Consortium"], slot(b"\x09", 1), one)
    where = slot(bytes.fromhex(stranger[2:]), 2)
    chain.ask("anvil_setStorageAt", chain.at["Consortium"], where, "0x" + "00" * 31 + "09")
    (key,) = chain.keys(1)
    chain.send(stranger, *chain.call(chain.grant_to_adviser(key)))
    report = audit(chain, tmp_path)
    assert broken(report) == ["impossible-order"]
    assert "CarrierNotActiveMember" in next(f.what for f in report.findings if f.rule == "impossible-order")
