"""What must hold after every step: the promises, each by a check of its name, then that the record is the model's."""

from dataclasses import astuple
from typing import Any

from jamjar.model.decision import Revert
from jamjar.model.state import ENDED, Status
from tests.stateful.beside import Beside

NEEDS_A_LIVE_CONSENT = ("Committed", "ConsentUsed", "AdviceRecorded")


class Checks(Beside):
    def everything_holds(self) -> None:
        self.p2_consented()
        self.p3_withdrawable()
        self.p4_free()
        self.calls_came_to_what_was_decided()
        self.views_answer_as_the_model()
        self.length += 1

    def p2_consented(self) -> None:
        """Nothing was recorded under a consent that was not live in that very block."""
        for step in self.steps:
            for event in step.receipt.events:
                if event.name in NEEDS_A_LIVE_CONSENT:
                    consent = event.arguments[0]
                    assert step.before.is_live(consent, step.receipt.time), f"P2: {event.name} under {consent}"

    def p3_withdrawable(self) -> None:
        """A withdrawal signed when the key was made works for a stranger from the grant to the end, and for ever.

        Before the grant it takes a member to carry.
        """
        refused = Revert("CarrierNotActiveMember", (self.system.accounts[-1],))
        cards = [("ConsentRegistry", "withdraw", paper.arguments()) for paper in self.withdrawals.values()]
        statuses = [("ConsentRegistry", "status", (consent,)) for consent in self.withdrawals]
        answers = self.system.views(cards + statuses)
        for consent, answer, status in zip(self.withdrawals, answers, answers[len(cards) :], strict=False):
            if status == Status.WITHDRAWN:
                self.withdrawn.add(consent)
            assert consent not in self.withdrawn or status == Status.WITHDRAWN, f"P3: {consent} is back"
            if self.state.status(consent, self.time) not in ENDED:
                due = refused if status == Status.NONE else ()
                assert answer == due, f"P3: withdrawing {consent} comes to {answer}, not {due}"

    def p4_free(self) -> None:
        """No contract has any ether."""
        assert not any(self.system.balances()), "P4: a contract holds ether"

    def calls_came_to_what_was_decided(self) -> None:
        """Each call was refused with the one error, or recorded these events in this order."""
        for step in self.steps:
            if isinstance(step.expected, Revert):
                assert step.receipt.refused == step.expected, f"{step.receipt}, not {step.expected}"
            else:
                come = (step.receipt.refused, step.receipt.events)
                assert come == (None, step.expected), f"{come}, not {step.expected}"

    def views_answer_as_the_model(self) -> None:
        assert self.system.chain.now() == self.time
        expected = self.expected_views()
        self.steps.clear()
        answers = self.system.views(list(expected))
        for (view, value), answer in zip(expected.items(), answers, strict=True):
            assert answer == value, f"{view} is {answer}, not {value}"
        self.tally.statuses.update(self.state.status(key.address, self.time) for key in self.keys)

    def expected_views(self) -> dict[tuple[str, str, tuple[Any, ...]], Any]:
        s, now, adviser, stranger = self.state, self.time, self.system.accounts[2], self.system.accounts[-1]
        expected: dict[tuple[str, str, tuple[Any, ...]], Any] = {}
        for c in (key.address for key in self.keys):
            standing = (s.is_live(c, now), s.status(c, now), s.consent(c).recipient)
            expected["ConsentRegistry", "status", (c,)] = standing[1]
            expected["ConsentRegistry", "isLive", (c,)] = standing[0]
            expected["ConsentRegistry", "standing", (c,)] = standing
            expected["ConsentRegistry", "getConsent", (c,)] = astuple(s.consent(c))
            expected["CommitmentRegistry", "headOf", (c,)] = s.head(c)
            for account in (adviser, stranger):
                expected["ConsentRegistry", "isRecipient", (c, account)] = s.is_recipient(c, account)
        for advice, stage in s.advice.items():
            expected["AdviceLog", "stageOf", (advice,)] = stage
        for number in (*s.members, 99):
            expected["Consortium", "isActive", (number,)] = s.is_active(number)
            expected["Consortium", "isActiveAs", (number, s.rules.adviser)] = s.is_adviser(number)
        for account in self.system.accounts:
            expected["Consortium", "memberOf", (account,)] = s.member_of(account)
        for number in (*s.members, 99):
            expected["Consortium", "recoveryOf", (number,)] = astuple(s.recovery(number))
        return expected
