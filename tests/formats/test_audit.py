"""An audit's database made before, and the report that it wrote: the state, the figures and the findings are known."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from jamjar.audit.auditor import rules_of
from jamjar.audit.store import AuditStore, Progress
from tests.formats.known import DEPLOYMENT, FILES, KNOWN, plain

THERE = KNOWN["audit"]
REPORT: dict[str, Any] = json.loads((FILES / THERE["report"]).read_text(encoding="utf-8"))


@pytest.fixture
def store(files: Path) -> Iterator[AuditStore]:
    opened = AuditStore(f"sqlite:///{files / 'audit.db'}", DEPLOYMENT)
    yield opened
    opened.close()


@pytest.fixture
def progress(store: AuditStore) -> Progress:
    found = store.progress(rules_of(DEPLOYMENT))
    assert found is not None
    return found


def test_how_far_it_came(store: AuditStore, progress: Progress) -> None:
    assert (progress.block, progress.successor) == (THERE["progress_block"], THERE["successor"])
    assert [list(each) for each in store.blocks()] == THERE["blocks"]
    assert REPORT["blocks"] == {
        "first": THERE["first"], "last": progress.block, "hash": THERE["hash"], "time": THERE["time"],
    }  # fmt: skip


def test_members(progress: Progress) -> None:
    state = progress.state
    assert THERE["members"] == {
        str(number): [each.name, each.standing.name, each.key_digest.hex(), sorted(role.hex() for role in each.roles)]
        for number, each in state.members.items()
    }
    assert state.accounts == THERE["accounts"]
    assert asdict(state.administration) == THERE["administration"]


def test_consents(progress: Progress) -> None:
    state = progress.state
    assert {at: plain(asdict(each)) for at, each in state.consents.items()} == THERE["consents"]
    assert {at: each.hex() for at, each in state.heads.items()} == THERE["heads"]
    advice = [[at, root.hex(), digest.hex(), stage] for (at, root, digest), stage in state.advice.items()]
    assert advice == THERE["advice"]
    statuses = Counter(each.status(THERE["time"]).name for each in state.consents.values())
    assert statuses == REPORT["statuses"]


def test_figures(progress: Progress) -> None:
    assert plain(progress.figures.to_json()) == REPORT["figures"]


def told(finding: dict[str, Any], without: set[str]) -> Any:
    return plain({name: value for name, value in finding.items() if name not in without})


def test_findings(store: AuditStore) -> None:
    findings, counts = store.findings()
    said = {"title", "advice"}  # of the rule, in today's words
    assert [told(each.to_json(), said) for each in findings] == [told(each, said) for each in REPORT["findings"]]
    assert counts == REPORT["counts"]
