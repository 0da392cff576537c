"""Who the members are: every change, at every bound, by everyone; and the hand-over of the administration.

M1 to M6, and P1.1 in part: nothing is kept of a member but its name, its standing and a digest.
"""

from typing import Any

import pytest

from jamjar.model import hand_over_rules, member_rules
from jamjar.model.state import ADMINISTRATION, NOBODY
from tests.differential.moves import Move, administering
from tests.differential.scene import Scene
from tests.stateful.actors import DAY

FREE, TAKEN = 8, 2
NAMES = ["", "A", "é" * 32, "é" * 32 + "e", "A name"]
KEYS = [b"k" * length for length in (0, 31, 32, 33, 4095, 4096, 4097)]


def step(role: bytes, by: int) -> bytes:
    return (int.from_bytes(role, "big") + by).to_bytes(32, "big")


def admissions(scene: Scene) -> list[Move]:
    """Each argument at and beyond its bounds, and what comes first when several are wrong."""
    accounts, roles = scene.system.accounts, sorted(scene.state.rules.roles)
    usual = {"number": 6, "name": "New", "roles": roles[:1], "account": accounts[FREE], "key": KEYS[3]}
    changed: list[dict[str, Any]] = [{"number": number} for number in (0, 1, 5, 6, 17, 18, 2**32 - 1)]
    changed += [{"name": name} for name in NAMES] + [{"key": key} for key in KEYS]
    changed += [{"roles": given} for given in ([], roles, roles[:1] * 4, [*roles, roles[0]], [bytes(31) + b"\1"])]
    changed += [{"roles": given} for given in ([ADMINISTRATION], [roles[0], ADMINISTRATION])]
    changed += [{"account": account} for account in (NOBODY, accounts[0], accounts[TAKEN], accounts[FREE])]
    changed += [{"roles": [beside]} for role in roles for beside in (step(role, -1), step(role, 1))]
    changed += [{"number": 0, "name": ""}, {"name": "", "roles": [ADMINISTRATION] * 5}]
    changed += [{"roles": [ADMINISTRATION], "account": NOBODY}, {"account": NOBODY, "key": b""}]
    return [administering("admit", member_rules.admit, *(usual | changes).values()) for changes in changed]


def changes(scene: Scene) -> list[Move]:
    accounts = scene.system.accounts
    moves = []
    for number in (0, 1, 2, 34, 99):
        moves += [administering("suspend", member_rules.suspend, number)]
        moves += [administering("reinstate", member_rules.reinstate, number)]
        for account in (accounts[1], accounts[TAKEN], accounts[FREE], NOBODY):
            moves += [administering("addAccount", member_rules.add_account, number, account)]
            moves += [administering("removeAccount", member_rules.remove_account, number, account)]
        for key in KEYS:
            moves += [administering("changeEncryptionKey", member_rules.change_encryption_key, number, key)]
        for role in (*scene.state.rules.roles, ADMINISTRATION, bytes(31) + b"\1"):
            for seat in (member_rules.seat_of(number), accounts[TAKEN], f"0x{1:08x}{number:032x}"):
                moves += [administering("grantRole", member_rules.grant_role, role, seat)]
                moves += [administering("revokeRole", member_rules.revoke_role, role, seat)]
    return moves


@pytest.mark.parametrize("moves", [admissions, changes])
@pytest.mark.parametrize("standing", ["active", "suspended"])
def test_every_change(scene: Scene, moves: Any, standing: str) -> None:
    if standing == "suspended":
        scene.make(0, administering("suspend", member_rules.suspend, 2))
    for move in moves(scene):
        scene.attempt(0, move)


@pytest.mark.parametrize("caller", [1, 2, FREE])
def test_nobody_else_changes_anything(scene: Scene, caller: int) -> None:
    """M2: a member's account, an adviser's, a stranger's."""
    for move in [*admissions(scene), *changes(scene)]:
        scene.attempt(caller, move)


def test_a_number_is_never_used_again(scene: Scene) -> None:
    """M1, M5: not while suspended, not without an account, not without a role."""
    for role in scene.state.rules.roles:
        scene.make(0, administering("revokeRole", member_rules.revoke_role, role, member_rules.seat_of(2)))
    account = scene.system.accounts[TAKEN]
    scene.make(0, administering("removeAccount", member_rules.remove_account, 2, account))
    scene.make(0, administering("suspend", member_rules.suspend, 2))
    for move in admissions(scene):
        scene.attempt(0, move)
    scene.make(0, administering("admit", member_rules.admit, 2, "New", [], account, bytes(32)))
    scene.make(0, administering("addAccount", member_rules.add_account, 3, account))  # an account may change members


@pytest.mark.parametrize(
    ("successor", "delay"),
    [*((who, None) for who in (FREE, 0, 2, NOBODY)), *((FREE, days * DAY) for days in (0, 1, 3, 4, 5, 6))],
)
def test_the_administration_is_handed_over(scene: Scene, successor: Any, delay: int | None) -> None:
    """M6: two steps with the delay between them, to the second; a changed delay takes effect after its own wait."""
    account = scene.system.accounts[successor] if isinstance(successor, int) else successor
    begin = administering("beginDefaultAdminTransfer", hand_over_rules.begin, account)
    if delay is not None:
        scene.make(0, administering("changeDefaultAdminDelay", hand_over_rules.change_delay, delay))
        after = scene.state.administration.next_delay_after
        for moment in sorted({max(scene.time, after + off) for off in (-1, 0, 1)}):
            scene.wait_until(moment)
            for move in (begin, *hand_overs(scene)):
                scene.attempt(0, move)
    for caller in (0, 1, FREE):
        scene.make(caller, begin)
    after = scene.state.administration.next_after
    for moment in sorted({max(scene.time, after + off) for off in (-1, 0, 1)}):
        scene.wait_until(moment)
        for place in (0, 1, 2, FREE):
            for move in (begin, *hand_overs(scene)):
                scene.attempt(place, move)
    if account != NOBODY:
        scene.make(account, administering("acceptDefaultAdminTransfer", hand_over_rules.accept))
        assert scene.state.administration.holder == account
    else:
        renounce(scene, 0, scene.system.accounts[0])
        assert scene.state.administration.holder == NOBODY
    for place in (0, FREE):
        scene.attempt(place, administering("suspend", member_rules.suspend, 2))


def hand_overs(scene: Scene) -> list[Move]:
    return [
        administering("acceptDefaultAdminTransfer", hand_over_rules.accept),
        administering("cancelDefaultAdminTransfer", hand_over_rules.cancel),
        administering("rollbackDefaultAdminDelay", hand_over_rules.roll_back_delay),
        administering("changeDefaultAdminDelay", hand_over_rules.change_delay, DAY),
        *(renouncing(scene.system.accounts[place]) for place in (0, FREE)),
    ]


def renouncing(account: str) -> Move:
    arguments = (ADMINISTRATION, account)
    return Move("Consortium", "renounceRole", arguments, hand_over_rules.renounce, [account])


def renounce(scene: Scene, caller: int, account: str) -> None:
    scene.make(caller, renouncing(account))
