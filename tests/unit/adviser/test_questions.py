"""Questions of a desk: only of a client it looked for, and answers that it did not ask for are refused."""

from dataclasses import replace

import pytest

from jamjar.consent.terms import Storage
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.model.state import Consent
from tests.unit.wallet.asking_scene import ASKING, AskingDesk, stated

ASKED = stated("+fixed.home.rent >= 1")


class TestWhatTheDeskRefuses:
    def test_a_question_when_no_look_is_left(self) -> None:
        desk = AskingDesk()
        desk.ledger.consent = lambda consent: Consent(recipient=2, uses=3, max_uses=3)
        with pytest.raises(InvalidInput, match="No look is left"):
            desk.mail.ask_question(ASKED, desk.consent)

    def test_an_answer_to_a_question_that_it_did_not_ask(self) -> None:
        desk = AskingDesk()
        package = desk.answer(desk.ask("+fixed.home.rent >= 1"))
        with desk.vault.writing() as transaction:
            for name, _ in tuple(transaction.all("question")):
                transaction.delete("question", name)
        with pytest.raises(VerificationFailed, match="did not ask"):
            desk.look(package)

    def test_an_answer_for_a_look_that_is_not_on_the_record(self) -> None:
        desk = AskingDesk()
        package = desk.answer(desk.ask("+fixed.home.rent >= 1"))
        with pytest.raises(VerificationFailed, match="a look that is not on the record"):
            desk.mail.look(package, lambda _: True)  # the mailbox gives the key for the use of the first look

    def test_a_question_before_a_look(self) -> None:
        desk = AskingDesk()
        with pytest.raises(InvalidInput, match="before a first look"):
            desk.mail.ask_question(ASKED, f"0x{77:040x}")

    def test_a_question_under_a_consent_that_is_not_live(self) -> None:
        desk = AskingDesk()
        desk.ledger.live = False
        with pytest.raises(VerificationFailed, match="not live"):
            desk.mail.ask_question(ASKED, desk.consent)

    def test_a_second_answer_for_one_look(self) -> None:
        desk = AskingDesk()
        first, second = desk.ask("+fixed.home.rent >= 1"), desk.ask("+fixed.home.rent >= 2")
        desk.look(desk.answer(first))
        with desk.claimant.vault.writing() as transaction:  # a wallet that does not count
            transaction.delete("question", first.name)
        desk.ledger.consent = lambda consent: Consent(recipient=2, uses=1, max_uses=9)
        with pytest.raises(VerificationFailed, match="Another question was answered for that look"):
            desk.look(desk.answer(second))


def test_what_may_be_kept_is_read_again_with_its_answer() -> None:
    desk = AskingDesk(replace(ASKING, storage=Storage.STORE, retention_days=2))
    for prove in (True, False):
        seen = desk.asked("+fixed.home.rent >= 1", prove=prove)
        kept = list(desk.mail.kept().values())[-1]
        assert (kept, kept.is_proven) == (seen, prove)
