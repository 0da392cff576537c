"""Attacks on the record: only the recipient of a live consent records anything, and only with a reason."""

import pytest

from jamjar.errors import InvalidInput, Rejected, VerificationFailed

from .conftest import Scene
from .emergency import Reason
from .story import CLINIC, DEPARTMENT


@pytest.mark.parametrize("member", [0, 1, CLINIC, 9])
def test_nobody_records_for_another(scene: Scene, member: int) -> None:
    reason = Reason("Curious.", scene.package().root)
    with pytest.raises(Rejected) as refused:
        scene.break_glass(reason, member=member)
    assert refused.value.name == "AccountNotOfRecipient"


def test_a_record_has_a_reason(scene: Scene) -> None:
    with pytest.raises(Rejected) as refused:
        scene.contract.send(scene.network.key(DEPARTMENT), "breakGlass", scene.consent, bytes(32))
    assert refused.value.name == "ReasonMissing"
    for text in ("", "  ", "x" * 1001):
        with pytest.raises(InvalidInput, match="say why"):
            Reason(text, bytes(32))


def test_a_suspended_department_records_and_gets_nothing(scene: Scene) -> None:
    reason = Reason("Unconscious.", scene.package().root)
    scene.break_glass(reason)
    scene.use()
    stolen = 1
    scene.network.ledger.send(scene.network.key(4), "Consortium", "suspend", DEPARTMENT, stolen)
    with pytest.raises(Rejected) as refused:
        scene.break_glass(reason)
    assert refused.value.name == "ConsentNotLive"
    with pytest.raises(VerificationFailed, match="nothing is released"):
        scene.ask(0, reason)


def test_withdrawal_ends_it_also_for_a_record_that_is_there(scene: Scene) -> None:
    reason = Reason("Unconscious.", scene.package().root)
    scene.break_glass(reason)
    scene.use()
    scene.patient.withdraw(scene.consent)
    with pytest.raises(Rejected) as refused:
        scene.break_glass(reason)
    assert refused.value.name == "ConsentNotLive"
    with pytest.raises(VerificationFailed, match="nothing is released"):
        scene.ask(0, reason)
