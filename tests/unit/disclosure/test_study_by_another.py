"""A study's result, checked from public data alone by a program on @noble/curves: both refuse what is changed."""

import copy
import json

import pytest

from jamjar.crypto.secret_sharing import SecretShare
from jamjar.study.result import StudyResult
from tests.unit.disclosure.study_programs import folder_of, ours, theirs
from tests.unit.study.scene import REGION, STUDY, closed, moved


@pytest.fixture(scope="module")
def public():
    """What the folder of a closed study holds for everybody, as JSON values, and the sum."""
    return folder_of(closed()), closed().result().check()


def flipped(text, at=7):
    return text[:at] + format(int(text[at], 16) ^ 1, "x") + text[at + 1 :]


def changes(result):
    """The result with one thing changed that both check without a ledger or the reports."""

    def changed(change):
        other = copy.deepcopy(result)
        change(other)
        return other

    yield changed(lambda r: r["reports"].pop())
    yield changed(lambda r: r["reports"].append(r["reports"][0]))
    yield changed(lambda r: r["noise"].pop())
    yield changed(lambda r: r["sums"].__delitem__(slice(1, 3)))
    yield changed(lambda r: r["study"].update(sign=1))
    yield changed(lambda r: r["study"].update(least=1))
    yield changed(lambda r: r["study"].update(threshold=12))
    yield changed(lambda r: r["study"].update(openers=3))
    yield changed(lambda r: r["study"]["members"].reverse())
    yield changed(lambda r: r.update(region="East"))
    for kind in ("reports", "noise"):
        first, second = result[kind][:2]
        for name in ("point", "coefficients"):
            yield changed(lambda r, k=kind, n=name, to=second: r[k][0].update({n: to[n]}))
        assert first != second
    share = SecretShare.from_bytes(bytes.fromhex(result["sums"][0]["share"]))
    for wrong in (SecretShare(share.value + 1, share.blinding), SecretShare(share.value, share.blinding + 1)):
        yield changed(lambda r, w=wrong: r["sums"][0].update(share=w.to_bytes().hex()))


def test_both_open_the_same_sum(public):
    record, expected = public
    found = theirs([record, {"result": record["result"]}])
    accounts = {str(member): account.lower() for member, account in StudyResult.from_json(
        json.dumps(record["result"])).accounts.items()}  # fmt: skip
    assert found == [{"valid": True, "sum": str(expected.value), "count": 11, "accounts": accounts}] * 2


def test_neither_accepts_a_result_that_is_changed(public):
    altered = list(changes(public[0]["result"]))
    assert len(altered) == 16
    assert not any(map(ours, altered))
    assert not any(each["valid"] for each in theirs([{"result": each} for each in altered]))


def test_the_other_refuses_reports_that_are_changed(public):
    record, altered = public[0], []
    first = [each["consent"] for each in record["reports"]].index(record["result"]["reports"][0]["consent"])
    for name in ("consent", "root", "point", "proof", "signature"):
        other = copy.deepcopy(record)
        other["reports"][first][name] = flipped(record["reports"][first][name])
        altered.append(other)
    other = copy.deepcopy(record)
    other["noise"][1]["reports"] = other["noise"][1]["reports"][1:]
    altered.append(other)
    altered.append(record | {"result": json.loads(moved(closed(), 1000).to_json())})
    assert not any(each["valid"] for each in theirs(altered))
    assert record["result"]["region"] == REGION in STUDY.regions
