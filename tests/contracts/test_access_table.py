"""Who may call what: every function that changes state, by every kind of caller, as access_table.json has it.

A call is allowed, or refused with the one error named, which names the caller where it has a place for one. A batch
takes the call and rejects the item: that is `rejected`. What a consent key signed needs no power to carry, but a grant.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import brownie
import pytest
from brownie.exceptions import VirtualMachineError
from eth_utils import keccak

ALLOWED = "allowed"
NAMES_THE_CALLER = {
    "AccessControlUnauthorizedAccount",
    "AccessControlInvalidDefaultAdmin",
    "CarrierNotActiveMember",
    "NotTheRecipient",
}
ERRORS = {
    "0x" + keccak(text=signature)[:4].hex(): signature.partition("(")[0]
    for signature in ("NotTheRecipient(address,address)", "ConsentNotLive(address,uint8)")
}
ROOT = b"\x07" * 32
TABLE = json.loads((Path(__file__).parent / "access_table.json").read_text(encoding="utf-8"))
CALLERS = TABLE["callers"]


class Scene(NamedTuple):
    """An account of each kind of caller, the consent it may mean, and what consent keys signed.

    `signed` holds the arguments of single calls, `items` what each caller sends in a batch: its own, since it is sent.
    """

    accounts: dict[str, Any]
    consent: str
    lost_consent: str
    signed: dict[str, tuple[Any, ...]]
    items: dict[str, dict[str, tuple[Any, ...]]]


@pytest.fixture(scope="module")
def scene(system: Any, people: Any, claimants: Any, governing: Any) -> Scene:
    """Consents of two recipients, one of them suspended since; proposals, offers and a recovery that are open."""
    consortium, carrier = system.consortium, {"from": people.operator}
    suspended, removed = brownie.accounts[6:8]
    governing.admit(6, "ADVISER", account=suspended)
    governing.admit(8, account=brownie.accounts[8])
    governing.join(2, removed)
    consortium.removeAccount(removed, {"from": people.adviser})
    waiting, ready = (governing.operation("suspend", member, 1) for member in (1, 8))
    waiting_id = governing.propose(waiting, delay=400 * DAY)
    governing.propose(ready)
    consortium.suspend(8, 1, {"from": people.sponsor})
    governing.wait(14 * DAY)
    live, batched, paused = claimants.granted(), claimants.granted(), claimants.granted()
    lost = claimants.granted(recipient=6)
    governing.suspend(6)
    system.consents.pause(*claimants.pause(paused, 0), carrier)
    system.advice.record((live.address, ROOT, ROOT), {"from": people.adviser})
    by = claimants.now() + 30 * DAY
    signed = {
        "grant": (claimants.grant(claimants.key()),),
        "pause": claimants.pause(live, 0),
        "reconfirm": claimants.reconfirm(live, 0, by),
        "resume": claimants.resume(paused, 1),
        "withdraw": (claimants.withdraw(live),),
        "commit": (claimants.commit(live, ROOT),),
        "acknowledge": (claimants.acknowledge(live, ROOT, ROOT),),
        "cancel": (waiting_id,),
        "execute": tuple(ready),
    }
    items: dict[str, dict[str, tuple[Any, ...]]] = {}
    for number, caller in enumerate(CALLERS):
        root, replaced = bytes([number + 1]) * 32, bytes([number]) * 32
        system.advice.record((batched.address, ROOT, root), {"from": people.adviser})
        items[caller] = {
            "grantBatch": claimants.grant(claimants.key()),
            "withdrawBatch": claimants.withdraw(claimants.granted()),
            "commitBatch": claimants.commit(batched, root, replaced),
            "acknowledgeBatch": claimants.acknowledge(batched, ROOT, root),
        }
    actors = (GOVERNANCE, *people[:6], suspended, removed, people.stranger)
    return Scene(dict(zip(CALLERS, actors, strict=True)), live.address, lost.address, signed, items)


def outcome(method: Any, given: tuple[Any, ...], account: Any) -> str:
    """What would come of the call; a batch that would be taken is sent, to see what becomes of its item."""
    try:
        method.call(*given, {"from": account})
    except VirtualMachineError as error:
        name, _, values = str(error.revert_msg).partition(": ")
        return name if name not in NAMES_THE_CALLER or account.address.lower() in values else f"{name} of another"
    if not method.abi["name"].endswith("Batch"):
        return ALLOWED
    (event,) = method(*given, {"from": account}).events
    return f"rejected: {ERRORS[str(event['reason'])[:10]]}" if "reason" in event else ALLOWED


def changing(abi: list[dict[str, Any]]) -> list[str]:
    views = ("view", "pure")
    return [e["name"] for e in abi if e["type"] == "function" and e["stateMutability"] not in views]


def test_the_whole_table(system: Any, scene: Scene) -> None:
    given = {caller: arguments(scene, caller, system.consortium) for caller in CALLERS}
    actual: dict[str, dict[str, str]] = {}
    for contract in (system.consortium, system.consents, system.commitments, system.advice):
        for name in changing(contract.abi):
            method = getattr(contract, name)
            actual[f"{contract._name}.{name}"] = {
                caller: outcome(method, given[caller][name], account) for caller, account in scene.accounts.items()
            }
    expected = {name: {c: row.get(c, row["else"]) for c in CALLERS} for name, row in TABLE["functions"].items()}
    assert actual == expected
