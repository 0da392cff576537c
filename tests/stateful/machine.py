"""Everyone who touches the contracts, doing what they may and what they may not."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from jamjar.model import consent_rules
from jamjar.model.decision import Revert
from jamjar.model.state import OPEN, Stage
from jamjar.protocol.typed_data import Grant, Pause, Reconfirm, Resume
from tests.stateful.actors import DAY, DIGESTS, MINUTE
from tests.stateful.members import Members
from tests.stateful.papers import Paper, sign, signed

DATA = st.data()


class Machine(Members):
    @invariant()
    def after_every_step(self) -> None:
        self.everything_holds()

    def bring(self, data: Any, paper: Paper) -> None:
        self.carry(self.anyone(data, self.system.accounts[1]), paper)

    # ------------------------------------------------------------------ claimants and carriers

    @initialize(uses=st.integers(1, 3), days=st.sampled_from([1, 40, 90]))
    def begin_with_a_live_consent(self, uses: int, days: int) -> None:
        for recipient in (2, 3):
            key, now = self.new_key(), self.time
            message = Grant(key.address, recipient, now, now + 180 * DAY, now + days * DAY, uses, DIGESTS[0])
            self.carry(self.system.accounts[1], sign(self.system, key, message))
            assert self.state.is_live(key.address, now)

    @rule(data=DATA)
    def grant(self, data: Any) -> None:
        self.bring(data, self.a_grant(data))

    @rule(data=DATA)
    def pause_or_resume(self, data: Any) -> None:
        key = self.some_key(data, among=OPEN)
        consent = self.state.consent(key.address)
        paused = consent.stage is Stage.PAUSED
        wrong = data.draw(st.integers(0, 2), label="wrong") == 2
        message = Pause if paused == wrong else Resume
        self.bring(data, self.sign(data, key, message(key.address, self.a_sequence(data, consent.sequence))))

    @rule(data=DATA)
    def reconfirm(self, data: Any) -> None:
        key, longest = self.some_key(data, among=OPEN), self.state.rules.longest_reconfirmation
        sequence = self.a_sequence(data, self.state.consent(key.address).sequence)
        later = data.draw(st.sampled_from([0, 1, MINUTE, 40 * DAY, longest, longest, longest + 1]))
        self.bring(data, self.sign(data, key, Reconfirm(key.address, sequence, self.time + later)))

    def a_sequence(self, data: Any, right: int) -> int:
        off: int = data.draw(st.sampled_from([0] * 6 + [-1, 1]), label="sequence off by")
        return max(0, right + off)

    @rule(data=DATA, kept=st.booleans())
    def withdraw(self, data: Any, kept: bool) -> None:
        card = self.withdrawals[self.some_key(data, among=()).address] if kept else self.a_withdrawal(data)
        self.bring(data, card)

    @rule(data=DATA)
    def commit(self, data: Any) -> None:
        self.bring(data, self.a_commitment(data))

    @precondition(lambda self: self.state.advice)
    @rule(data=DATA)
    def acknowledge(self, data: Any) -> None:
        self.bring(data, self.an_acknowledgement(data))

    @rule(data=DATA)
    def replay(self, data: Any) -> None:
        """Carry again, or at last, something that was signed at any time before."""
        if self.papers:
            self.bring(data, data.draw(st.sampled_from(self.papers), label="paper"))

    @rule(data=DATA, size=st.sampled_from([1, 2, 3, 4, 5, 0]))
    def batch_of_papers(self, data: Any, size: int) -> None:
        one = data.draw(st.sampled_from([self.a_grant, self.a_withdrawal, self.a_commitment, self.an_acknowledgement]))
        papers = [one(data) for _ in range(max(size, 1))]
        papers += data.draw(st.lists(st.sampled_from(papers), max_size=1), label="twice")
        kind, papers = papers[0].kind, papers if size else []
        if size == 5 and data.draw(st.booleans(), label="too many"):
            papers = papers[:1] * (self.state.rules.most_items + 1)
        assert kind.many is not None
        caller = self.anyone(data, self.system.accounts[1])
        expected = kind.many(self.state, self.time, caller, signed(papers))
        arguments = ([paper.item() for paper in papers],)
        self.act(caller, kind.contract, f"{kind.function}Batch", arguments, expected)

    # ------------------------------------------------------------------ recipients

    @rule(data=DATA)
    def release(self, data: Any) -> None:
        consent = self.some_key(data, among=()).address
        caller = self.anyone(data, *self.adviser_of(consent))
        expected = consent_rules.release(self.state, self.time, caller, consent)
        self.act(caller, "ConsentRegistry", "release", (consent,), expected)

    @rule(data=DATA)
    def use(self, data: Any) -> None:
        item = self.a_use(data)
        caller = self.anyone(data, *self.adviser_of(item[0]))
        self.act(caller, "ConsentRegistry", "use", (item,), consent_rules.use(self.state, self.time, caller, item))

    @rule(data=DATA, size=st.sampled_from([1, 2, 3, 4, 0]))
    def batch_of_uses(self, data: Any, size: int) -> None:
        items = [self.a_use(data) for _ in range(size)]
        caller = self.anyone(data, *(self.adviser_of(items[0][0]) if items else ()))
        expected = consent_rules.use_batch(self.state, self.time, caller, items)
        self.act(caller, "ConsentRegistry", "useBatch", (items,), expected)

    @rule(data=DATA)
    def record_advice(self, data: Any) -> None:
        consent, commitment = self.a_use(data)
        item = (consent, commitment, self.a_use(data)[1])
        if self.state.advice and data.draw(st.booleans(), label="again"):
            item = data.draw(st.sampled_from(list(self.state.advice)), label="advice")
            consent = item[0]
        caller = self.anyone(data, *self.adviser_of(consent))
        self.act(caller, "AdviceLog", "record", (item,), consent_rules.record(self.state, self.time, caller, item))

    # ------------------------------------------------------------------ time, and ether

    @rule(seconds=st.sampled_from([1, 2, MINUTE, MINUTE, DAY, DAY, 30 * DAY, 90 * DAY]))
    def time_passes(self, seconds: int) -> None:
        self.wait_until(self.time + seconds)

    @rule(data=DATA, off=st.sampled_from([0, 0, 1, -1]))
    def time_comes_to_a_boundary(self, data: Any, off: int) -> None:
        consents = self.state.consents.values()
        moments = {t + off for c in consents for t in (c.valid_from, c.valid_until, c.reconfirm_by)}
        if ahead := sorted(moment for moment in moments if moment > self.time):
            self.wait_until(data.draw(st.sampled_from(ahead), label="moment"))

    @rule(data=DATA, value=st.sampled_from([1, 10**18]))
    def send_ether(self, data: Any, value: int) -> None:
        contract = data.draw(st.sampled_from(sorted({*self.system.contracts} - {"Governance"})))
        selectors = [selector for selector, _ in self.system.contracts[contract].functions.values()]
        call = data.draw(st.sampled_from([b"", *selectors]), label="function") + bytes(128)
        caller = self.anyone(data)
        self.send(caller, contract, "(ether)", call, Revert(), value)
