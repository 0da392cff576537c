"""All of Slither's detectors on the project's own contracts: findings.json explains each finding.

An unexplained finding fails, and so does an explanation without a finding.
"""

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from slither.detectors import all_detectors
from slither.detectors.abstract_detector import AbstractDetector

OURS = ("contracts/", "interfaces/")
EXPLAINED = json.loads(Path(__file__).with_name("findings.json").read_text(encoding="utf-8"))
DETECTORS = [
    each for each in vars(all_detectors).values() if inspect.isclass(each) and issubclass(each, AbstractDetector)
]


def place(element: dict[str, Any]) -> str:
    """Where a finding is: `Contract.function`, or another named element."""
    parent = element.get("type_specific_fields", {}).get("parent")
    return f"{place(parent)}.{element['name']}" if parent else element["name"]


def findings(slithered: Any) -> set[tuple[str, str]]:
    """The findings in the project's own files, as (detector, place)."""
    for detector in DETECTORS:
        slithered.register_detector(detector)
    found = [finding for each in slithered.run_detectors() for finding in each]
    return {
        (finding["check"], "pragma" if finding["check"] == "pragma" else place(finding["elements"][0]))
        for finding in found
        if any(element["source_mapping"]["filename_relative"].startswith(OURS) for element in finding["elements"])
    }


@pytest.fixture(scope="module")
def found(slithered: Any) -> set[tuple[str, str]]:
    return findings(slithered)


def test_every_detector_ran() -> None:
    assert len(DETECTORS) > 100


def test_what_is_found_is_explained(found: set[tuple[str, str]]) -> None:
    explained = [(entry["detector"], where) for entry in EXPLAINED for where in entry["where"]]
    assert len(set(explained)) == len(explained)
    assert found == set(explained)


@pytest.mark.parametrize("entry", EXPLAINED, ids=lambda entry: entry["detector"])
def test_an_explanation_is_complete(entry: dict[str, Any]) -> None:
    assert set(entry) == {"detector", "where", "reason"}
    assert len(entry["reason"].split()) > 5


def test_a_seeded_fault_is_found(found: set[tuple[str, str]], faulty: Any) -> None:
    """Only two, a pause with the type of a resumption, and tx.origin required: no detector has a pattern for others."""
    seeded = {("unused-state", "ConsentRegistry.PAUSE_TYPE"), ("tx-origin", "ConsortiumCouncil.proposeRecovery")}
    assert findings(faulty) - found == seeded
