"""Who the members are: every change, at every bound, by everyone.

M1 to M6, and P1.1 in part: nothing is kept of a member but its name, its standing and a digest.
"""

from collections.abc import Callable
from typing import Any

import pytest

from jamjar.model import council_rules, member_rules
from jamjar.model.state import NOBODY
from jamjar.protocol.roles import ADMINISTRATION
from tests.differential.moves import Move, changing, reinstating, suspending
from tests.differential.scene import Scene

FREE, OTHER = 8, 9
TAKEN, COUNCIL = 2, 4
NAMES = ["", "A", "é" * 32, "é" * 32 + "e", "A name", "Member 2", "Member 3"]
KEYS = [b"k" * length for length in (0, 31, 32, 33, 4095, 4096, 4097)]


def step(role: bytes, by: int) -> bytes:
    return (int.from_bytes(role, "big") + by).to_bytes(32, "big")


def admissions(scene: Scene) -> list[Move]:
    """Each argument at and beyond its bounds, and what comes first when several are wrong."""
    accounts, roles = scene.system.accounts, sorted(scene.state.rules.roles)
    usual = {"number": 6, "name": "New", "roles": roles[:1], "account": accounts[FREE], "key": KEYS[3]}
    changed: list[dict[str, Any]] = [{"number": number} for number in (0, 1, 5, 6, 17, 18, 2**31, 2**32 - 1)]
    changed += [{"name": name} for name in NAMES] + [{"key": key} for key in KEYS]
    changed += [{"roles": given} for given in ([], roles, roles[:1] * 5, [*roles, roles[0]], [bytes(31) + b"\1"])]
    changed += [{"roles": given} for given in ([ADMINISTRATION], [roles[0], ADMINISTRATION])]
    changed += [{"account": account} for account in (NOBODY, accounts[0], accounts[TAKEN], accounts[FREE])]
    changed += [{"roles": [beside]} for role in roles for beside in (step(role, -1), step(role, 1))]
    changed += [{"number": 0, "name": ""}, {"name": "", "roles": [ADMINISTRATION] * 6}]
    changed += [{"name": "Member 2", "roles": [ADMINISTRATION] * 6}, {"name": "\udcff", "roles": [ADMINISTRATION]}]
    changed += [{"roles": [ADMINISTRATION], "account": NOBODY}, {"account": NOBODY, "key": b""}]
    return [changing("admit", member_rules.admit, tuple((usual | changes).values())) for changes in changed]


def of_governance(scene: Scene) -> list[Move]:
    moves = []
    for number in (0, 1, 2, 34, 99):
        moves += [suspending(number, reason) for reason in (0, 1, 4)] + [reinstating(number)]
        for role in (*scene.state.rules.roles, ADMINISTRATION, bytes(31) + b"\1"):
            for seat in (member_rules.seat_of(number), scene.system.accounts[TAKEN], f"0x{1:08x}{number:032x}"):
                moves += [changing("grantRole", member_rules.grant_role, role, seat)]
                moves += [changing("revokeRole", member_rules.revoke_role, role, seat)]
    return moves


def of_council(scene: Scene) -> list[Move]:
    accounts = scene.system.accounts
    moves = []
    for number in (0, 1, 2, COUNCIL, 99):
        moves += [suspending(number), reinstating(number)]
        for account in (NOBODY, accounts[0], accounts[TAKEN], accounts[FREE]):
            moves += [changing("proposeRecovery", council_rules.propose_recovery, number, account)]
        moves += [changing("completeRecovery", council_rules.complete_recovery, number)]
        moves += [changing("lapseRecovery", council_rules.lapse_recovery, number)]
    return [*moves, changing("objectToRecovery", council_rules.object_to_recovery)]


def of_members(scene: Scene) -> list[Move]:
    accounts = scene.system.accounts
    moves = [changing("changeEncryptionKey", member_rules.change_encryption_key, key) for key in KEYS]
    moves += [changing("rename", member_rules.rename, name) for name in [*NAMES, "\udcff"]]
    for account in (accounts[1], accounts[TAKEN], accounts[FREE], accounts[OTHER], NOBODY):
        moves += [changing("offerAccount", member_rules.offer_account, account)]
        moves += [changing("removeAccount", member_rules.remove_account, account)]
    return moves + [changing("acceptAccount", member_rules.accept_account, number) for number in (0, 1, 2, 99)]


KINDS = (admissions, of_governance, of_council, of_members)


@pytest.mark.parametrize("moves", KINDS)
@pytest.mark.parametrize("by", ["the governance", "the council"])
@pytest.mark.parametrize("suspended", [None, 2, COUNCIL])
def test_every_change_by_everyone(scene: Scene, moves: Callable[[Scene], list[Move]], by: str, suspended: Any) -> None:
    """M2: each can do what is its own, and nobody anything else."""
    council = next(place for place in (COUNCIL, 5) if place != suspended)
    accounts = scene.system.accounts
    scene.make(2, changing("offerAccount", member_rules.offer_account, accounts[FREE]))
    scene.make(council, changing("proposeRecovery", council_rules.propose_recovery, 2, accounts[OTHER]))
    if suspended is not None:
        scene.make(scene.system.governance if by == "the governance" else council, suspending(suspended))
    for move in moves(scene):
        for caller in (scene.system.governance, 0, 1, 2, COUNCIL, 5, FREE, OTHER):
            scene.attempt(caller, move)


def test_a_number_is_never_used_again(scene: Scene) -> None:
    """M1, M5: not while suspended, not without a role; an account may change members, a name may not."""
    governance, accounts = scene.system.governance, scene.system.accounts
    for role in scene.state.rules.roles:
        scene.make(governance, changing("revokeRole", member_rules.revoke_role, role, member_rules.seat_of(2)))
    scene.make(2, changing("rename", member_rules.rename, "Two"))
    scene.make(governance, suspending(2))
    for move in admissions(scene):
        scene.attempt(governance, move)
    scene.make(2, changing("offerAccount", member_rules.offer_account, accounts[FREE]))
    scene.make(3, changing("offerAccount", member_rules.offer_account, accounts[FREE]))
    scene.make(FREE, changing("acceptAccount", member_rules.accept_account, 2))
    scene.make(FREE, changing("acceptAccount", member_rules.accept_account, 3))
    scene.make(2, changing("removeAccount", member_rules.remove_account, accounts[FREE]))
    scene.make(FREE, changing("acceptAccount", member_rules.accept_account, 3))
    scene.make(3, changing("rename", member_rules.rename, "Two"))
    scene.make(3, changing("rename", member_rules.rename, "Member 2"))
    scene.make(2, changing("rename", member_rules.rename, "Member 2"))
