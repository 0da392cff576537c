"""A study's result, checked from public data alone by a program on @noble/curves: both refuse what is changed."""

import copy
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from jamjar.crypto.secret_sharing import SecretShare
from jamjar.errors import JamjarError
from jamjar.study.result import StudyResult
from tests.unit.study.scene import REGION, STUDY, closed, moved

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def public():
    """What the folder of a closed study holds for everybody, as JSON values, and the sum."""
    done = closed()
    papers = {"reports": done.reports, "noise": done.papers}
    record = {name: [json.loads(each.to_json()) for each in made] for name, made in papers.items()}
    return record | {"result": json.loads(done.result().to_json())}, done.result().check()


def theirs(records):
    """What the program in JavaScript says of each."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules/@noble/curves").is_dir():
        pytest.fail("the second program needs Node 18 or newer and its packages; install Node, then run `npm ci`")
    lines = "".join(json.dumps(record) + "\n" for record in records)
    done = subprocess.run(
        [node, str(ROOT / "tools/reference/study.mjs")],
        input=lines, capture_output=True, text=True, cwd=ROOT, timeout=600, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(result):
    try:
        StudyResult.from_json(json.dumps(result)).check()
    except JamjarError:
        return False
    return True


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
