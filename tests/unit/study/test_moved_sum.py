"""A member who publishes last, and says in the result that it dealt other noise than its paper has, moves no sum.

The other's sums fit what the result says, and so do its own, which it signed for it: only the paper shows the lie.
"""

import json
from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.study import checking
from jamjar.study.result import StudyResult
from tests.unit.study.scene import REGION, STUDY, moved


def test_a_sum_that_is_moved_by_other_noise_than_was_dealt(done):
    honest, lie = done.result(0, 1), moved(done, 1000)
    assert lie.check().value == honest.check().value + 1000  # the sums alone do not show it
    with pytest.raises(VerificationFailed, match="noise is not that of the result"):
        checking.check_reports(lie, done.reports, done.papers)
    checking.check_reports(honest, done.reports, done.papers)


@pytest.mark.parametrize("member", [None, [4], {}, True, "4"])
def test_sums_of_a_member_that_is_no_number(done, member):
    record = json.loads(done.result().to_json())
    record["sums"][0]["member"] = member
    with pytest.raises(InvalidInput, match="member"):
        StudyResult.from_json(json.dumps(record))


@pytest.mark.parametrize("name", ["point", "coefficients"])
def test_noise_that_is_not_the_papers(done, name):
    result = done.result()
    first, second, *others = result.noise
    changed = replace(first, **{name: getattr(second, name)})
    with pytest.raises(VerificationFailed, match="noise is not that of the result"):
        checking.check_reports(replace(result, noise=(changed, second, *others)), done.reports, done.papers)
    assert result.region == REGION in STUDY.regions


def test_two_results_of_one_closing_that_differ(done):
    with pytest.raises(VerificationFailed, match="published twice, by members 4"):
        checking.check_published_once([done.result(0, 1), moved(done, 1000)])
