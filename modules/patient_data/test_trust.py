"""What custodians can do together, and what nodes can hide: refused where it can be, and shown where it cannot."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from jamjar.crypto.sealing import SealBroken, seal
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.own_contract import ContractEvent, OwnContract

from .conftest import Scene
from .emergency import _PACKAGE, EmergencyPackage, Reason, _combined, open_package, told
from .story import CUSTODIANS, DEPARTMENT


def shares_of(scene: Scene, package: EmergencyPackage, *members: int) -> list[bytes]:
    """The shares of custodians who open them without any record."""
    return [scene.keys[each].open(package.shares[each], _PACKAGE + package.root + b"share") for each in members]


def test_one_share_is_not_enough_and_none_of_a_liar_opens_it(scene: Scene) -> None:
    package, key, desk = scene.package(), scene.keys[DEPARTMENT], scene.network.desks[DEPARTMENT]
    reason = Reason("Unconscious.", package.root)
    scene.break_glass(reason)
    scene.use()
    share, info = scene.ask(0, reason), _PACKAGE + package.root + b"release"
    lies = [seal(lie, key.public_bytes, info) for lie in (b"", b"\1", b"\1" * 64, b"\1" * 65, b"\xff" * 65)]
    for released in ([], [share], [share, share], *([share, lie] for lie in lies)):
        with pytest.raises(SealBroken):
            open_package(desk, package, key, released)


def inner_of(scene: Scene, package: EmergencyPackage) -> bytes:
    """What the first two custodians open together: custodian 0 has the parts 2 and 1, custodian 1 the parts 0 and 2."""
    one, other = shares_of(scene, package, *CUSTODIANS[:2])
    assert one[1:33] == other[33:]
    combined = _combined([one[1:33], one[33:], other[1:33]])
    return combined.open(package.sealed, _PACKAGE + package.root + b"package")


def test_all_custodians_together_see_nothing(scene: Scene) -> None:
    package = scene.package()
    inner = inner_of(scene, package)
    for member in CUSTODIANS:
        with pytest.raises(SealBroken):
            scene.keys[member].open(inner, _PACKAGE + package.root + b"content")


def test_no_contract_stops_two_custodians_and_the_recipient(scene: Scene) -> None:
    """What the page says plainly: together they read it, and nothing is on the record."""
    package = scene.package()
    content = scene.keys[DEPARTMENT].open(inner_of(scene, package), _PACKAGE + package.root + b"content")
    assert json.loads(content)["resources"].keys() == {"allergy"}
    assert told([scene.contract], [scene.consent]) == ()


def test_a_custodian_keeps_its_own_shares_only(scene: Scene) -> None:
    package = scene.package()
    swapped = {1: package.shares[4], 4: package.shares[5]}
    for shares in (swapped, {}):
        with pytest.raises(SealBroken):
            scene.custodians[0].keep(EmergencyPackage(package.consent, package.root, package.sealed, shares))
    with pytest.raises(InvalidInput, match="No package is kept"):
        scene.custodians[0].release("0x" + "11" * 20, Reason("Unconscious.", package.root), 1)


@dataclass(frozen=True)
class HidingNode(OwnContract):
    """A contract read through a node that leaves out the records from a number on, and may lie about their count."""

    first_hidden: int = 1
    counts: bool = True

    def events(self, first: int = 0, last: int | None = None) -> tuple[ContractEvent, ...]:
        return tuple(each for each in super().events(first, last) if each.arguments["number"] != self.first_hidden)

    def read(self, function: str, *arguments: Any) -> Any:
        found = super().read(function, *arguments)
        return found if self.counts else self.first_hidden - 1


@pytest.mark.parametrize(("hidden", "counts"), [(1, True), (2, True), (1, False)])
def test_a_node_that_leaves_out_records_is_found(scene: Scene, hidden: int, counts: bool) -> None:
    package = scene.package()
    for text in ("Unconscious.", "Still unconscious."):
        scene.break_glass(Reason(text, package.root))
    honest = scene.contract
    assert [each.arguments["number"] for each in told([honest, honest], [scene.consent])] == [1, 2]
    node = HidingNode(honest.ledger, honest.address, honest.abi, hidden, counts)
    with pytest.raises(VerificationFailed, match="leaves out records"):
        told([node], [scene.consent])


def test_a_node_that_lies_about_all_is_found_by_another(scene: Scene) -> None:
    scene.break_glass(Reason("Unconscious.", scene.package().root))
    honest = scene.contract
    node = HidingNode(honest.ledger, honest.address, honest.abi, 1, False)
    assert told([node], [scene.consent]) == ()  # one node alone is believed
    with pytest.raises(VerificationFailed, match="do not say the same"):
        told([node, honest], [scene.consent])
    with pytest.raises(VerificationFailed, match="do not say the same"):
        told([], [scene.consent])
