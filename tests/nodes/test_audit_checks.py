"""audit.checks: the blocks of a real record, honest and with one thing changed in them.

Given the blocks as they are                            nothing but the changes of the members
Given a signature that is another, single or in a batch not-signed, and the rest of the batch is not
Given a message that is another                         not-signed
Given a use, a commitment, or advice after the end      not-live
Given an event that names another account               not-the-sender
Given an event of another contract, or of none          unknown-event
Given an event more or less than the call records       log-hidden
Given ether                                             payable
Given a message carried by another contract             indirect-call
Given a proposal or a veto by a stranger                not-governed
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from jamjar.audit.block import Block, BlockTransaction
from jamjar.audit.bloom import bloom_of
from jamjar.audit.calldata import read
from jamjar.audit.checks import Checker
from jamjar.audit.figures import Figures
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import live_through_all
from tests.nodes.forged import checked, fresh

STRANGER = "0x" + "77" * 20


@pytest.fixture(scope="module")
def record() -> Iterator[tuple[LocalChain, list[Block]]]:
    with local_chain() as chain:
        live_through_all(chain)
        groups = chain.node.blocks(chain.deployment.block, chain.node.height())
        yield chain, [block for group in groups for block in group]


def found(
    record: tuple[LocalChain, list[Block]], function: str, change: Callable[[BlockTransaction], BlockTransaction]
) -> list[str]:
    """The rules broken when the first call of a function is changed."""
    chain, blocks = record
    made, changed = list[Block](), False
    for block in blocks:
        sent = block.transactions
        if not changed and sent and read(sent[0].input).function == function:
            sent, changed = (change(sent[0]),), True
        made.append(replace(block, transactions=sent))
    assert changed or not function
    return checked(chain, made)


def flip(at: int) -> Callable[[BlockTransaction], BlockTransaction]:
    """Change one bit of a byte of the calldata, counted from its end."""

    def change(sent: BlockTransaction) -> BlockTransaction:
        data = bytearray(sent.input)
        data[at] ^= 1
        return replace(sent, input=bytes(data))

    return change


def test_as_they_are(record: tuple[LocalChain, list[Block]]) -> None:
    assert found(record, "", lambda sent: sent) == []
    assert all(bloom_of(log for sent in block.transactions for log in sent.logs) == block.bloom for block in record[1])


@pytest.mark.parametrize(
    "function", ["pause", "resume", "reconfirm", "withdraw", "acknowledge", "grantBatch", "commitBatch"]
)
def test_another_signature(record: tuple[LocalChain, list[Block]], function: str) -> None:
    assert found(record, function, flip(-40)) == ["not-signed"]  # in the last item's r


@pytest.mark.parametrize("function", ["pause", "reconfirm", "withdraw", "grantBatch", "commitBatch"])
def test_another_message(record: tuple[LocalChain, list[Block]], function: str) -> None:
    assert found(record, function, flip(-65)) == ["not-signed"]  # in the last item's last field


def test_an_address_that_is_none(record: tuple[LocalChain, list[Block]]) -> None:
    assert found(record, "pause", flip(4)) == ["not-signed"]


def test_another_sender(record: tuple[LocalChain, list[Block]]) -> None:
    for function in ("use", "record", "release", "commitBatch", "withdraw", "suspend", "rename", "renounceRole"):
        assert set(found(record, function, lambda sent: replace(sent, sender=STRANGER))) == {"not-the-sender"}
    for function in ("schedule", "scheduleBatch", "cancel"):
        changed = found(record, function, lambda sent: replace(sent, sender=STRANGER))
        assert set(changed) == {"not-governed"}
    assert found(record, "execute", lambda sent: replace(sent, sender=STRANGER)) == []  # anyone does


def test_another_deployer(record: tuple[LocalChain, list[Block]]) -> None:
    chain, blocks = record
    history = fresh(chain)
    (sent,) = blocks[0].transactions
    assert sent.to == ""
    block = replace(blocks[0], transactions=(replace(sent, sender=STRANGER),))
    assert "not-the-sender" in {each.rule for each in Checker(chain.deployment, history, Figures()).check(block)}


def test_an_event_of_another_contract(record: tuple[LocalChain, list[Block]]) -> None:
    at = record[0].at["AdviceLog"]

    def change(sent: BlockTransaction) -> BlockTransaction:
        return replace(sent, logs=tuple(replace(log, address=at) for log in sent.logs))

    assert "unknown-event" in found(record, "use", change)
    garbled = found(record, "use", lambda sent: replace(sent, logs=(replace(sent.logs[0], topics=(bytes(32),)),)))
    assert "unknown-event" in garbled


def test_an_event_less(record: tuple[LocalChain, list[Block]]) -> None:
    for function in ("useBatch", "withdraw", "use", "grantBatch"):
        assert "log-hidden" in found(record, function, lambda sent: replace(sent, logs=sent.logs[:-1]))


def test_logs_that_the_block_does_not_commit_to(record: tuple[LocalChain, list[Block]]) -> None:
    chain, blocks = record
    history = fresh(chain)
    block = replace(blocks[0], bloom=bytes(256))
    assert "log-hidden" in {each.rule for each in Checker(chain.deployment, history, Figures()).check(block)}


def test_ether(record: tuple[LocalChain, list[Block]]) -> None:
    assert found(record, "use", lambda sent: replace(sent, value=1)) == ["payable"]


def test_through_another_contract(record: tuple[LocalChain, list[Block]]) -> None:
    assert found(record, "pause", lambda sent: replace(sent, to=STRANGER)) == ["indirect-call"]
    assert found(record, "suspend", lambda sent: replace(sent, to=STRANGER)) == []


def test_what_follows_from_a_withdrawal_made_earlier(record: tuple[LocalChain, list[Block]]) -> None:
    _, blocks = record
    sent = {read(s.input).function: s for block in blocks for s in block.transactions}

    def before(first: BlockTransaction) -> BlockTransaction:
        return replace(sent["withdraw"], logs=(*sent["withdraw"].logs, *first.logs))

    assert "not-live" in found(record, "useBatch", before)
