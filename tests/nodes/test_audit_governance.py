"""audit.checks: a node that forges what members, council and governance did, block by block of a real record.

Given a proposal that was executed a day early                impossible-order
Given an execution without a proposal, or of another call     impossible-order, or not-governed
Given an execution in a transaction that executes nothing     not-governed
Given an admission, or a suspension, without an execution     not-governed
Given a veto by a suspended member                            not-governed
Given an account that was added without acceptance            not-governed, and one for another's member too
Given a recovery that was completed in the time to object     impossible-order
Given a call of a batch that is left out, or comes twice      impossible-order
Given a proposal that calls something else than its id says   impossible-order
Given a name that is not UTF-8                                impossible-order
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from eth_abi.abi import encode

from jamjar.audit.block import Block, BlockLog, BlockTransaction
from jamjar.audit.calldata import read
from jamjar.protocol.calldata import data_of
from jamjar.protocol.settings import DAY
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import members_change
from tests.nodes.forged import by, checked, topic, with_logs

Record = tuple[LocalChain, list[Block]]


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    with local_chain() as chain:
        members_change(chain)
        groups = chain.node.blocks(chain.deployment.block, chain.node.height())
        yield chain, [block for group in groups for block in group]


def changed(record: Record, function: str, change: Callable[[Block], Block], place: int = 0) -> set[str]:
    """The rules broken when the block of a call, the first of a function's unless another is named, is changed."""
    chain, blocks = record
    calls = [n for n, b in enumerate(blocks) if b.transactions and read(b.transactions[0].input).function == function]
    at = calls[place]
    return set(checked(chain, [*blocks[:at], change(blocks[at]), *blocks[at + 1 :]]))


def test_as_it_is(record: Record) -> None:
    assert checked(*record) == []


def test_executed_a_day_early(record: Record) -> None:
    assert "impossible-order" in changed(record, "execute", lambda block: replace(block, time=block.time - DAY))


@pytest.mark.parametrize("place", range(4))
def test_what_the_governance_did_without_an_execution(record: Record, place: int) -> None:
    executed = topic("CallExecuted")
    hidden = with_logs(lambda logs: tuple(log for log in logs if log.topics[0] != executed))
    assert "not-governed" in changed(record, "execute", hidden, place)


def test_executed_without_its_events(record: Record) -> None:
    for place in range(4):
        assert "impossible-order" in changed(record, "execute", with_logs(lambda logs: logs[-1:]), place)


def test_an_event_of_an_admission_that_is_left_out(record: Record) -> None:
    for left_out in range(4):
        gone = with_logs(lambda logs, n=left_out: (*logs[:n], *logs[n + 1 :]))  # type: ignore[misc]
        assert {"impossible-order", "not-governed"} & changed(record, "execute", gone)


def test_executed_by_another_call(record: Record) -> None:
    """The events of an execution, in a transaction that called another function of the governance."""
    vetoes = data_of("Governance", "cancel", bytes(32))
    assert "not-governed" in changed(record, "execute", by(lambda sent: replace(sent, input=vetoes)))


def test_executed_without_a_proposal(record: Record) -> None:
    found = changed(record, "schedule", with_logs(lambda _: ()))
    assert "impossible-order" in found


def test_vetoed_by_a_suspended_member(record: Record) -> None:
    suspended = record[0].accounts[3]  # by the end

    def sent_by(sent: BlockTransaction) -> BlockTransaction:
        return replace(sent, sender=suspended)

    chain, blocks = record
    assert "not-governed" not in changed(record, "cancel", by(sent_by))  # it is active then
    (veto,) = (b for b in blocks if b.transactions and read(b.transactions[0].input).function == "cancel")
    last = next(log for b in reversed(blocks) for s in b.transactions for log in s.logs
                if log.topics[0] == topic("CallScheduled"))  # fmt: skip
    (sent,) = veto.transactions
    log = replace(sent.logs[0], topics=(sent.logs[0].topics[0], last.topics[1]))
    forged = replace(blocks[-1], transactions=(replace(sent, sender=suspended, logs=(log,)),))
    assert set(checked(chain, [*blocks, forged])) == {"not-governed"}


def test_an_account_that_did_not_accept(record: Record) -> None:
    gone = with_logs(lambda _: ())
    assert "not-governed" in changed(record, "offerAccount", gone)


def test_an_account_added_by_the_member(record: Record) -> None:
    member = record[0].accounts[1]
    word = bytes.fromhex(member[2:]).rjust(32, b"\0")

    def forged(sent: BlockTransaction) -> BlockTransaction:
        (log,) = sent.logs
        return replace(sent, sender=member, logs=(replace(log, topics=(*log.topics[:3], word)),))

    assert {"not-governed", "impossible-order"} & changed(record, "acceptAccount", by(forged))


def test_a_recovery_in_the_time_to_object(record: Record) -> None:
    early = changed(record, "completeRecovery", lambda block: replace(block, time=block.time - DAY))
    assert "impossible-order" in early
    alone = changed(record, "completeRecovery", with_logs(lambda logs: logs[:1]))
    assert "impossible-order" in alone


def test_a_suspension_that_lapses_later(record: Record) -> None:
    assert "impossible-order" in changed(record, "suspend", lambda block: replace(block, time=block.time + 1))


def test_calls_of_a_batch(record: Record) -> None:
    assert "impossible-order" in changed(record, "executeBatch", with_logs(lambda logs: logs[:2]))
    twice = with_logs(lambda logs: (*logs, logs[-1]))
    assert "impossible-order" in changed(record, "executeBatch", twice)
    assert "impossible-order" in changed(record, "scheduleBatch", with_logs(lambda logs: logs[:1]))


def test_a_proposal_of_another_call(record: Record) -> None:
    def other(logs: tuple[BlockLog, ...]) -> tuple[BlockLog, ...]:
        data = bytearray(logs[0].data)
        data[31] ^= 1  # the target
        return (replace(logs[0], data=bytes(data)), *logs[1:])

    assert "impossible-order" in changed(record, "schedule", with_logs(other))


def test_a_name_that_is_not_utf8(record: Record) -> None:
    def garbled(logs: tuple[BlockLog, ...]) -> tuple[BlockLog, ...]:
        return (replace(logs[0], data=encode(["bytes"], [b"\xc3("])),)

    assert "impossible-order" in changed(record, "rename", with_logs(garbled))
