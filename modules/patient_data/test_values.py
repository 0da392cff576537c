"""Values are read from FHIR resources that hold, and a whole resource is the committed one, byte for byte."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from jamjar.errors import InvalidInput, VerificationFailed

from .values import PATIENT, Resource, check_resource, sample, values_of


def changed(name: str, old: bytes, new: bytes) -> Resource:
    resource = sample()[name]
    assert old in resource.content
    return replace(resource, content=resource.content.replace(old, new))


def test_the_sample_is_read() -> None:
    found = values_of(sample())
    assert found.keys() == PATIENT.kinds.keys()
    assert {name: value for name, value in found.items() if not name.startswith("resource.")} == {
        "born": date(1968, 3, 9),
        "allergy.penicillin": "high",
        "medication.anticoagulant": "Warfarin 3 mg tablets",
        "blood_group": "O RhD negative",
        "hba1c": 44,
    }
    PATIENT.fill(found)


def test_the_sample_says_that_it_is_synthetic() -> None:
    assert all(b'"HTEST"' in each.content for each in sample().values())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("allergy", b'"active"', b'"resolved"'),
        ("allergy", b"91936005", b"300913006"),
        ("allergy", b'"criticality": "high"', b'"criticality": "high", "criticality": "low"'),
        ("allergy", b'"criticality": "high"', b'"verificationStatus": {"coding": [{"code": "refuted"}]}'),
        ("medication", b'"recorded"', b'"entered-in-error"'),
        ("medication", b'"MedicationStatement"', b'"MedicationRequest"'),
        ("patient", b"1968-03-09", b"1968-03"),
        ("hba1c", b'"value": 44', b'"value": 44.5'),
        ("hba1c", b'"value": 44', b'"value": true'),
        ("hba1c", b"{", b"["),
        ("blood_group", b'"text": "O RhD negative"', b'"text": null'),
    ],
)
def test_what_does_not_hold_or_is_ambiguous_is_not_read(name: str, old: bytes, new: bytes) -> None:
    with pytest.raises(InvalidInput, match="correct it, or leave it out"):
        values_of({name: changed(name, old, new)})


def test_a_resource_of_another_name_is_none() -> None:
    with pytest.raises(InvalidInput, match="There is no resource 'genome' here"):
        Resource(b"{}").value("genome")


def test_an_altered_resource_is_found() -> None:
    shown = values_of(sample())
    with pytest.raises(VerificationFailed, match="is not the one that was committed to"):
        check_resource(shown, "allergy", changed("allergy", b'"high"', b'"low"'))
    with pytest.raises(VerificationFailed, match="is not the one that was committed to"):
        check_resource({}, "allergy", sample()["allergy"])


def test_a_value_that_its_resource_does_not_have_is_found() -> None:
    record = sample()
    shown = values_of(record) | {"allergy.penicillin": "low"}
    with pytest.raises(VerificationFailed, match="does not say what was shown of it"):
        check_resource(shown, "allergy", record["allergy"])


def test_whoever_has_a_digest_cannot_try_resources() -> None:
    one, other = sample()["allergy"], sample()["allergy"]
    assert one.content == other.content
    assert one.digest != other.digest
    assert sha256(one.content).hexdigest() not in one.digest
