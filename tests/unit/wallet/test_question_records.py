"""Records of questions: they go with the consent, and count for all consents to one recipient.

Only consents that allow questions commit in format 2.
"""

from dataclasses import replace

import pytest

from jamjar.disclosure.question import Question, sign_question
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Commit
from jamjar.wallet.answering import known, outlook
from jamjar.wallet.erasure import erase
from jamjar.wallet.questions import QuestionAnswer, receive_question, record_answer
from jamjar.wallet.stored import StoredCommitment
from jamjar.wallet.wallet import COMMITMENT
from tests.unit.wallet.asking_scene import ASKING, BUDGET, AskingDesk, stated
from tests.unit.wallet.scene import TERMS, content


def test_questions_go_with_the_consent() -> None:
    desk = AskingDesk()
    desk.asked("+fixed.home.rent >= 1")
    desk.ledger.said = "WITHDRAWN"
    assert erase(desk.claimant, desk.consent, desk.ledger).is_complete
    assert "question" not in {kind for kind, _ in content(desk.claimant.vault)}
    desk.mail.expire(10**10)
    assert "question" not in {kind for kind, _ in content(desk.vault)}


def test_only_consents_with_questions_commit_in_format_2() -> None:
    formats = []
    for terms in (TERMS, ASKING):
        desk = AskingDesk(ASKING)
        consent = desk.claimant.grant(
            terms, valid_from=100, valid_until=900, reconfirm_by=500, max_uses=3
        ).message.consent
        desk.claimant.commit(consent, BUDGET)
        formats.append(desk.claimant.committed(consent).leaf_format)
        with desk.claimant.vault.reading() as transaction:
            plans = [value for name, value in transaction.all(COMMITMENT) if name.startswith(consent)]
        assert all(StoredCommitment.from_json(plan).to_json() == plan for plan in plans)
        assert (b"leaf_format" in plans[0]) is (terms is ASKING)
    assert formats == [1, 2]


@pytest.mark.parametrize("recipient", [ASKING.recipient, ASKING.recipient + 1])
def test_what_a_recipient_was_told_under_another_consent_counts(recipient: int) -> None:
    """As an adviser who has two consents, to ask twice as often as either says."""
    desk = AskingDesk()
    times = {"valid_from": 100, "valid_until": 900, "reconfirm_by": 500}
    other = desk.claimant.grant(replace(ASKING, recipient=recipient), **times, max_uses=3).message.consent
    desk.claimant.commit(other, BUDGET)
    domain = desk.claimant.deployment.domain_of(Commit)
    root, statement = desk.claimant.head_of(other), stated("+fixed.home.rent >= 50000")
    asked = Question(b"\7" * 32, domain.chain_id, domain.contract, other, root, recipient, 1, statement)
    with desk.claimant.vault.writing() as transaction:
        kept = receive_question(transaction, sign_question(asked, ConsentKey(b"\1" * 32), domain), 5)
        record_answer(transaction, kept, QuestionAnswer.PROVEN, 3)
    said = outlook(desk.claimant, desk.ask("+fixed.home.rent <= 70000")).told[0]
    is_same = recipient == ASKING.recipient
    assert str(said.after) == ("between £500.00 and £700.00" if is_same else "at most £700.00")
    assert [str(each.interval) for each in known(desk.claimant, desk.consent)] == ["at least £500.00"] * is_same
