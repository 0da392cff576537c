"""docs/access.md: who may change what, as reviewed.

P4.1: nothing of ours is payable. Who changes members, and what a consent's key must sign, and that withdrawing asks for
nothing else where it was granted. Calls of other contracts go one way, to views; but for what the governance executes.
"""

import json
from typing import Any

from assurance.access import access_table
from assurance.access.access import DOCUMENT
from tools.compilation import ROOT

DOWN = {
    "Consortium": set(),
    "Governance": {"IConsortium", "target"},
    "ConsentRegistry": {"IConsortium"},
    "CommitmentRegistry": {"IConsentRegistry"},
    "AdviceLog": {"IConsentRegistry"},
}
# What changes nothing but by somebody else's earlier decision, or nothing at all.
OPEN = {
    "Consortium.lapseRecovery",  # what was not completed in time
    "Governance.execute",  # what was proposed, and nobody vetoed
    "Governance.executeBatch",
    "Governance.onERC1155BatchReceived",  # OpenZeppelin's timelock can hold tokens; there are none
    "Governance.onERC1155Received",
    "Governance.onERC721Received",
    "Governance.receive",  # which refuses, always
}
# What OpenZeppelin's timelock has; and a loop over a name, whose length the caller of the library has bounded.
INHERITED = {
    "payable functions": [
        f"{contract}.{function}"
        for contract in ("Governance", "TimelockController")
        for function in (
            "execute(address,uint256,bytes,bytes32,bytes32)",
            "executeBatch(address[],uint256[],bytes[],bytes32,bytes32)",
            "receive()",
        )
    ],
    "calls of other contracts but for a view": ["target.call (any call)"],
    "loops without a bound": [
        "TimelockController.executeBatch: i < targets.length; WITHOUT A BOUND",
        "TimelockController.scheduleBatch: i < targets.length; WITHOUT A BOUND",
        "Utf8.isWellFormed: i < text.length; WITHOUT A BOUND",
    ],
}
REFUSING = {"Governance.updateDelay"}  # which is pure, and so changes nothing
BEHAVIOUR = ROOT / "tests" / "contracts" / "access_table.json"


def test_it_is_as_reviewed(slithered: Any) -> None:
    """Run .venv-proofs/bin/python -m assurance.access.access --write to accept an intended change."""
    assert access_table.text(slithered).splitlines() == DOCUMENT.read_text(encoding="utf-8").splitlines()


def test_the_behaviour_of_the_same_functions_is_tabled(slithered: Any) -> None:
    called = json.loads(BEHAVIOUR.read_text(encoding="utf-8"))["functions"]
    assert set(access_table.rows(slithered)) - {"Governance.receive"} == set(called) - REFUSING


def test_no_other_function_is_open_to_anyone(slithered: Any) -> None:
    assert {name for name, row in access_table.rows(slithered).items() if "**anyone**" in row.who} == OPEN


def test_what_no_contract_may_have(slithered: Any) -> None:
    assert {what: found for what, found in access_table.absent(slithered).items() if found} == INHERITED


def test_calls_go_one_way(slithered: Any) -> None:
    called: dict[str, set[str]] = {name: set() for name in DOWN}
    for views in (False, True):
        for name, function, flow in access_table.entries(slithered, views=views):
            called[name.partition(".")[0]] |= {call.partition(".")[0] for call in flow.entry(function).of("calls")}
    assert called == DOWN


def test_withdrawing_asks_for_the_signature_and_of_an_unknown_key_for_a_member(slithered: Any) -> None:
    for name in ("ConsentRegistry.withdraw", "ConsentRegistry.withdrawBatch"):
        row = access_table.rows(slithered)[name]
        assert row.who == "active member and signed by consent"
        asks = {each.error for each in row.conditions if each.error and "msg.sender" in each.weighs}
        assert asks == {"CarrierNotActiveMember"}
        assert set(row.outcome.of("calls")) == {"IConsortium.isActive", "IConsortium.memberOf"}
