"""Who may call what: every function that changes state, by every kind of caller, as access_table.json has it.

A call is allowed, or refused with the one error named, which names the caller where it has a place for one. A batch
takes the call and rejects the item: that is `rejected`. What a consent key signed needs no power to carry, but a grant.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from brownie.exceptions import VirtualMachineError
from eth_utils import keccak

from tests.contracts.access_scene import Scene, arguments, build

ALLOWED = "allowed"
NAMES_THE_CALLER = {
    "AccessControlUnauthorizedAccount",
    "AccountNotOffered",
    "CarrierNotActiveMember",
    "NotAMember",
    "NotOfTheCouncil",
    "NotTheRecipient",
}
ERRORS = {
    "0x" + keccak(text=signature)[:4].hex(): signature.partition("(")[0]
    for signature in ("NotTheRecipient(address,address)", "ConsentNotLive(address,uint8)")
}
TABLE = json.loads((Path(__file__).parent / "access_table.json").read_text(encoding="utf-8"))
CALLERS = TABLE["callers"]


@pytest.fixture(scope="module")
def scene(system: Any, people: Any, claimants: Any, governing: Any) -> Scene:
    return build(system, people, claimants, governing, CALLERS)


def outcome(method: Any, given: tuple[Any, ...], account: Any, contract: Any) -> str:
    """What would come of the call; a batch that would be taken is sent, to see what becomes of its item."""
    try:
        method.call(*given, {"from": account})
    except VirtualMachineError as error:
        name, _, values = str(error.revert_msg).partition(": ")
        return name if name not in NAMES_THE_CALLER or account.address.lower() in values else f"{name} of another"
    if contract._name == "Governance" or not method.abi["name"].endswith("Batch"):
        return ALLOWED
    (event,) = method(*given, {"from": account}).events
    return f"rejected: {ERRORS[str(event['reason'])[:10]]}" if "reason" in event else ALLOWED


def changing(abi: list[dict[str, Any]]) -> list[str]:
    """The functions that change state, and those that only refuse to: pure ones, without a result."""
    functions = [e for e in abi if e["type"] == "function" and e["stateMutability"] != "view"]
    return [e["name"] for e in functions if e["stateMutability"] != "pure" or not e["outputs"]]


def test_the_whole_table(system: Any, scene: Scene) -> None:
    given = {caller: arguments(scene, caller, system) for caller in CALLERS}
    actual: dict[str, dict[str, str]] = {}
    for contract in (system.consortium, system.governance, system.consents, system.commitments, system.advice):
        for name in changing(contract.abi):
            full, method = f"{contract._name}.{name}", getattr(contract, name)
            actual[full] = {
                caller: outcome(method, given[caller].get(full) or given[caller][name], account, contract)
                for caller, account in scene.accounts.items()
            }
    expected = {name: {c: row.get(c, row["else"]) for c in CALLERS} for name, row in TABLE["functions"].items()}
    assert actual == expected
