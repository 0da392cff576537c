"""Attacks on break-glass access: nothing opens without a record, and no record opens anything else."""

from dataclasses import replace

import pytest

from jamjar.crypto.sealing import SealBroken, seal
from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import InvalidInput, VerificationFailed

from . import emergency
from .conftest import Scene
from .emergency import Reason, open_package, prepare
from .story import DEPARTMENT, EMERGENCY, grant
from .values import PATIENT, values_of

NO_REASON = "This reason is not on the record for this package"
NO_USE = "No use of this package is on the record since"


def test_two_custodians_open_it_after_the_record(scene: Scene) -> None:
    package = scene.package()
    reason = Reason("Unconscious after a fall.", package.root)
    (event,) = scene.break_glass(reason)
    scene.use()
    desk, key = scene.network.desks[DEPARTMENT], scene.keys[DEPARTMENT]
    for pair in ([0, 1], [0, 2], [1, 2]):
        values, resources = open_package(desk, package, key, [scene.ask(each, reason) for each in pair])
        assert values["allergy.penicillin"] == "high"
        assert resources == {"allergy": scene.record["allergy"]}
    assert event.arguments["account"] == scene.network.accounts[DEPARTMENT]
    assert event.arguments["member"] == DEPARTMENT
    assert scene.custodians[0].reasons[scene.consent, 1].is_of(event)


def test_nothing_is_released_without_both_records(scene: Scene) -> None:
    reason = Reason("Unconscious.", scene.package().root)
    with pytest.raises(VerificationFailed, match=NO_REASON):
        scene.ask(0, reason)
    scene.use()
    with pytest.raises(VerificationFailed, match=NO_REASON):
        scene.ask(0, reason)
    scene.break_glass(reason)
    with pytest.raises(VerificationFailed, match=NO_USE):  # the use came before the record
        scene.ask(0, reason)
    scene.use()
    assert scene.ask(0, reason)


def test_what_may_be_taken_back_releases_nothing(scene: Scene) -> None:
    reason = Reason("Unconscious.", scene.package().root)
    (event,) = scene.break_glass(reason)
    with pytest.raises(VerificationFailed, match=NO_REASON):
        scene.ask(0, reason, last=event.block - 1)
    scene.use()
    with pytest.raises(VerificationFailed, match=NO_USE):
        scene.ask(0, reason, last=event.block)


def test_a_reason_is_not_changed_afterwards(scene: Scene) -> None:
    reason = Reason("Curious.", scene.package().root)
    (event,) = scene.break_glass(reason)
    scene.use()
    for other in (replace(reason, text="Unconscious."), replace(reason, salt=bytes(32))):
        assert not other.is_of(event)
        with pytest.raises(VerificationFailed, match=NO_REASON):
            scene.ask(0, other)


def test_a_reason_is_for_one_consent_one_member_and_one_commitment() -> None:
    reason, consent, other = Reason("Unconscious.", bytes(32)), "0x" + "11" * 20, "0x" + "12" * 20
    digests = {reason.digest(consent, 3), reason.digest(other, 3), reason.digest(consent, 2)}
    assert len(digests | {replace(reason, commitment=b"\1" * 32).digest(consent, 3)}) == 4


def test_a_record_is_not_replayed_for_another_consent(scene: Scene) -> None:
    package = scene.package()
    other = grant(scene.network, scene.patient, DEPARTMENT, EMERGENCY, scene.record)
    second = scene.package(other)
    reason = Reason("Unconscious.", package.root)
    scene.break_glass(reason)
    scene.use()
    scene.use(other)
    for tried in (reason, replace(reason, commitment=second.root)):
        with pytest.raises(VerificationFailed, match=NO_REASON):
            scene.ask(0, tried, consent=other)
    shares = [scene.ask(0, reason), scene.ask(1, reason)]
    with pytest.raises(SealBroken):  # nor what was released under it
        open_package(scene.network.desks[DEPARTMENT], second, scene.keys[DEPARTMENT], shares)


def test_an_old_record_does_not_open_a_newer_package(scene: Scene) -> None:
    reason = Reason("Unconscious.", scene.package().root)
    scene.break_glass(reason)
    scene.use()
    scene.patient.carry(scene.patient.wallet.commit(scene.consent, PATIENT.fill(values_of(scene.record))))
    newer = scene.package()
    scene.use()
    for tried in (reason, replace(reason, commitment=newer.root)):
        with pytest.raises(VerificationFailed, match=NO_REASON):
            scene.ask(0, tried)


def test_a_changed_resource_in_the_package_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    allergy = scene.record["allergy"]
    altered = replace(allergy, content=allergy.content.replace(b'"high"', b'"low"'))
    with pytest.raises(VerificationFailed, match="is not the one that was committed to"):
        scene.package(altered=altered)
    with monkeypatch.context() as careless:
        careless.setattr(emergency, "check_resource", lambda *_: None)
        package = scene.package(altered=altered)
    with pytest.raises(VerificationFailed, match="is not the one that was committed to"):
        scene.opened(package)


@pytest.mark.parametrize("content", [b"", b'{"disclosure": 1}', b'{"disclosure": "{}", "resources": {}}'])
def test_a_package_of_something_else_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    def sealed(plaintext: bytes, key: bytes, info: bytes) -> bytes:
        return seal(content if info.endswith(b"content") else plaintext, key, info)

    with monkeypatch.context() as hostile:
        hostile.setattr(emergency, "seal", sealed)
        package = scene.package()
    with pytest.raises(VerificationFailed, match="The package holds no disclosure with resources"):
        scene.opened(package)


def test_a_package_of_another_set_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    package = scene.package()
    monkeypatch.setattr(emergency, "PATIENT", NamedSet("org.example.other", PATIENT.kinds))
    with pytest.raises(VerificationFailed, match="The package is of another set"):
        scene.opened(package)


def test_the_recipient_is_no_custodian_of_its_own(scene: Scene) -> None:
    shown = scene.patient.disclose(scene.consent, *EMERGENCY)
    for custodians in ([1, 4, DEPARTMENT], [1, 4], [1, 4, 4]):
        with pytest.raises(InvalidInput, match="The custodians are not three members beside the recipient"):
            prepare(scene.network.ledger, shown, {}, custodians)
