"""What a grant or reconfirmation may ask for, each bound a second before, at it and a second after.

L1, L10: within the limits, and each refusal names what was asked and what may be.
"""

from typing import Any

import pytest

from jamjar.model.state import NOTHING, DeploymentRules
from jamjar.protocol.typed_data import Reconfirm
from tests.differential.moves import Move, carrying
from tests.differential.scene import ENDS, OPERATOR, STARTS, Scene

AROUND = (-1, 0, 1)


def grants(now: int, rules: DeploymentRules) -> list[dict[str, Any]]:
    """The fields in which a grant differs from the usual one."""
    longest, latest = now + rules.longest_reconfirmation, now + rules.longest_validity
    start, end = now + STARTS, now + ENDS
    changed: list[dict[str, Any]] = [{"valid_from": now + off} for off in AROUND]
    changed += [{"valid_from": end + off} for off in AROUND]
    changed += [{"valid_until": latest + off} for off in AROUND]
    changed += [{"valid_from": now + off, "reconfirm_by": now + 1} for off in AROUND]
    changed += [{"reconfirm_by": by + off} for by in (now, start, end) for off in (*AROUND, 2)]
    changed += [{"valid_until": latest, "reconfirm_by": longest + off} for off in AROUND]
    changed += [{"valid_from": start, "valid_until": start + 1, "reconfirm_by": start + off} for off in (0, 1, 2)]
    changed += [{"valid_from": longest + off, "valid_until": latest, "reconfirm_by": longest} for off in (-1, 0)]
    changed += [{"max_uses": uses} for uses in (0, 1, rules.most_uses, rules.most_uses + 1, 2**16 - 1)]
    changed += [{"terms_digest": NOTHING}, {"valid_until": 2**40 - 1}, {"valid_from": 0}]
    changed += [{"recipient": number} for number in (0, 1, 2, 3, 4, 18, 99)]
    # several at once: the first in the order of the interface is the one that is told
    changed += [{"recipient": 99, "valid_from": 0}, {"valid_from": 0, "reconfirm_by": 0}]
    changed += [{"reconfirm_by": 0, "max_uses": 0}, {"max_uses": 0, "terms_digest": NOTHING}]
    return changed


@pytest.mark.parametrize("flaw", ["", "another key"])
def test_grants(scene: Scene, flaw: str) -> None:
    scene.key = scene.new_key()
    for changes in grants(scene.time, scene.state.rules):
        scene.attempt(OPERATOR, carried(scene, changes, flaw))


def carried(scene: Scene, changes: dict[str, Any], flaw: str) -> Move:
    return carrying(scene.paper(scene.grant(**changes), flaw))


@pytest.mark.parametrize("later", [0, STARTS - 1, STARTS, STARTS + 1, ENDS - 1, ENDS])
@pytest.mark.parametrize("length", ["short", "long"])
def test_reconfirmations(scene: Scene, later: int, length: str) -> None:
    rules, begun = scene.state.rules, scene.time
    scene.key = scene.new_key()
    ends = begun + (ENDS if length == "short" else rules.longest_validity)
    scene.make(OPERATOR, scene.signed(scene.grant(valid_until=ends)))
    scene.wait_until(begun + later)
    stored, now = scene.state.consent(scene.key.address), scene.time
    bounds = (now, stored.valid_from, stored.valid_until, now + rules.longest_reconfirmation)
    for moment in sorted({bound + off for bound in bounds for off in (*AROUND, 2)}):
        for sequence in (0, 1):
            scene.attempt(OPERATOR, scene.signed(Reconfirm(scene.key.address, sequence, moment)))


@pytest.mark.parametrize("sequences", [(0, 1, 2, 3), (0, 0), (1,), (0, 2), (0, 1, 0)])
def test_sequences(scene: Scene, sequences: tuple[int, ...]) -> None:
    """L9: whatever is named but the next is refused, and each that is taken raises it by one."""
    c, expected = scene.key.address, 0
    for sequence in sequences:
        scene.make(OPERATOR, scene.signed(Reconfirm(c, sequence, scene.time + ENDS - STARTS)))
        expected += sequence == expected
        assert scene.system.view("ConsentRegistry", "getConsent", c)[4] == expected
