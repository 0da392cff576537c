"""docs/access.md: who may change what, as reviewed.

P4.1: nothing is payable. M2: only the administrator changes members. L1, L5, L6, L13, L14: what a consent's key must
sign, and that withdrawing asks for nothing else. Calls of other contracts go one way, to views.
"""

import json
from typing import Any

from assurance.access import access_table
from assurance.access.access import DOCUMENT
from tools.compilation import ROOT

DOWN = {
    "Consortium": set(),
    "ConsentRegistry": {"IConsortium"},
    "CommitmentRegistry": {"IConsentRegistry"},
    "AdviceLog": {"IConsentRegistry"},
}
BEHAVIOUR = ROOT / "tests" / "contracts" / "access_table.json"


def test_it_is_as_reviewed(slithered: Any) -> None:
    """Run .venv-proofs/bin/python -m assurance.access.access --write to accept an intended change."""
    assert access_table.text(slithered).splitlines() == DOCUMENT.read_text(encoding="utf-8").splitlines()


def test_the_behaviour_of_the_same_functions_is_tabled(slithered: Any) -> None:
    called = json.loads(BEHAVIOUR.read_text(encoding="utf-8"))["functions"]
    assert set(access_table.rows(slithered)) == set(called)


def test_no_function_is_open_to_anyone(slithered: Any) -> None:
    assert [name for name, row in access_table.rows(slithered).items() if "anyone" in row.who] == []


def test_what_no_contract_may_have(slithered: Any) -> None:
    assert {what: found for what, found in access_table.absent(slithered).items() if found} == {}


def test_calls_go_one_way(slithered: Any) -> None:
    called: dict[str, set[str]] = {name: set() for name in DOWN}
    for views in (False, True):
        for name, function, flow in access_table.entries(slithered, views=views):
            called[name.partition(".")[0]] |= {call.partition(".")[0] for call in flow.entry(function).of("calls")}
    assert called == DOWN


def test_withdrawing_asks_for_the_signature_alone(slithered: Any) -> None:
    for name in ("ConsentRegistry.withdraw", "ConsentRegistry.withdrawBatch"):
        row = access_table.rows(slithered)[name]
        assert row.who == "signed by consent"
        assert row.outcome.of("calls") == []
        assert {"msg.sender", "tx.origin"}.isdisjoint(set().union(*(each.weighs for each in row.conditions)))
