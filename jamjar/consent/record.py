"""Consent records and receipts: JSON-LD after ISO/IEC TS 27560:2023 in terms of W3C's DPV 2.

The fields are those that the community group's guide for DPV and ISO/IEC TS 27560 calls mandatory (table "ISO
27560:2023, EU GDPR, and DPV"). The @context is in the document: reading it needs no network. A person is identified by
the consent, which is a key's address, as a did:pkh; a member by its number and the Consortium's address.

Warning: neither contains the salt of the terms, nor any figure. The salt is a parameter only to check that these terms
were granted. It is left out even of the claimant's receipt: receipts are shown and copied, and a copy with the salt
would still prove the terms after the claimant erased them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Final

from jamjar.consent.history import Step, history
from jamjar.consent.labels import LABELS
from jamjar.consent.named import NamedItem
from jamjar.consent.parties import Controller, Registries
from jamjar.consent.terms import Storage, Terms
from jamjar.consent.whole_scope import Item
from jamjar.consent.words import words
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.events import Event

VERSION: Final = "jamjar.consent-record.1"
SET_VERSION: Final = "jamjar.consent-record.2"
"""The version of records of consents about a set of named values; others have the first."""
CONTEXT: Final[Mapping[str, Any]] = {
    "dpv": "https://w3id.org/dpv#",
    "dpv-27560": "https://w3id.org/dpv/schema/dpv-27560#",
    "loc": "https://w3id.org/dpv/loc#",
    "pd": "https://w3id.org/dpv/pd#",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "jamjar": "urn:uuid:0d3c8a52-6f1e-4b57-9a3e-27560aa17b1e#",
    **{name: {"@type": "xsd:dateTime"} for name in ("dct:created", "dct:date")},
    "dpv:hasDuration": {"@type": "xsd:duration"},
    "jamjar:words": {"@container": "@list"},
    **{name: {"@type": "xsd:date"} for name in ("dcat:startDate", "dcat:endDate")},
    **{
        name: {"@type": "@id"}
        for name in (
            "dct:conformsTo", "dpv:hasConsentStatus", "dpv:hasJurisdiction", "dpv:hasLegalBasis", "dpv:hasLocation",
            "dpv:hasProcessing", "dpv:hasPurpose", "dpv:hasRecipient", "dpv:isImplementedByEntity", "jamjar:carrier",
            "jamjar:contract",
        )
    },
}  # fmt: skip
_BASIS: Final = "dpv:ExplicitlyExpressedConsent"
_WITHDRAWAL: Final = (
    "Sign a withdrawal with the consent's key, or hand in one signed in advance; anyone can carry it to the ledger. "
    "No reason is needed, nobody can refuse it, and it ends the consent for ever."
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def record(
    registries: Registries, controller: Controller, consent: str, *, terms: Terms, salt: bytes,
    events: Sequence[Event], times: Mapping[int, int], now: int,
) -> dict[str, Any]:  # fmt: skip
    """Return the record of a granted consent as of `now`; arguments as for `history.history`.

    Raises InvalidInput for events that are not this consent's history, and for terms that are not those granted.
    """
    consent = checksum_address(parse_address(consent))
    life = history(registries.consents, consent, events, times, now)
    if life.granted.terms_digest != terms.digest(salt) or life.granted.recipient != terms.recipient:
        raise InvalidInput("These terms are not what was granted; find those whose digest the grant has.")
    who = registries.account(consent)
    steps = [_step(registries, consent, step) for step in life.steps]
    return {
        **_head(registries, controller, terms, who, now=now, status=life.dpv),
        "jamjar:status": life.status.name,
        "jamjar:uses": life.uses,
        "jamjar:maxUses": life.granted.max_uses,
        "jamjar:termsDigest": "0x" + life.granted.terms_digest.hex(),
        "dct:hasPart": steps,
    }


def refusal(registries: Registries, controller: Controller, name: str, *, terms: Terms, now: int) -> dict[str, Any]:
    """Return the record of a consent that was refused: for the vault only, as no part of it is on a ledger.

    `name` is a random UUID in its usual form, generated for this refusal: it identifies the person, and is unguessable.
    Raises InvalidInput for another name.
    """
    if not isinstance(name, str) or not _UUID.fullmatch(name):
        raise InvalidInput("The name of a refusal is not a random UUID in lower case; generate one.")
    who = f"urn:uuid:{name}"
    step = _act("Refused", who, now, "dpv:ConsentRefused", (now, now))
    head = _head(registries, controller, terms, who, now=now, status="dpv:ConsentRefused")
    return {**head, "jamjar:status": "REFUSED", "dct:hasPart": [step]}


def receipt(of: Mapping[str, Any]) -> dict[str, Any]:
    """Return the receipt of a record: a copy of it, and its content in sentences for the person."""
    name = of["@id"].removesuffix("#record") + "#receipt-" + of["dct:created"]
    return {
        "@context": of["@context"],
        "@id": name,
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": name,
        "dct:conformsTo": "dpv-27560:receipt",
        "dct:hasVersion": of["dct:hasVersion"],
        "dct:created": of["dct:created"],
        "dpv:hasConsentStatus": of["dpv:hasConsentStatus"],
        "jamjar:words": list(words(of)),
        "dct:source": {key: value for key, value in of.items() if key != "@context"},
    }


def to_json(of: Mapping[str, Any]) -> str:
    """Return a record or receipt as canonical JSON: the same text for the same values."""
    return strict_json.dumps(of)


def _head(
    registries: Registries, controller: Controller, terms: Terms, who: str, *, now: int, status: str
) -> dict[str, Any]:
    name, party = f"{who}#record", registries.member(terms.recipient)
    processing = ["dpv:Consult", "dpv:Store"] if terms.storage is Storage.STORE else ["dpv:Consult"]
    return {
        "@context": CONTEXT,
        "@id": name,
        "@type": "dpv:ConsentRecord",
        "dct:identifier": name,
        "dct:conformsTo": "dpv-27560:record",
        "dct:hasVersion": SET_VERSION if terms.set_id else VERSION,
        "dct:created": _instant(now),
        "dct:language": terms.language,
        "dpv:hasConsentStatus": status,
        "dpv:hasDataSubject": {"@id": who, "@type": "dpv:DataSubject", "dct:identifier": who},
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:description": terms.notice,
            "dct:language": terms.language,
        },
        "dpv:hasPurpose": terms.purpose,
        "dpv:hasLegalBasis": _BASIS,
        "dpv:hasProcessing": processing,
        "dpv:hasPersonalData": [_data(item) for item in sorted(terms.scope, key=lambda s: (s.jar, s.what.value))],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": terms.data_from.isoformat(),
            "dcat:endDate": terms.data_until.isoformat(),
        },
        "dpv:hasDataController": {
            "@id": party,
            "@type": "dpv:DataController",
            "dct:identifier": party,
            "dpv:hasName": terms.recipient_name,
            "dpv:hasAddress": controller.address,
            "dpv:hasContact": controller.contact,
        },
        "dpv:hasRecipient": party,
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageCondition",
            "dpv:hasDuration": f"P{terms.retention_days}D",
            "dpv:hasLocation": f"loc:{controller.country}",
        },
        "dpv:hasJurisdiction": f"loc:{controller.country}",
        "dpv:hasConsentControl": {"@type": "dpv:WithdrawConsent", "dct:description": _WITHDRAWAL},
    }


def _data(item: Item) -> dict[str, Any]:
    if isinstance(item, NamedItem):
        return {
            "@type": ["dpv:PersonalData"],
            "dct:identifier": item.jar,
            "dct:title": item.name,
            "jamjar:kind": item.kind.value,
            "jamjar:detail": item.what.value,
        }
    return {
        "@type": ["dpv:PersonalData", "pd:Financial"],
        "dct:identifier": item.jar,
        "dct:title": LABELS[item.jar],
        "jamjar:detail": item.what.value,
    }


def _act(kind: str, who: str, time: int, status: str, valid: tuple[int, int]) -> dict[str, Any]:
    return {
        "@type": f"jamjar:{kind}",
        "dct:date": _instant(time),
        "dct:valid": f"{_instant(valid[0])}/{_instant(valid[1])}",
        "dpv:isImplementedByEntity": who,
        "dpv:hasLegalBasis": _BASIS,
        "dpv:hasConsentStatus": status,
    }


def _step(registries: Registries, consent: str, step: Step) -> dict[str, Any]:
    who = registries.account(consent) if step.by is None else registries.member(step.by)
    act = _act(step.kind, who, step.time, step.dpv, step.valid)
    if step.origin is None or step.carrier is None:
        return act
    place = {
        "jamjar:chain": f"eip155:{registries.chain_id}",
        "jamjar:contract": registries.account(step.origin.contract),
        "jamjar:block": step.origin.block,
        "jamjar:transaction": step.origin.transaction,
        "jamjar:logIndex": step.origin.index,
    }
    return {**act, "jamjar:carrier": registries.account(step.carrier), "jamjar:ledger": place}


def _instant(seconds: int) -> str:
    """Return Unix seconds as an xsd:dateTime in UTC."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
