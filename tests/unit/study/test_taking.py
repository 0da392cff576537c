"""What a member takes, and over what it deals noise.

take: refused a second time in its month, from another region, of a consent that is not live or another's on the ledger
deal_noise: refused below the threshold by one; ended consents are left out, and their shares destroyed
"""

from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.study import kept
from tests.unit.study.scene import MONTH, PUBLIC, REGION, STUDY, Claimant, people, terms_of


def withdraw(three, claimant):
    three.ledger.statuses[claimant.consent] = "WITHDRAWN"


# ------------------------------------------------------------------ take


def test_a_report_is_taken_once(three):
    report = people()[0].report()
    assert [each.take(report) for each in three.members] == [False] * 3


def test_a_second_report_of_a_consent(three):
    for again in (people()[0].report(label="again"), people()[0].report("South")):
        with pytest.raises(InvalidInput, match="reported"):
            three.members[0].take(again)


@pytest.mark.parametrize("status", ["SCHEDULED", "PAUSED", "STALE", "EXPIRED", "RELEASED", "WITHDRAWN"])
def test_a_consent_that_is_not_live(three, status):
    late = Claimant(90, -1)
    three.ledger.record(late)
    three.ledger.statuses[late.consent] = status
    with pytest.raises(VerificationFailed, match="not live"):
        three.members[1].take(late.report())


def test_what_the_ledger_has_otherwise(three):
    late, other = Claimant(91, -1), Claimant(91, -2)
    three.ledger.record(other)
    with pytest.raises(VerificationFailed, match="not the newest"):
        three.members[0].take(late.report())
    three.ledger.record(replace(late, terms=terms_of(STUDY, retention_days=3, storage=terms_of(STUDY).storage.STORE)))
    with pytest.raises(VerificationFailed, match="not the consent's on the ledger"):
        three.members[0].take(late.report())
    three.ledger.record(replace(late, terms=terms_of(STUDY, recipient=8)))
    with pytest.raises(VerificationFailed, match="another member"):
        three.members[0].take(late.report())
    three.ledger.record(late)
    with pytest.raises(VerificationFailed, match="not sealed to a key of your vault"):
        three.members[0].take(late.report(keys=PUBLIC[::-1]))


# ------------------------------------------------------------------ deal_noise


def test_one_report_too_few(three):
    for gone in people()[:2]:
        withdraw(three, gone)
    with pytest.raises(InvalidInput, match="There are 9 reports that all accepted, and the study needs 10"):
        three.noise()


def test_withdrawn_before_the_close(three):
    gone = people()[3]
    withdraw(three, gone)
    papers = three.noise()
    assert [len(each.reports) for each in papers] == [10] * 3
    for member in three.members:
        with member.vault.reading() as transaction:
            assert gone.consent not in {each.consent for each in kept.kept_shares(transaction, STUDY, MONTH, REGION)}
    assert len({each.closing for each in three.sums(papers)}) == 1
