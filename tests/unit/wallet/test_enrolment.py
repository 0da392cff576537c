"""A wallet asks an admitter for tokens, and keeps them.

When the ledger has no key of the admitter, or it may not admit    refused
When the key on the ledger is another than before                  refused; the first published is what counts
Before its own time                                                nothing is drawn, unless it is meant
When an answer is wrong in any way                                 nothing is kept
"""

from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.ledger.epoch_keys import published
from jamjar.protocol.enrolment import EnrolmentAnswer
from jamjar.protocol.settings import DAY
from jamjar.protocol.token import begin_of
from jamjar.wallet import enrolment
from tests.support.tokens import ADMITTER, QUOTA, TestAdmitter
from tests.unit.wallet.enrolling import ADMITTING, BEGIN, EPOCH, LATE, KeyLedger, answer, enrol
from tests.unit.wallet.scene import content, drawn


@pytest.fixture
def ledger() -> KeyLedger:
    return KeyLedger(ADMITTING.key.to_bytes())


@pytest.fixture
def chance():
    return drawn()


class TestAsking:
    @pytest.mark.parametrize(
        ("keys", "roles", "now"),
        [((), True, LATE), ((b"\5" * 1216,), True, LATE), ((ADMITTING.key.to_bytes(),), False, LATE),
         ((ADMITTING.key.to_bytes(),), True, begin_of(202701)),
         ((ADMITTING.key.to_bytes()[:-128],), True, LATE), ((ADMITTING.key.to_bytes() + bytes(512),), True, LATE)],
    )  # fmt: skip
    def test_a_member_without_a_key_for_this_month(self, wallet, chance, keys, roles, now):
        before = content(wallet.vault)
        with pytest.raises(InvalidInput, match="gives no tokens"):
            enrolment.ask(wallet, KeyLedger(*keys, roles=roles), ADMITTER, now, chance)
        assert content(wallet.vault) == before

    def test_a_second_key_for_the_same_month_marks_nobody(self, wallet, chance):
        mark = replace(ADMITTING.key, modulus=ADMITTING.modulus + 2)
        ledger = KeyLedger(ADMITTING.key.to_bytes(), mark.to_bytes(), ADMITTING.key.to_bytes())
        assert enrolment.ask(wallet, ledger, ADMITTER, LATE, chance).key == ADMITTING.key
        assert published(ledger).second == ((ADMITTER, EPOCH, 2),)
        with pytest.raises(InvalidInput, match="another key"):  # of a node that hides the first
            enrolment.ask(wallet, KeyLedger(mark.to_bytes()), ADMITTER, LATE, chance)

    def test_it_asks_once_for_all_at_a_time_of_its_own(self, wallet, ledger, chance):
        early = enrolment.ask(wallet, ledger, ADMITTER, BEGIN, chance)
        assert (early.drawn, BEGIN <= early.ask_at < BEGIN + 7 * DAY) == ((), True)
        assert enrolment.ask(wallet, ledger, ADMITTER, early.ask_at - 1, chance) == early
        asked = enrolment.ask(wallet, ledger, ADMITTER, early.ask_at, chance)
        asked.request().check(ADMITTER, ADMITTING.key)
        assert enrolment.ask(wallet, ledger, ADMITTER, LATE, chance) == asked  # and no other, whatever is lost

    def test_times_differ_between_wallets(self, ledger):
        firsts = [enrolment._planned(ADMITTER, ADMITTING.key, BEGIN, lambda _, n=n: n.to_bytes(16, "big")).ask_at
                  for n in (5, 9 * DAY)]  # fmt: skip
        assert firsts == [BEGIN + 5, BEGIN + 2 * DAY]

    def test_at_once_where_it_is_meant(self, wallet, ledger, chance):
        assert enrolment.ask(wallet, ledger, ADMITTER, BEGIN, chance, at_once=True).drawn

    def test_what_is_too_old_is_forgotten(self, wallet, ledger, chance):
        enrolment.ask(wallet, ledger, ADMITTER, LATE, chance)
        later = TestAdmitter(202702)
        enrolment.ask(wallet, KeyLedger(later.key.to_bytes()), ADMITTER, begin_of(202702) + 9 * DAY, chance)
        assert [name for kind, name in content(wallet.vault) if kind == enrolment.ENROLMENT] == [f"{ADMITTER}/202702"]


class TestKeeping:
    def test_an_answer_nobody_asked_for(self, wallet):
        with pytest.raises(InvalidInput, match="waits for no such tokens"):
            enrolment.keep(wallet, EnrolmentAnswer(ADMITTER, EPOCH, ADMITTING.key.digest, (b"\1" * 256,) * QUOTA))

    def test_wrong_answers(self, wallet, ledger, chance):
        right = answer(enrolment.ask(wallet, ledger, ADMITTER, LATE, chance).request())
        altered = right.items[1][:-1] + bytes([right.items[1][-1] ^ 1])
        before = content(wallet.vault)
        for wrong in (
            replace(right, items=(right.items[0], altered)),
            replace(right, items=right.items[::-1]),
            replace(right, items=right.items[:1]),
            replace(right, key=bytes(32)),
        ):
            with pytest.raises(InvalidInput):  # InvalidSignature is one
                enrolment.keep(wallet, wrong)
        assert content(wallet.vault) == before
        with pytest.raises(InvalidSignature):
            enrolment.keep(wallet, replace(right, items=(right.items[0], altered)))

    def test_once_they_are_kept_it_asks_and_keeps_no_more(self, wallet, ledger, chance):
        enrol(wallet)
        with pytest.raises(InvalidInput, match="more come next month"):
            enrolment.ask(wallet, ledger, ADMITTER, LATE, chance)
        with pytest.raises(InvalidInput, match="waits for no such"):
            enrolment.keep(wallet, EnrolmentAnswer(ADMITTER, EPOCH, ADMITTING.key.digest, (b"\1" * 256,)))
