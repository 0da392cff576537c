"""What a paper lists is counted and measured before any of it is decoded: too much of it is refused at once."""

import json

import pytest

from jamjar.errors import InvalidInput
from jamjar.study import paper
from jamjar.study.closing import AgreementPaper, NoisePaper, SumsPaper
from jamjar.study.report import StudyReport
from jamjar.study.result import StudyResult

POINT = "02" + "11" * 32


@pytest.fixture
def decoded(monkeypatch):
    """The parts that were decoded, of whatever kind."""
    found = []
    for place, name in ((paper, "read_hex"), (paper.strict_base64, "decode")):
        real = getattr(place, name)
        monkeypatch.setattr(place, name, lambda text, what, real=real: found.append(text) or real(text, what))
    return found


@pytest.mark.parametrize(
    ("name", "value"),
    [("sealed", ["AAAA"] * 5000), ("sealed", ["AAAA"]), ("sealed", ["AAAA", "AAAA", "A" * 10**6]),
     ("sealed", [["AAAA"] * 10**5] * 3), ("coefficients", [POINT] * 5000)],
)  # fmt: skip
def test_noise_and_reports(done, decoded, name, value):
    for made, kind in ((done.papers[0], NoisePaper), (done.reports[0], StudyReport)):
        record = json.loads(made.to_json()) | {name: value}
        with pytest.raises(InvalidInput):
            kind.from_json(json.dumps(record))
        assert not set(map(str, value)) & (set(map(str, decoded)) - {POINT})
    assert len(decoded) < 40


def test_the_path_of_a_report(done, decoded):
    record = json.loads(done.reports[0].to_json()) | {"path": ["00" * 32] * 5000}
    with pytest.raises(InvalidInput):
        StudyReport.from_json(json.dumps(record))
    assert len(decoded) < 40


@pytest.mark.parametrize("name", ["noise", "sums"])
def test_the_lists_of_a_result(done, decoded, name):
    record = json.loads(done.result().to_json())
    with pytest.raises(InvalidInput, match="0 to 3 in number"):
        StudyResult.from_json(json.dumps(record | {name: record[name] * 2000}))
    assert len(decoded) < 40


def test_papers_of_one_size(done):
    for made, kind in ((done.agreements[0], AgreementPaper), (done.sums[0], SumsPaper)):
        with pytest.raises(InvalidInput, match="larger than 64 KiB"):
            kind.from_json(made.to_json() + " " * (64 << 10))
    with pytest.raises(InvalidInput, match="larger than 512 KiB"):
        StudyReport.from_json(done.reports[0].to_json() + " " * (512 << 10))
