"""How three members close a month and region.

deal_noise: refused below the threshold by one; ended consents are left out, and their shares destroyed
agree: refused without every member's noise, with wrong noise (named), after a withdrawal, and for a second closing
publish: refused without everybody's agreement, and a second time
"""

from dataclasses import replace

import pytest

from jamjar.crypto import sealing
from jamjar.crypto.secret_sharing import SecretShare
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.study import kept, paper
from jamjar.study.closing import reports_of
from jamjar.study.member import noise_info
from tests.unit.study.scene import (
    ACCOUNTS,
    KEYS,
    MONTH,
    PUBLIC,
    REGION,
    STUDY,
    Claimant,
    people,
)


def withdraw(three, claimant):
    three.ledger.statuses[claimant.consent] = "WITHDRAWN"


def signed_by(dealt, member, **changes):
    made = replace(dealt, **changes)
    return replace(made, signature=paper.sign(made.signed_fields(), ACCOUNTS[member], STUDY.domain))


# ------------------------------------------------------------------ agree


def test_noise_that_is_missing(three):
    papers = three.noise()
    with pytest.raises(InvalidInput, match="of members 7; have each"):
        three.members[0].agree(papers[:2])
    older, papers = papers, [three.members[0].deal_noise(MONTH, REGION, PUBLIC), *papers[1:]]
    with pytest.raises(InvalidInput, match="own noise"):
        three.members[0].agree(older)
    assert three.members[0].agree(papers).place.member == 4


def test_noise_of_whom_it_is_not(three):
    papers = three.noise()
    with pytest.raises(VerificationFailed, match="member 2 is of another closing, or not signed"):
        three.members[0].agree([papers[0], signed_by(papers[1], 7), papers[2]])
    place = replace(papers[1].place, study=bytes(32))
    with pytest.raises(VerificationFailed, match="member 2 is of another closing, or not signed"):
        three.members[0].agree([papers[0], signed_by(papers[1], 2, place=place), papers[2]])


def test_noise_whose_share_is_wrong(three):
    papers = three.noise()
    info = noise_info(papers[1].place, 1)
    share = SecretShare.from_bytes(KEYS[4].open(papers[1].sealed[0], info))
    wrong = sealing.seal(SecretShare(share.value + 1, share.blinding).to_bytes(), PUBLIC[0], info)
    bad = [papers[0], signed_by(papers[1], 2, sealed=(wrong, *papers[1].sealed[1:])), papers[2]]
    with pytest.raises(VerificationFailed, match="The noise of member 2 is wrong"):
        three.members[0].agree(bad)
    three.members[2].agree(bad)  # who was dealt a right one agrees; without all, nothing is published
    with pytest.raises(InvalidInput, match="missing of members"):
        three.members[2].publish(bad, [three.members[2].agree(bad)])


def test_reports_that_one_member_did_not_accept(three):
    three.ledger.record(late := Claimant(92, -7))
    for member in three.members[:2]:
        member.take(late.report())
    papers = three.noise()
    assert [len(each.reports) for each in papers] == [12, 12, 11]
    assert len(reports_of(papers)) == 11
    assert late.report().digest not in reports_of(papers)
    three.sums(papers)


def test_withdrawn_before_all_agreed(three):
    papers = three.noise()
    three.members[0].agree(papers)
    withdraw(three, people()[5])
    with pytest.raises(InvalidInput, match="no longer live; have all members deal noise again"):
        three.members[1].agree(papers)
    assert len({each.closing for each in three.sums(three.noise())}) == 1


def test_a_second_closing_over_the_same_noise(three):
    """The attempt: one member deals two lists that differ in one person, and shows each member another."""
    papers = three.noise()
    victim = papers[2].reports[4]
    other = signed_by(papers[2], 7, reports=tuple(each for each in papers[2].reports if each != victim))
    first, second = papers, [*papers[:2], other]
    agreed = [three.members[0].agree(first), three.members[1].agree(second)]
    with pytest.raises(InvalidInput, match="another closing for this noise"):
        three.members[0].agree(second)
    both = [replace(three.members[2].agree(first)), *agreed]
    for member, seen in ((three.members[0], first), (three.members[1], second)):
        with pytest.raises(InvalidInput, match="missing of members"):
            member.publish(seen, both)


# ------------------------------------------------------------------ publish


def test_a_second_publication(done):
    again = [each.publish(done.papers, done.agreements) for each in done.three.members]
    assert again == done.sums  # the very same: a member that is asked again repeats itself
    for member in done.three.members:
        assert member.agree(done.papers) in done.agreements
        with pytest.raises(InvalidInput, match="no second ones"):
            member.deal_noise(MONTH, REGION, PUBLIC)
        with pytest.raises(InvalidInput, match="no second ones"):
            member.take(done.reports[0])
        with member.vault.reading() as transaction:
            assert kept.kept_shares(transaction, STUDY, MONTH, REGION) == []
    renamed = replace(done.three.members[0], study=replace(STUDY, title="The same again"))
    with pytest.raises(InvalidInput, match="no second ones"):
        renamed.deal_noise(MONTH, REGION, PUBLIC)


def test_no_two_close_without_the_third(three):
    """The attempt: a dishonest member closes with each of the others alone, who believe that the third is lost."""
    papers = three.noise()
    for two, dealt in ((three.members[:2], papers[:2]), (three.members[1:], papers[1:])):
        for member in two:
            with pytest.raises(InvalidInput, match=r"of members \d; have each"):
                member.agree(dealt)


def test_not_without_agreements(three):
    papers = three.noise()
    agreed = three.agreed(papers)
    forged = signed_by(agreed[1], 7)
    with pytest.raises(InvalidInput, match="missing of members 2"):
        three.members[0].publish(papers, [agreed[0], forged, agreed[2]])
    three.noise()
    with pytest.raises(InvalidInput, match="not agreed"):
        three.members[0].publish(papers, agreed)
