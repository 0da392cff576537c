"""What a patient commits to: values read from FHIR R5 resources, and a salted digest of each whole resource.

A resource is the exact bytes of a JSON file, so that nobody has to agree on how to write JSON. The resources in
`sample/` are synthetic, and say so (HTEST, "test health data").
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jamjar.consent.named import NamedValue, ValueKind
from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import InvalidInput, VerificationFailed

_TAG: Final = b"org.example.patient.resource.1\0"
_OVER: Final = ("entered-in-error", "refuted", "inactive", "resolved")
_READ: Final[Mapping[str, tuple[str, ValueKind, str, str, str]]] = {
    "patient": ("born", ValueKind.DATE, "Patient", "", "birthDate"),
    "allergy": ("allergy.penicillin", ValueKind.TEXT, "AllergyIntolerance", "91936005", "criticality"),
    "medication": ("medication.anticoagulant", ValueKind.TEXT, "MedicationStatement", "", "medication.concept.text"),
    "blood_group": ("blood_group", ValueKind.TEXT, "Observation", "882-1", "valueCodeableConcept.text"),
    "hba1c": ("hba1c", ValueKind.NUMBER, "Observation", "59261-8", "valueQuantity.value"),
}
"""By a resource's name here: the value read from it, its kind, the type, the SNOMED CT or LOINC code, the element."""

PATIENT: Final = NamedSet(
    "org.example.patient",
    {of: kind for of, kind, *_ in _READ.values()} | {f"resource.{name}": ValueKind.TEXT for name in _READ},
)
"""`hba1c` is in mmol/mol, an allergy is its criticality, and each `resource.` is a digest as `Resource` has it."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource's exact bytes, and the 32 random bytes that keep others from guessing it by its digest."""

    content: bytes = field(repr=False)
    salt: bytes = field(repr=False, default_factory=lambda: secrets.token_bytes(32))

    @property
    def digest(self) -> str:
        """What is committed to: SHA-256 of a tag, the salt and the bytes."""
        return "sha256:" + sha256(_TAG + self.salt + self.content).hexdigest()

    def value(self, name: str) -> tuple[str, NamedValue]:
        """Return the name and the value that is read from this resource; raises InvalidInput, which repeats nothing."""
        if name not in _READ:
            raise InvalidInput(f"There is no resource {name!r} here; choose one of {', '.join(_READ)}.")
        of, kind, resource_type, code, element = _READ[name]
        try:
            found: Any = json.loads(self.content.decode(), object_pairs_hook=_once)
            _check_usable(found, resource_type, code)
            for step in element.split("."):
                found = found[step]
            if type(found) is not (int if kind is ValueKind.NUMBER else str):
                raise ValueError
            value: NamedValue = date.fromisoformat(str(found)) if kind is ValueKind.DATE else found
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            raise InvalidInput(
                f"The resource {name!r} is no {resource_type} with a valid {element}; correct it, or leave it out."
            ) from None
        return of, value


def values_of(record: Mapping[str, Resource]) -> dict[str, NamedValue]:
    """Return what is committed to of a record, whose resources have their names here; raises InvalidInput."""
    digests = {f"resource.{name}": each.digest for name, each in record.items()}
    return dict(each.value(name) for name, each in record.items()) | digests


def check_resource(shown: Mapping[str, NamedValue], name: str, resource: Resource) -> None:
    """Raise VerificationFailed unless a whole resource is the committed one, and says what was shown of it."""
    if shown.get(f"resource.{name}") != resource.digest:
        raise VerificationFailed(f"The resource {name!r} is not the one that was committed to; do not rely on it.")
    of, value = resource.value(name)
    if shown.get(of, value) != value:
        raise VerificationFailed(f"The resource {name!r} does not say what was shown of it; do not rely on either.")


def sample() -> dict[str, Resource]:
    """Return the synthetic record of a patient who does not exist."""
    return {name: Resource((Path(__file__).with_name("sample") / f"{name}.json").read_bytes()) for name in _READ}


def _check_usable(found: Any, resource_type: str, code: str) -> None:
    """Raise ValueError for another resource, and for one that was entered in error or no longer holds."""
    status = json.dumps([found.get(name) for name in ("status", "verificationStatus", "clinicalStatus")])
    codes = [each["code"] for each in found["code"]["coding"]] if code else [""]
    if found["resourceType"] != resource_type or code not in codes or any(each in status for each in _OVER):
        raise ValueError


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(found := dict(pairs)) != len(pairs):
        raise ValueError
    return found
