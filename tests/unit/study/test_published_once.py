"""Two studies of one month and region: of another title, least amount or figure, or of the region in capitals.

take, deal_noise, agree: refused where a closing of another study was agreed to, by each honest member
Study: refuses a region with characters or spaces that look like plainer ones
check_published_once: names who published sums of both
"""

from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.study import checking
from jamjar.study.study import Study
from tests.unit.study.scene import MONTH, PUBLIC, REGION, STUDY, Three, closed, people

OTHER = replace(STUDY, title="Another")
OTHERS = (
    OTHER,
    replace(STUDY, least=-1),
    replace(STUDY, figure="total.fixed.home", sign=1),
    replace(STUDY, months=("2026-04", MONTH), regions=("NORTH", "South")),
)


def in_study(three: Three, study: Study) -> Three:
    """The same members, with the same vaults, in another study."""
    other = Three(study)
    other.ledger, other.members = three.ledger, [replace(each, study=study) for each in three.members]
    return other


def test_a_second_study_after_an_agreement(three):
    """The attempt: one opens the sum of a study with the dishonest third, then another that of a second study."""
    papers = three.noise()
    agreements = three.agreed(papers)
    first, second, _ = three.members
    sums = first.publish(papers, agreements)
    for study in OTHERS:
        region = min(study.regions)
        with pytest.raises(InvalidInput, match="agreed to close another study of this month and region"):
            replace(second, study=study).deal_noise(MONTH, region, PUBLIC)
        with pytest.raises(InvalidInput, match="no second ones"):
            replace(first, study=study).deal_noise(MONTH, region, PUBLIC)
    three.ledger.record(*people(study=OTHER))
    with pytest.raises(InvalidInput, match="agreed to close another study"):
        replace(second, study=OTHER).take(people(study=OTHER)[0].report())
    assert (
        second.publish(papers, agreements).closing == sums.closing
    )  # the sum that it agreed to is opened all the same


def test_one_honest_member_in_both_studies(three):
    """The attempt: noise is dealt in both before anybody agrees, and the honest are asked in another order each."""
    other = in_study(three, OTHER)
    other.take(*people(study=OTHER))
    papers, others = three.noise(), other.noise()
    agreements = [each.agree(papers) for each in three.members]
    for honest in other.members[:2]:
        with pytest.raises(InvalidInput, match="agreed to close another study"):
            honest.agree(others)
    dishonest = other.members[2]
    with dishonest.vault.writing() as transaction:
        transaction.delete("study-agreed", STUDY.publication(MONTH, REGION))
    with pytest.raises(InvalidInput, match="missing of members 2, 4"):
        dishonest.publish(others, [dishonest.agree(others)])
    assert three.members[1].publish(papers, agreements).closing == agreements[0].closing


@pytest.mark.parametrize("region", ["North  West", "\uff2eorth", "No\ufb01th", "North\u00a0West", "N\u2011th"])
def test_no_region_is_spelled_otherwise_unseen(region):
    """The attempt: a second study of a region whose name looks the same, or nearly."""
    with pytest.raises(InvalidInput, match="region"):
        replace(STUDY, regions=(region,))


def test_the_public_checker_names_who_published_both():
    """Two of three who collude publish both with another program; whoever has both results sees it, and who it was."""
    result, other = closed().result(0, 1), closed(OTHER).result(1, 2)
    with pytest.raises(VerificationFailed, match=r"North of 2026-05 was published twice, by members 2;"):
        checking.check_published_once([result, other])
    with pytest.raises(VerificationFailed, match="published twice, by members apart"):
        checking.check_published_once([closed().result(0), closed(OTHER).result(1)])
    checking.check_published_once([result, replace(other, region="South")])
