"""Records of questions: they go with the consent; and only consents that allow questions commit in format 2."""

from jamjar.wallet.erasure import erase
from jamjar.wallet.stored import StoredCommitment
from jamjar.wallet.wallet import COMMITMENT
from tests.unit.wallet.asking_scene import ASKING, BUDGET, AskingDesk
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
