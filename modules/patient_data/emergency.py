"""Break-glass access: a package sealed beforehand, opened by its recipient with the help of two of three custodians.

The key is three random parts combined by exclusive or, and each custodian has two of them: two custodians have all
three, and one alone has nothing (replicated secret sharing; Ito, Saito and Nishizeki, 1987). What the key opens is
sealed to the recipient, so that custodians together see nothing either.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from jamjar.adviser.desk import Desk
from jamjar.consent.named import NamedValue
from jamjar.crypto.sealing import EncryptionKey, SealBroken, seal
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.named_set import values_of
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.own_contract import ContractEvent, OwnContract
from jamjar.protocol.events import ConsentUsed, EncryptionKeyChanged

from .values import PATIENT, Resource, check_resource

CUSTODIANS: Final = 3
_REASON: Final = b"org.example.patient.reason.1\0"
_PACKAGE: Final = b"org.example.patient.package.1\0"
"""What everything is sealed for, with the commitment and the part: as a part of another package it does not open."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a glass is broken to see a commitment, in 1 to 1,000 characters; the salt keeps others from guessing it."""

    text: str = field(repr=False)
    commitment: bytes
    salt: bytes = field(repr=False, default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        if not 0 < len(self.text.strip()) <= 1000 or (len(self.commitment), len(self.salt)) != (32, 32):
            raise InvalidInput("The reason is not 1 to 1,000 characters about a commitment; say why.")

    def digest(self, consent: str, member: int) -> bytes:
        """Return the digest that holds for this consent, member and commitment alone."""
        bound = bytes.fromhex(consent[2:]) + member.to_bytes(4, "big") + self.commitment
        return sha256(_REASON + bound + self.salt + self.text.encode()).digest()

    def is_of(self, record: ContractEvent) -> bool:
        """Return whether this is the reason that was recorded."""
        found = record.arguments
        return found["reason"] == self.digest(str(found["consent"]), int(found["member"]))


def told(contracts: Sequence[OwnContract], consents: Sequence[str]) -> tuple[ContractEvent, ...]:
    """Return the records under these consents, oldest first, compared through several members' nodes.

    Raises VerificationFailed where a node leaves out records that it counts, or two nodes do not say the same.
    """
    answers = [_records(contract, consents) for contract in contracts]
    if not answers or any(each != answers[0] for each in answers):
        raise VerificationFailed("The nodes do not say the same of broken glass; ask again, and then a third node.")
    return answers[0]


def _records(contract: OwnContract, consents: Sequence[str]) -> tuple[ContractEvent, ...]:
    counts = {consent: int(contract.read("countOf", consent)) for consent in consents}
    found = tuple(each for each in contract.events() if each.arguments["consent"] in counts)
    for consent, count in counts.items():
        numbers = [each.arguments["number"] for each in found if each.arguments["consent"] == consent]
        if numbers != list(range(1, len(numbers) + 1)) or len(numbers) < count:
            raise VerificationFailed(f"The node leaves out records under {consent}; ask another member's node.")
    return found


@dataclass(frozen=True, slots=True)
class EmergencyPackage:
    """What each custodian keeps: what was sealed of one commitment under one consent, and everyone's sealed share."""

    consent: str
    root: bytes
    sealed: bytes = field(repr=False)
    shares: Mapping[int, bytes] = field(repr=False)


def key_of(ledger: Ledger, member: int) -> bytes:
    """Return a member's newest public encryption key on the ledger; raises InvalidInput for no member."""
    events = (each for each in ledger.events("EncryptionKeyChanged") if isinstance(each, EncryptionKeyChanged))
    keys = [each.key for each in events if each.member == member]
    if not keys:
        raise InvalidInput(f"There is no member {member}; choose another.")
    return keys[-1]


def prepare(
    ledger: Ledger, shown: Disclosure, resources: Mapping[str, Resource], custodians: Iterable[int]
) -> EmergencyPackage:
    """Seal a disclosure and whole resources to its recipient, and a share to each of three other members.

    Raises InvalidInput for other custodians, as with the recipient among them one helper would be enough, and
    VerificationFailed for a resource that is not the committed one.
    """
    chosen, recipient = sorted(set(custodians)), shown.terms.recipient
    if len(chosen) != CUSTODIANS or recipient in chosen:
        raise InvalidInput("The custodians are not three members beside the recipient; choose three.")
    for name, resource in resources.items():
        check_resource(values_of(shown), name, resource)
    parts = [secrets.token_bytes(32) for _ in chosen]
    written = {name: [each.salt.hex(), each.content.decode()] for name, each in resources.items()}
    content = json.dumps({"disclosure": shown.to_json().decode(), "resources": written}).encode()
    inner = seal(content, key_of(ledger, recipient), _PACKAGE + shown.root + b"content")
    outer = seal(inner, _combined(parts).public_bytes, _PACKAGE + shown.root + b"package")
    shares = {
        member: seal(bytes([i]) + parts[i - 1] + parts[i - 2], key_of(ledger, member), _PACKAGE + shown.root + b"share")
        for i, member in enumerate(chosen)
    }
    return EmergencyPackage(shown.consent, shown.root, outer, shares)


class Custodian:
    """Keeps shares, and releases one only for what its own node has on the record; patients ask for `reasons`."""

    def __init__(self, contract: OwnContract, member: int, key: EncryptionKey) -> None:
        self._contract, self._member, self._key = contract, member, key
        self._kept = dict[str, tuple[EmergencyPackage, bytes]]()
        self.reasons = dict[tuple[str, int], Reason]()

    def keep(self, package: EmergencyPackage) -> None:
        """Keep a package in place of one before it; raises SealBroken unless a share in it is this custodian's."""
        share = self._key.open(package.shares.get(self._member, b""), _PACKAGE + package.root + b"share")
        self._kept[package.consent] = package, share

    def release(self, consent: str, reason: Reason, last: int) -> bytes:
        """Return this custodian's share, sealed to the consent's recipient.

        last  the newest final block: what was recorded later may still be taken back

        Raises VerificationFailed unless the consent is live, the reason is on the record for this package, and so is
        a use of it since; InvalidInput where no package is kept.
        """
        if consent not in self._kept:
            raise InvalidInput("No package is kept under this consent; nothing can be released.")
        (package, share), ledger = self._kept[consent], self._contract.ledger
        if not ledger.is_live(consent):
            raise VerificationFailed("The consent is not live, as when it was withdrawn; nothing is released.")
        records = (each for each in told([self._contract], [consent]) if each.block <= last and reason.is_of(each))
        if (record := next(records, None)) is None or reason.commitment != package.root:
            raise VerificationFailed("This reason is not on the record for this package; record it, and ask again.")
        uses = (each for each in ledger.events("ConsentUsed", consent) if isinstance(each, ConsentUsed))
        if not any(each.commitment == package.root and record.block <= each.origin.block <= last for each in uses):
            raise VerificationFailed("No use of this package is on the record since; record one, and ask again.")
        self.reasons[consent, int(record.arguments["number"])] = reason
        return seal(share, key_of(ledger, ledger.consent(consent).recipient), _PACKAGE + package.root + b"release")


def open_package(
    desk: Desk, package: EmergencyPackage, key: EncryptionKey, released: Iterable[bytes]
) -> tuple[Mapping[str, NamedValue], Mapping[str, Resource]]:
    """Return the values and the whole resources, verified against the ledger, with what two custodians released.

    Raises SealBroken for fewer or other shares, VerificationFailed for what does not hold: rely on none of it.
    """
    parts = dict[int, bytes]()
    for each in released:
        share = key.open(each, _PACKAGE + package.root + b"release")
        index = int.from_bytes(share[:1], "big")
        parts |= {(index - 1) % CUSTODIANS: share[1:33], (index - 2) % CUSTODIANS: share[33:65]}
    if [len(part) for part in parts.values()] != [32] * CUSTODIANS:
        raise SealBroken("The shares are not those of two custodians; ask another one.")
    inner = _combined(parts.values()).open(package.sealed, _PACKAGE + package.root + b"package")
    try:
        content = json.loads(key.open(inner, _PACKAGE + package.root + b"content"))
        shown = Disclosure.from_json(content["disclosure"])
        found = {
            name: Resource(text.encode(), bytes.fromhex(salt)) for name, (salt, text) in content["resources"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise VerificationFailed(
            "The package holds no disclosure with resources; ask the patient for another."
        ) from None
    if shown.terms.set_id != PATIENT.identifier:
        raise VerificationFailed("The package is of another set than a patient's; do not rely on it.")
    values = desk.verify_set(shown)
    for name, resource in found.items():
        check_resource(values, name, resource)
    return values, found


def _combined(parts: Iterable[bytes]) -> EncryptionKey:
    number = 0
    for part in parts:
        number ^= int.from_bytes(part, "big")
    return EncryptionKey(number.to_bytes(32, "big"))
