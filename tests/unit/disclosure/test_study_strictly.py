"""What the second verifier of studies refuses before it computes, and a second publication, which both name."""

import json
from dataclasses import replace

import pytest

from jamjar.errors import VerificationFailed
from jamjar.study.checking import check_published_once
from tests.unit.disclosure.study_programs import folder_of, ours, theirs
from tests.unit.study.scene import STUDY, closed


@pytest.fixture(scope="module")
def result():
    return folder_of(closed())["result"]


def test_both_name_who_published_twice():
    """Two of three collude, with another program: two studies of one month and region, of another least amount."""
    both = closed().result(0, 1), closed(replace(STUDY, least=-1, regions=("NORTH", "North"))).result(1, 2)
    with pytest.raises(VerificationFailed, match="was published twice, by members 2"):
        check_published_once(both)
    first, again, other = theirs([{"result": json.loads(each.to_json())} for each in (both[0], *both)])
    assert first["valid"] is again["valid"] is True
    assert other == {"valid": False, "error": "North of 2026-05: published twice, by members 2"}


STUDY_FIELDS = {
    "title": (None, "", 7, "x" * 81), "contract": ("0x00", None), "figure": ("Rent!", None), "chain_id": (0, "1337"),
    "recipient": (0, 1 << 32), "openers": (1, 4), "sign": (0, 2), "least": (10**9 + 1,), "bits": (3, 25, True),
    "threshold": (9, 10**6 + 1), "epsilon_hundredths": (0, 1001), "format": ("jamjar.study.2", None), "more": (1,),
    "members": ([4, 2], [4, 2, 2], [4, 2, 0], "427"),
    "months": ([], ["2026-13"], ["2026-05", "2026-04"], ["2026-05"] * 2),
    "regions": ([], ["South", "North"], ["North", ""], ["e\u0301", "North"], "North"),
}  # fmt: skip


def test_neither_accepts_a_study_that_is_none(result):
    """Signed by all, so that nothing but the study's own fields is wrong."""
    record, altered = result, []
    for name, values in STUDY_FIELDS.items():
        altered += [record | {"study": record["study"] | {name: value}} for value in values]
    altered += [record | {"more": 1}, {**record, "format": "jamjar.study-result.2"}]
    for kind in ("reports", "noise", "sums"):
        altered.append(record | {kind: [record[kind][0] | {"more": 1}, *record[kind][1:]]})
    assert not any(map(ours, altered))
    found = theirs([{"result": each} for each in altered])
    assert not any(each["valid"] for each in found)
    assert sum("the study" in each["error"] for each in found) == sum(map(len, STUDY_FIELDS.values()))


def test_the_other_refuses_what_is_written_twice_or_otherwise(result):
    line = json.dumps({"result": result})
    changed = [
        line.replace('"threshold": 10', f'"threshold": {ten}')
        for ten in ("10.0", "1e1", '11, "threshold": 10', "1" * 400)
    ]
    changed += [
        line.replace('"month"', '"month": "2026-04", "\\u006donth"', 1),
        '{"result": {}, ' + line[1:],
        "[]",
        "{",
    ]
    assert line not in changed
    assert not any(each["valid"] for each in theirs(changed))
