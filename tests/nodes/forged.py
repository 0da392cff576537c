"""Blocks of a real record with something changed in them, and what an audit's checks find in those."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from jamjar.audit.auditor import rules_of
from jamjar.audit.block import Block, BlockLog, BlockTransaction
from jamjar.audit.bloom import bloom_of
from jamjar.audit.checks import Checker
from jamjar.audit.figures import Figures
from jamjar.audit.history import LedgerHistory
from jamjar.model.state import LedgerState
from jamjar.protocol.event_decoding import topic_of
from jamjar.sandbox.local_chain import LocalChain


def fresh(chain: LocalChain) -> LedgerHistory:
    return LedgerHistory(chain.deployment, LedgerState(rules_of(chain.deployment)))


def checked(chain: LocalChain, blocks: Sequence[Block]) -> list[str]:
    """The rules broken by blocks, each of which commits to its events; but for the changes of the members."""
    checker, rules = Checker(chain.deployment, fresh(chain), Figures()), list[str]()
    for block in blocks:
        logs = (log for each in block.transactions for log in each.logs)
        rules += [each.rule for each in checker.check(replace(block, bloom=bloom_of(logs)))]
    return [rule for rule in rules if rule != "members-changed"]


def topic(name: str) -> bytes:
    return bytes.fromhex(str(topic_of(name))[2:])


def with_logs(change: Callable[[tuple[BlockLog, ...]], tuple[BlockLog, ...]]) -> Callable[[Block], Block]:
    """Change the logs of a block's one transaction."""

    def made(block: Block) -> Block:
        (sent,) = block.transactions
        return replace(block, transactions=(replace(sent, logs=change(sent.logs)),))

    return made


def by(change: Callable[[BlockTransaction], BlockTransaction]) -> Callable[[Block], Block]:
    return lambda block: replace(block, transactions=tuple(map(change, block.transactions)))
