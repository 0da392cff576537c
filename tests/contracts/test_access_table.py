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
def scene(system: Any, people: Any, claimants: Any) -> Scene:
    """Consents of two recipients, one of them suspended since; a hand-over that can be accepted."""
    boss, consortium = {"from": people.administrator}, system.consortium
    suspended, removed, successor = brownie.accounts[6:9]
    consortium.admit(6, "Suspended Advice", [consortium.ADVISER()], suspended, b"k" * 32, boss)
    consortium.addAccount(2, removed, boss)
    consortium.removeAccount(2, removed, boss)
    live, batched, paused = claimants.granted(), claimants.granted(), claimants.granted()
    lost = claimants.granted(recipient=6)
    consortium.beginDefaultAdminTransfer(successor, boss)
    brownie.chain.sleep(consortium.defaultAdminDelay() + 3600)
    brownie.chain.mine()
    consortium.suspend(6, boss)
    system.consents.pause(*claimants.pause(paused, 0), boss)
    system.advice.record((live.address, ROOT, ROOT), {"from": people.adviser})
    by = claimants.now() + 30 * 24 * 60 * 60
    signed = {
        "grant": (claimants.grant(claimants.key()),),
        "pause": claimants.pause(live, 0),
        "reconfirm": claimants.reconfirm(live, 0, by),
        "resume": claimants.resume(paused, 1),
        "withdraw": (claimants.withdraw(live),),
        "commit": (claimants.commit(live, ROOT),),
        "acknowledge": (claimants.acknowledge(live, ROOT, ROOT),),
    }
    items: dict[str, dict[str, tuple[Any, ...]]] = {}
    for number, caller in enumerate(CALLERS):
        root, replaced = bytes([number + 1]) * 32, bytes([number]) * 32
        system.advice.record((batched.address, ROOT, root), {"from": people.adviser})
        items[caller] = {
            "grantBatch": claimants.grant(claimants.key()),
            "withdrawBatch": claimants.withdraw(claimants.key()),
            "commitBatch": claimants.commit(batched, root, replaced),
            "acknowledgeBatch": claimants.acknowledge(batched, ROOT, root),
        }
    actors = (people.administrator, successor, *people[1:6], suspended, removed, people.stranger)
    return Scene(dict(zip(CALLERS, actors, strict=True)), live.address, lost.address, signed, items)


def arguments(scene: Scene, caller: str, consortium: Any) -> dict[str, tuple[Any, ...]]:
    adviser, seat, new = consortium.ADVISER(), consortium.seatOf(2), "0x" + 20 * "77"
    consent = scene.lost_consent if caller == "suspended recipient" else scene.consent
    return {
        "acceptDefaultAdminTransfer": (),
        "addAccount": (2, new),
        "admit": (7, "New", [adviser], new, b"k" * 32),
        "beginDefaultAdminTransfer": (new,),
        "cancelDefaultAdminTransfer": (),
        "changeDefaultAdminDelay": (1,),
        "changeEncryptionKey": (2, b"n" * 32),
        "grantRole": (adviser, seat),
        "reinstate": (6,),
        "removeAccount": (2, scene.accounts["recipient"]),
        "renounceRole": (adviser, seat),
        "revokeRole": (adviser, seat),
        "rollbackDefaultAdminDelay": (),
        "suspend": (2,),
        "release": (consent,),
        "use": ((consent, ROOT),),
        "record": ((consent, ROOT, b"\x08" * 32),),
        "useBatch": ([(consent, ROOT)],),
        **scene.signed,
        **{name: ([item],) for name, item in scene.items[caller].items()},
    }


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
