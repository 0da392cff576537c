"""Reports to a study: what can be reported, and what nobody can.

make_report
├── Given a figure below or above the bounds, by one: there is no report
├── Given a consent that is none for this study: there is none
└── Otherwise every member opens its part, and no other
"""

from dataclasses import replace
from datetime import date

import pytest

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.crypto.sealing import SealBroken
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.study.report import StudyReport
from jamjar.study.study import Study
from tests.unit.study.scene import KEYS, STUDY, Claimant, terms_of

CLAIMANT = Claimant(1, -13)
REPORT = CLAIMANT.report()
ADDED = replace(STUDY, figure="balance", sign=1, least=-20)


def test_what_members_open():
    for place, member in enumerate(STUDY.members, 1):
        found = REPORT.open(STUDY, place, KEYS[member])
        assert (found.terms, found.terms_salt) == (CLAIMANT.agreed, CLAIMANT.salt)
        for other in {1, 2, 3} - {place}:
            with pytest.raises(SealBroken):
                REPORT.open(STUDY, other, KEYS[member])
    assert "13" not in repr(found)


def test_a_report_has_one_form():
    assert StudyReport.from_json(REPORT.to_json()) == REPORT
    REPORT.check(STUDY)


def test_no_two_lengths_tell_figures_apart():
    assert len({len(Claimant(1, value).report().to_json()) for value in (0, -1, -31)}) == 1


@pytest.mark.parametrize("value", [1, 2, -32, -33, 10**11])
def test_beyond_the_bounds_there_is_no_report(value):
    with pytest.raises(InvalidInput, match="beyond the study's bounds"):
        Claimant(2, value).report()


@pytest.mark.parametrize("value", [0, -31])
def test_the_bounds_are_within(value):
    Claimant(2, value).report().check(STUDY)


@pytest.mark.parametrize(("value", "valid"), [(-21, False), (-20, True), (11, True), (12, False)])
def test_other_bounds_and_no_minus(value, valid):
    claimant = Claimant(3, value, ADDED)
    if not valid:
        with pytest.raises(InvalidInput, match="beyond"):
            claimant.report()
    else:
        claimant.report().check(ADDED)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"purpose": "dpv:ImprovePublicServices"}, "not one for research"),
        ({"notice": "A study."}, "does not name this study"),
        ({"notice": f"{STUDY.words} {replace(STUDY, title='Another').words}"}, "alone"),
        ({"recipient": 8}, "another member"),
        ({"scope": frozenset({ScopeItem("income", Detail.THRESHOLD)})}, "as a threshold"),
        ({"scope": frozenset({ScopeItem("balance", Detail.TOTAL)}), "questions": 0}, "as a threshold"),
        ({"data_until": date(2026, 5, 30)}, "other days"),
    ],
)
def test_a_consent_that_is_none_for_this_study(changes, why):
    with pytest.raises(VerificationFailed, match=why):
        Claimant(5, -1, terms=terms_of(STUDY, **changes)).report()


def test_a_budget_of_another_month():
    terms = terms_of(STUDY, data_from=date(2026, 4, 1), data_until=date(2026, 6, 30))
    with pytest.raises(InvalidInput, match="not about that month"):
        Claimant(6, -1, terms=terms, end=20260630).report()


def test_a_region_that_the_study_has_not():
    with pytest.raises(InvalidInput, match="North, South"):
        CLAIMANT.report("East")


@pytest.mark.parametrize("members", [[[4], [2], [7]], [4, 2, {}], [4, 2, True], [4, 2, 4], [4, 2], 7])
def test_members_that_are_no_numbers(members):
    with pytest.raises(InvalidInput, match="members"):
        Study.from_fields(STUDY.fields() | {"members": members})


def test_a_figure_that_is_dealt_twice():
    """Two dealings tell one member nothing of the figure: each has a slope of its own."""
    again = CLAIMANT.report(label="again")
    shares = [each.open(STUDY, 1, KEYS[STUDY.members[0]]).share for each in (REPORT, again)]
    assert shares[0] != shares[1]
    assert again.point == REPORT.point
