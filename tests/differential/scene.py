"""One consent, to which everything is done that can be, each time from the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jamjar.model import member_rules
from jamjar.model.decision import Revert
from jamjar.model.state import NOTHING, AdviceStage
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume
from tests.differential.full import Full
from tests.differential.moves import (
    Move,
    carrying,
    carrying_all,
    changing,
    recording,
    reinstating,
    releasing,
    suspending,
    using,
    using_all,
)  # fmt: skip
from tests.stateful.actors import DIGESTS
from tests.stateful.papers import Paper, sign

A, B = DIGESTS
STARTS, RECONFIRM, ENDS, USES = 10, 60, 110, 2
"""Seconds after the grant at which its consent begins, must be reconfirmed and ends; how many uses it has."""
OPERATOR, ADVISER = 1, 2
"""Both the numbers of these members and the places of their accounts."""


class Scene(Full):
    """The system with its members, a consent of member 2 and one of member 3 that nothing is done to."""

    key: ConsentKey

    def begin(self) -> None:
        beside = self.new_key()
        now = self.time
        self.make(OPERATOR, self.signed(Grant(beside.address, 3, now, now + 9 * ENDS, now + 9 * ENDS, 9, A), beside))
        self.key = self.new_key()
        self.make(OPERATOR, self.signed(self.grant()))

    def grant(self, **changes: Any) -> Grant:
        """The usual grant, or with some fields another."""
        now = self.time
        fields = {"recipient": ADVISER, "valid_from": now + STARTS, "valid_until": now + ENDS}
        fields |= {"reconfirm_by": now + RECONFIRM, "max_uses": USES, "terms_digest": A}
        return Grant(self.key.address, **fields | changes)

    def signed(self, message: Message, key: ConsentKey | None = None) -> Move:
        return carrying(self.paper(message, key=key))

    def paper(self, message: Message, flaw: str = "", key: ConsentKey | None = None) -> Paper:
        paper = sign(self.system, key or self.key, message, flaw)
        self.papers.append(paper)
        return paper

    def make(self, caller: int | str, move: Move) -> None:
        """Call, and check everything; `caller` is an account or its place."""
        account = self.system.accounts[caller] if isinstance(caller, int) else caller
        expected = move.rule(self.state, self.time, account, *move.asked)
        self.act(account, move.contract, move.function, move.arguments, expected)
        self.calls_came_to_what_was_decided()
        if not isinstance(expected, Revert):  # a transaction that reverts changes nothing: that is the EVM's promise
            self.everything_holds()
        self.steps.clear()

    def attempt(self, caller: int | str, move: Move) -> None:
        """Call, check everything, and make it undone."""
        with self.undone():
            self.make(caller, move)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Go back to this moment in the end."""
        kept = self.state, self.time, set(self.withdrawn), list(self.keys), dict(self.withdrawals), self.key
        before = self.system.chain.snapshot()
        yield
        self.system.chain.revert(before)
        self.state, self.time, self.withdrawn, self.keys, self.withdrawals, self.key = kept

    def live_through(self, history: str) -> None:
        """Do what the words of a history say, one after another."""
        for word in history.split():
            if word == "start":
                self.wait_until(self.state.consent(self.key.address).valid_from)
            elif word == "stale":
                self.wait_until(self.state.consent(self.key.address).reconfirm_by + 1)
            else:
                caller, move = (self.moves() | self.moves_of_members())[word]
                before = self.state
                self.make(caller, move)
                assert self.state != before, f"{word} was refused in {history}"

    def moves(self) -> dict[str, tuple[int | str, Move]]:
        """What can be done now, by whom: as it must be signed to be taken, if it can be taken at all."""
        c, now = self.key.address, self.time
        stored, head = self.state.consent(c), self.state.head(c)
        root, sequence = (B if head == A else A), stored.sequence
        latest = min(stored.valid_until, now + self.state.rules.longest_reconfirmation)
        advice = next((a for a, stage in self.state.advice.items() if stage is AdviceStage.RECORDED), (c, A, A))
        commits = [self.paper(Commit(c, root, head)), self.paper(Commit(c, head or B, root))]
        withdrawal = self.withdrawals[c]
        return {
            "grant": (OPERATOR, self.signed(self.grant())),
            "pause": (OPERATOR, self.signed(Pause(c, sequence))),
            "resume": (OPERATOR, self.signed(Resume(c, sequence))),
            "reconfirm": (OPERATOR, self.signed(Reconfirm(c, sequence, latest))),
            "withdraw": (OPERATOR, carrying(withdrawal)),
            "commit": (OPERATOR, carrying(commits[0])),
            "commit again": (OPERATOR, self.signed(Commit(c, head, head))),
            "commit elsewhere": (OPERATOR, self.signed(Commit(c, root, NOTHING if any(head) else B))),
            "use": (ADVISER, using(c, A)),
            "release": (ADVISER, releasing(c)),
            "record": (ADVISER, recording((c, A, A))),
            "acknowledge": (OPERATOR, self.signed(Acknowledge(*advice))),
            "grants": (OPERATOR, carrying_all([self.paper(self.grant())] * 2)),
            "withdrawals": (OPERATOR, carrying_all([withdrawal, self.withdrawals[self.keys[0].address], withdrawal])),
            "commits": (OPERATOR, carrying_all([*commits, commits[1]])),
            "uses": (ADVISER, using_all([(c, A), (c, NOTHING), (self.keys[0].address, A), (c, B), (c, B)])),
            "acknowledgements": (OPERATOR, carrying_all([self.paper(Acknowledge(*advice))] * 2)),
        }

    def moves_of_members(self) -> dict[str, tuple[int | str, Move]]:
        """What the governance can do to the recipient."""
        by = self.system.governance
        return {
            "suspend": (by, suspending(ADVISER)),
            "reinstate": (by, reinstating(ADVISER)),
            "revoke": (by, self.role("revokeRole", member_rules.revoke_role)),
            "appoint": (by, self.role("grantRole", member_rules.grant_role)),
        }

    def role(self, function: str, rule: Any) -> Move:
        return changing(function, rule, self.state.rules.adviser, member_rules.seat_of(ADVISER))

    def moments(self) -> Iterator[int]:
        """The seconds around every boundary that is still to come, and now."""
        stored = self.state.consent(self.key.address)
        boundaries = (stored.valid_from, stored.reconfirm_by, stored.valid_until)
        around = {moment + off for moment in boundaries for off in (-1, 0, 1)}
        yield from sorted({self.time, *(moment for moment in around if moment > self.time)})
