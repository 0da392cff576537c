"""The result of a closed study, from what is public.

check
├── Any two of three open the same sum; given 3 of 3 are needed, two are refused
└── Wrong sums: refused, and the member named; the others' alone open it

check_reports, check_on_ledger, check_published_once
"""

import json
from dataclasses import replace
from itertools import combinations

import pytest

from jamjar.crypto.secret_sharing import SecretShare, opened, signed
from jamjar.errors import InvalidInput, JamjarError, VerificationFailed
from jamjar.study import checking
from jamjar.study.member import noise_info
from jamjar.study.result import StudyResult, WrongSums, make_result
from tests.unit.study.scene import (
    ACCOUNTS,
    ALL_THREE,
    KEYS,
    MONTH,
    REGION,
    STUDY,
    Claimant,
    closed,
    people,
)  # fmt: skip


def noise_of(done):
    """The noise, which nobody knows: here all three keys are known."""
    total = 0
    for dealt in done.papers:
        shares = {
            at: SecretShare.from_bytes(KEYS[member].open(dealt.sealed[at - 1], noise_info(dealt.place, at)))
            for at, member in enumerate(STUDY.members[:2], 1)
        }
        total += signed(opened(shares).value)
    return total


def test_any_two_open_the_true_sum_with_its_noise(done):
    true = sum(STUDY.amount_of(each.value) for each in done.claimants)
    for places in ((0, 1), (0, 2), (1, 2), (0, 1, 2)):
        found = done.result(*places).check()
        assert (found.value, found.count) == (true + noise_of(done), 11)
        assert found.mean == pytest.approx((true + noise_of(done)) / 11)
    assert done.result().accounts == {member: ACCOUNTS[member].address for member in STUDY.members}


def test_one_alone_opens_nothing(done):
    for place in range(3):
        with pytest.raises(VerificationFailed, match="1 members published sums, and 2 open it"):
            done.result(place).check()


def test_where_all_three_are_needed():
    done = closed(ALL_THREE)
    for places in combinations(range(3), 2):
        with pytest.raises(VerificationFailed, match="2 members published sums, and 3 open it"):
            done.result(*places).check()
    assert done.result().check().count == 11


def test_wrong_sums_are_named(done):
    share = done.sums[1].share
    for wrong in (SecretShare(share.value + 1, share.blinding), done.sums[0].share):
        lies = [done.sums[0], replace(done.sums[1], share=wrong), done.sums[2]]
        result = make_result(STUDY, MONTH, REGION, reports=done.reports, papers=done.papers, sums=lies)
        with pytest.raises(WrongSums, match="The sums of member 2 are wrong") as caught:
            result.check()
        assert caught.value.member == 2
        assert replace(result, sums=(lies[0], lies[2])).check() == done.result().check()


def test_what_is_missing_or_there_twice(done):
    with pytest.raises(InvalidInput, match="1 of the reports are not here"):
        make_result(STUDY, MONTH, REGION, reports=done.reports[1:], papers=done.papers, sums=done.sums)
    result = done.result()
    for reports in (result.reports[:9], (*result.reports, result.reports[0])):
        with pytest.raises(VerificationFailed, match="too few reports, or two of one consent"):
            replace(result, reports=reports).check()
    for noise in (result.noise[:1], result.noise[:2], result.noise + result.noise[:1]):
        with pytest.raises(VerificationFailed, match="noise of too few members, or twice"):
            replace(result, noise=noise).check()


def test_the_reports_behind_it(done):
    result = done.result()
    checking.check_reports(result, done.reports, done.papers)
    for reports, papers in ((done.reports[1:], done.papers), (done.reports, done.papers[1:])):
        with pytest.raises(JamjarError, match="missing"):
            checking.check_reports(result, reports, papers)
    listed = [replace(each, reports=each.reports[1:]) for each in done.papers]
    noise = tuple(replace(each, digest=by.digest) for each, by in zip(
        result.noise, sorted(listed, key=lambda paper: paper.place.member), strict=True))  # fmt: skip
    with pytest.raises(VerificationFailed, match="not those that all members accepted"):
        checking.check_reports(replace(result, noise=noise), done.reports, listed)


def test_on_the_ledger(done):
    result, ledger = done.result(), done.three.ledger
    roots = {each.consent: {each.root} for each in result.reports}
    checking.check_on_ledger(result, ledger, roots)
    consent = result.reports[3].consent
    with pytest.raises(VerificationFailed, match="No such budget"):
        checking.check_on_ledger(result, ledger, roots | {consent: {bytes(32)}})
    sums = (done.sums[0], replace(done.sums[1], signature=done.sums[0].signature))
    with pytest.raises(VerificationFailed, match="does not act for it now"):
        checking.check_on_ledger(replace(result, sums=sums), ledger, roots)


def test_published_twice(done):
    """Two of three who close it again, against their own programs, are seen and named."""
    result, other = done.result(), closed(again=1).result()
    checking.check_published_once([result, result, done.result(0, 1)])
    with pytest.raises(VerificationFailed, match="North of 2026-05 was published twice, by members 2, 4, 7"):
        checking.check_published_once([result, other])


def test_a_result_has_one_form(done):
    text = done.result().to_json()
    assert StudyResult.from_json(text) == done.result()
    record = json.loads(text)
    for name in record:
        for value in (None, 7, "zz", {}, "00"):
            with pytest.raises(JamjarError):
                StudyResult.from_json(json.dumps(record | {name: value})).check()


def test_two_who_collude_know_all():
    """The assumption, shown: two members who put their shares together read a claimant's figure; one cannot."""
    claimant = people()[6]
    shares = {place: claimant.report().open(STUDY, place, KEYS[STUDY.members[place - 1]]).share for place in (1, 3)}
    assert STUDY.amount_of(claimant.value) == opened(shares).value == 18
    careful = Claimant(6, claimant.value, ALL_THREE)
    three_of_three = {
        place: careful.report().open(ALL_THREE, place, KEYS[STUDY.members[place - 1]]).share for place in (1, 2, 3)
    }
    assert signed(opened({place: three_of_three[place] for place in (1, 3)}).value) != 18
    assert opened(three_of_three).value == 18
