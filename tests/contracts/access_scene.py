"""What the access table is tried on: an account of each kind of caller, and a good call of each function."""

from typing import Any, NamedTuple

import brownie

from jamjar.protocol.settings import DAY

ROOT, NEW = b"\x07" * 32, "0x" + 20 * "77"


class Scene(NamedTuple):
    """An account of each kind of caller, the consent it may mean, and what consent keys signed.

    `signed` holds the arguments of single calls, `items` what each caller sends in a batch: its own, since it is sent.
    """

    accounts: dict[str, Any]
    consent: str
    lost_consent: str
    signed: dict[str, tuple[Any, ...]]
    items: dict[str, dict[str, tuple[Any, ...]]]


def build(system: Any, people: Any, claimants: Any, governing: Any, callers: list[str]) -> Scene:
    """Consents of two recipients, one of them suspended since; proposals, offers and recoveries that are open."""
    consortium, council = system.consortium, {"from": people.sponsor}
    suspended, removed, eighth = brownie.accounts[6:9]
    governing.admit(6, "ADVISER", account=suspended)
    governing.admit(8, account=eighth)
    governing.join(2, removed)
    consortium.removeAccount(removed, {"from": people.adviser})
    for account in (NEW, people.stranger):
        consortium.offerAccount(account, {"from": people.adviser})
    opened = open_proposals(system, governing, people)
    consortium.suspend(8, 1, council)
    consortium.proposeRecovery(5, NEW, council)
    governing.wait(14 * DAY)
    consortium.proposeRecovery(3, people.stranger, council)
    governing.wait(14 * DAY)
    signed, items, consents = signed_by_claimants(system, claimants, people, callers)
    governing.suspend(6)
    governance = brownie.accounts.at(system.governance.address, force=True)
    actors = (governance, *people[:6], suspended, removed, people.stranger)
    return Scene(dict(zip(callers, actors, strict=True)), *consents, {**signed, **opened}, items)


def open_proposals(system: Any, governing: Any, people: Any) -> dict[str, tuple[Any, ...]]:
    """Proposals that wait, or are ready in a fortnight, and the calls for them."""
    waiting, ready, other = (governing.operation("suspend", member, 1) for member in (1, 8, 3))
    identifier = governing.propose(waiting, delay=400 * DAY)
    governing.propose(ready)
    batch = [other.target], [0], [other.data], bytes(32), bytes(32)
    system.governance.scheduleBatch(*batch, 7 * DAY, {"from": people.founder})
    return {"cancel": (identifier,), "execute": tuple(ready), "executeBatch": batch}


def signed_by_claimants(system: Any, claimants: Any, people: Any, callers: list[str]) -> tuple[Any, ...]:
    """What single calls and batches carry, and the consents that a caller may mean."""
    live, batched, paused = claimants.granted(), claimants.granted(), claimants.granted()
    lost = claimants.granted(recipient=6)
    claimants.move_to(claimants.now() + 3600)
    system.consents.pause(*claimants.pause(paused, 0), {"from": people.operator})
    system.advice.record((live.address, ROOT, ROOT), {"from": people.adviser})
    signed = {
        "grant": (claimants.grant(claimants.key()),),
        "pause": claimants.pause(live, 0),
        "reconfirm": claimants.reconfirm(live, 0, claimants.now() + 30 * DAY),
        "resume": claimants.resume(paused, 1),
        "withdraw": (claimants.withdraw(live),),
        "commit": (claimants.commit(live, ROOT),),
        "acknowledge": (claimants.acknowledge(live, ROOT, ROOT),),
    }
    items: dict[str, dict[str, tuple[Any, ...]]] = {}
    for number, caller in enumerate(callers):
        root, replaced = bytes([number + 1]) * 32, bytes([number]) * 32
        system.advice.record((batched.address, ROOT, root), {"from": people.adviser})
        items[caller] = {
            "grantBatch": claimants.grant(claimants.key()),
            "withdrawBatch": claimants.withdraw(claimants.granted()),
            "commitBatch": claimants.commit(batched, root, replaced),
            "acknowledgeBatch": claimants.acknowledge(batched, ROOT, root),
        }
    return signed, items, (live.address, lost.address)


def arguments(scene: Scene, caller: str, system: Any) -> dict[str, tuple[Any, ...]]:
    """What each function is called with, by its name, or its contract's and its own where two contracts have it."""
    adviser, seat = system.consortium.ADVISER(), system.consortium.seatOf(2)
    founder, proposer = scene.accounts["founder"], system.governance.PROPOSER_ROLE()
    consent = scene.lost_consent if caller == "suspended recipient" else scene.consent
    return {
        "acceptAccount": (2,),
        "admit": ((7, "New", [adviser], NEW, b"k" * 32),),
        "changeEncryptionKey": (b"n" * 32,),
        "completeRecovery": (3,),
        "lapseRecovery": (5,),
        "objectToRecovery": (),
        "offerAccount": (NEW,),
        "proposeRecovery": (2, NEW),
        "reinstate": (8,),
        "removeAccount": (NEW,),
        "rename": ("New",),
        "suspend": (1, 1),
        "grantRole": (adviser, seat),
        "renounceRole": (adviser, seat),
        "revokeRole": (adviser, seat),
        "Governance.grantRole": (proposer, NEW),
        "Governance.renounceRole": (proposer, founder),
        "Governance.revokeRole": (proposer, founder),
        "schedule": (NEW, 0, b"", bytes(32), bytes(32), 7 * DAY),
        "scheduleBatch": ([NEW], [0], [b""], bytes(32), bytes(32), 7 * DAY),
        "updateDelay": (8 * DAY,),
        "onERC721Received": (NEW, NEW, 1, b""),
        "onERC1155Received": (NEW, NEW, 1, 1, b""),
        "onERC1155BatchReceived": (NEW, NEW, [1], [1], b""),
        "release": (consent,),
        "use": ((consent, ROOT),),
        "record": ((consent, ROOT, b"\x08" * 32),),
        "useBatch": ([(consent, ROOT)],),
        **scene.signed,
        **{name: ([item],) for name, item in scene.items[caller].items()},
    }
