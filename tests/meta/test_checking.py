"""docs/checking.md and docs/weakened.md: who notices which attack, and which test notices which weakening, exist."""

import pytest

from jamjar.audit.findings import RULES
from jamjar.tlog.monitor import Kind
from tests.meta.places import ROOT, missing, named, rows

ATTACKS = rows("checking.md")
WEAKENED = rows("weakened.md")
SAID = {f"{rule.severity.value} {rule.id}" for rule in RULES.values()} | {kind.value for kind in Kind}
IDS = [row[0][:60] for row in ATTACKS]


@pytest.mark.parametrize("row", ATTACKS, ids=IDS)
def test_an_attack_was_tried(row):
    attack, who, by, printed, soon, tests = row
    assert all((attack, who, by, printed, soon))
    assert named(tests)
    assert [missing(place) for place in named(tests) if missing(place)] == []


@pytest.mark.parametrize("row", [row for row in ATTACKS if "audit" in row[2] or "monitor" in row[2]])
def test_what_is_printed_is_a_finding_or_an_alarm(row):
    (line,) = named(row[3])
    assert line.partition(":")[0] in SAID


@pytest.mark.parametrize("row", WEAKENED, ids=[row[1][:80] for row in WEAKENED])
def test_a_weakening_was_noticed(row):
    file, weakening, tests = row
    assert weakening
    assert [missing(place, ROOT) for place in named(file) if missing(place, ROOT)] == []
    assert named(tests)
    assert [missing(place) for place in named(tests) if missing(place)] == []
