"""The story of a patient: a look at the clinic, an emergency, and what the patient is told."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.errors import VerificationFailed
from jamjar.ledger.own_contract import OwnContract
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.network import SampleNetwork

from .emergency import Custodian, Reason, open_package, prepare, told
from .values import PATIENT, Resource, check_resource, sample, values_of

CLINIC, DEPARTMENT, CUSTODIANS = 2, 3, (1, 4, 5)
EMERGENCY: Final = ("allergy.penicillin", "medication.anticoagulant", "blood_group", "resource.allergy")
NOTICE: Final = (
    "They may see what is listed here, and in an emergency you are told of it, and of the reason, afterwards."
)


def begin(network: SampleNetwork) -> tuple[OwnContract, dict[int, EncryptionKey]]:
    """Deploy the contract, and have the department and the custodians put new encryption keys on the ledger."""
    keys = {each: EncryptionKey.generate(secrets.token_bytes) for each in (DEPARTMENT, *CUSTODIANS)}
    for member, key in keys.items():
        network.member(member).change_encryption_key(key.public_bytes)
    artefact = json.loads(Path(__file__).with_name("BreakGlass.json").read_text(encoding="utf-8"))
    registry = network.deployment.consent_registry.address
    return OwnContract.deploy(network.ledger, network.key(1), artefact, registry), keys


def grant(
    network: SampleNetwork, patient: Claimant, member: int, shown: Sequence[str], record: Mapping[str, Resource]
) -> str:
    """Let a member look at some values, and commit to all of a record; the consent has begun then."""
    days = date(1900, 1, 1), date(2026, 11, 29)
    consent = patient.grant(member, scope=PATIENT.scope(shown), notice=NOTICE, about=days)
    network.wait()
    patient.commit(consent, PATIENT.fill(values_of(record)))
    return consent


def play(network: SampleNetwork, narrator: Narrator) -> None:
    """Play it; Town Debt Advice is the clinic here, and Harbour Housing Advice the emergency department."""
    (contract, keys), patient, record = begin(network), network.claimant(), sample()
    narrator.chapter("A clinic looks at a synthetic record")
    consent = grant(network, patient, CLINIC, ("hba1c", "resource.hba1c"), record)
    clinic, shown = network.desks[CLINIC], patient.disclose(consent, "hba1c", "resource.hba1c")
    narrator.refused("The clinic looks without a record", lambda: clinic.verify_set(shown), VerificationFailed)
    clinic.use(consent)
    values = clinic.verify_set(shown)
    narrator.check(f"With one, it sees {values['hba1c']} mmol/mol, and no allergy or name", len(values) == 2)
    committed = values["resource.hba1c"] == record["hba1c"].digest
    narrator.check("The whole observation is the committed one, byte for byte", committed)
    altered = replace(record["hba1c"], content=record["hba1c"].content.replace(b"44", b"41"))
    narrator.refused("An altered one", lambda: check_resource(values, "hba1c", altered), VerificationFailed)

    narrator.chapter("An emergency")
    consent, desk = grant(network, patient, DEPARTMENT, EMERGENCY, record), network.desks[DEPARTMENT]
    package = prepare(network.ledger, patient.disclose(consent, *EMERGENCY), {"allergy": record["allergy"]}, CUSTODIANS)
    custodians = [Custodian(contract, each, keys[each]) for each in CUSTODIANS]
    for each in custodians:
        each.keep(package)
    reason = Reason("Unconscious, bleeding, on an anticoagulant?", package.root)

    def ask(number: int, why: Reason = reason) -> bytes:
        return custodians[number].release(consent, why, network.final().block)

    def record_it(member: int) -> object:
        return contract.send(network.key(member), "breakGlass", consent, reason.digest(consent, DEPARTMENT))

    narrator.refused("A custodian is asked before anything is recorded", lambda: ask(0), VerificationFailed)
    narrator.refused("The clinic breaks the glass of another's consent", lambda: record_it(2), "AccountNotOfRecipient")
    narrator.check("The department records that it does, and a digest of why", bool(record_it(DEPARTMENT)))
    narrator.refused("A custodian is asked before the use is recorded", lambda: ask(0), VerificationFailed)
    desk.use(consent)
    made_up = replace(reason, text="Research")
    narrator.refused("A custodian is told another reason", lambda: ask(0, made_up), VerificationFailed)
    first, key = ask(0), keys[DEPARTMENT]
    narrator.refused("One share opens it", lambda: open_package(desk, package, key, [first]), SealBroken)
    values, _ = open_package(desk, package, key, [first, ask(2)])
    narrator.check(f"Two do: penicillin {values['allergy.penicillin']}, {values['blood_group']}", len(values) == 4)

    narrator.chapter("The patient is told")
    (found,) = told([contract, contract], patient.wallet.consents())
    by, given = found.arguments["account"], custodians[2].reasons[consent, 1]
    narrator.check("The wallet finds the record, with the member and the account", by == network.accounts[DEPARTMENT])
    narrator.check("A custodian hands over the reason, which is the recorded one", given.is_of(found))
    patient.withdraw(consent)
    narrator.refused("After withdrawal, the glass is broken", lambda: record_it(DEPARTMENT), "ConsentNotLive")
    narrator.refused("A custodian is asked on the old record", lambda: ask(1), VerificationFailed)
    narrator.left_out("What was seen stays seen, and two custodians and the department together need no record.")
