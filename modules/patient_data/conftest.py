"""A consent to an emergency department, its package with three custodians, and who has which key."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from jamjar.consent.named import NamedValue
from jamjar.crypto.sealing import EncryptionKey
from jamjar.ledger.own_contract import ContractEvent, OwnContract
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.network import SampleNetwork

from .emergency import Custodian, EmergencyPackage, Reason, open_package, prepare
from .story import CUSTODIANS, DEPARTMENT, EMERGENCY, begin, grant
from .values import Resource, sample


@dataclass
class Scene:
    """The consent and all that there is for an emergency."""

    network: SampleNetwork
    patient: Claimant
    contract: OwnContract
    keys: dict[int, EncryptionKey]
    record: dict[str, Resource]
    consent: str
    custodians: list[Custodian]

    def package(self, consent: str = "", altered: Resource | None = None) -> EmergencyPackage:
        """Seal what is committed now, and have the custodians keep it."""
        shown = self.patient.disclose(consent or self.consent, *EMERGENCY)
        resources = {"allergy": altered or self.record["allergy"]}
        made = prepare(self.network.ledger, shown, resources, CUSTODIANS)
        for each in self.custodians:
            each.keep(made)
        return made

    def break_glass(self, reason: Reason, consent: str = "", member: int = DEPARTMENT) -> tuple[ContractEvent, ...]:
        """Record a reason from a member's account."""
        digest = reason.digest(consent or self.consent, DEPARTMENT)
        return self.contract.send(self.network.key(member), "breakGlass", consent or self.consent, digest)

    def use(self, consent: str = "") -> None:
        """Record a use of the newest commitment, as the department."""
        self.network.desks[DEPARTMENT].use(consent or self.consent)

    def ask(self, number: int, reason: Reason, consent: str = "", last: int | None = None) -> bytes:
        """Ask a custodian for its share."""
        final = self.network.final().block if last is None else last
        return self.custodians[number].release(consent or self.consent, reason, final)

    def opened(self, package: EmergencyPackage) -> Mapping[str, NamedValue]:
        """Record everything, ask two custodians, and open the package."""
        reason = Reason("Unconscious.", package.root)
        self.break_glass(reason)
        self.use()
        shares = [self.ask(each, reason) for each in (0, 1)]
        return open_package(self.network.desks[DEPARTMENT], package, self.keys[DEPARTMENT], shares)[0]


@pytest.fixture
def scene(consortium: SampleNetwork, claimant: Claimant) -> Scene:
    """Return the scene, in which the consent has begun and custodians keep nothing yet."""
    contract, keys = begin(consortium)
    record = sample()
    consent = grant(consortium, claimant, DEPARTMENT, EMERGENCY, record)
    custodians = [Custodian(contract, member, keys[member]) for member in CUSTODIANS]
    return Scene(consortium, claimant, contract, keys, record, consent, custodians)
