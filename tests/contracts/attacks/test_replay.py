"""A signature is good for one message, consent, kind, contract and chain; everywhere else it is worthless.

When a signed message is carried, of each of the seven kinds
├── given it was signed for another chain            it reverts with NotSignedByConsent
├── given it was signed for another contract of ours it reverts with NotSignedByConsent
├── given it was signed for another deployment       it reverts with NotSignedByConsent
├── given it was signed about another consent        it reverts with NotSignedByConsent
├── given it was signed by another consent's key     it reverts with NotSignedByConsent
├── given it was signed as another kind of message   it reverts with NotSignedByConsent
└── given none of these                              it is recorded (the end of each test)
"""

import pytest

from jamjar.protocol.typed_data import MESSAGES, Domain


@pytest.fixture
def only_its_own(attack, refused):
    """The false signatures are refused and change nothing, the key's own is good."""

    def check(key, message, *false):
        before = attack.record_of(key.address)
        for signature in false:
            with refused("NotSignedByConsent", key.address):
                attack.carry(message, signature)
        assert attack.record_of(key.address) == before
        attack.carry(message, attack.sign(key, message))
        assert attack.record_of(key.address) != before

    return check


def test_another_chain(kind, attack, claimants, only_its_own):
    """P2: what a claimant signed for one ledger is no consent on another."""
    key, message = attack.ready(kind)
    here = claimants.domain(message)
    chains = (here.chain_id + 1, 1, 2**256 - 1)
    only_its_own(key, message, *(attack.sign(key, message, Domain(chain, here.contract)) for chain in chains))


def test_another_contract(kind, attack, system, claimants, only_its_own):
    """P2: what a claimant signed for one of the contracts is nothing to the others."""
    key, message = attack.ready(kind)
    here = claimants.domain(message)
    others = {system.consortium, system.consents, system.commitments, system.advice} - {attack.call(message)._address}
    domains = [Domain(here.chain_id, c.address) for c in others if c.address != here.contract]
    assert len(domains) == 3
    only_its_own(key, message, *(attack.sign(key, message, domain) for domain in domains))


def test_another_name_or_version(kind, attack, claimants, only_its_own):
    """P2: what a claimant signed for another application is nothing to this one."""
    key, message = attack.ready(kind)
    here = claimants.domain(message)
    domains = (
        Domain(here.chain_id, here.contract, name="Jar"),
        Domain(here.chain_id, here.contract, version="2"),
    )
    only_its_own(key, message, *(attack.sign(key, message, domain) for domain in domains))


def test_another_deployment(kind, attack, elsewhere, refused):
    """P2: a consent key used with two deployments by mistake gives neither power in the other."""
    key, message = attack.ready(kind)
    there = elsewhere.ready(kind, key)[1]
    with refused("NotSignedByConsent", key.address):
        elsewhere.carry(there, attack.sign(key, there))
    with refused("NotSignedByConsent", key.address):
        attack.carry(message, elsewhere.sign(key, message))
    before = elsewhere.record_of(key.address)
    attack.carry(message, attack.sign(key, message))
    assert elsewhere.record_of(key.address) == before
    elsewhere.carry(there, elsewhere.sign(key, there))


def test_about_another_consent(kind, attack, only_its_own):
    """P2: what a claimant signed about one consent says nothing about another."""
    other_key, other = attack.ready(kind)
    key, message = attack.ready(kind)
    only_its_own(key, message, attack.sign(other_key, other), attack.sign(key, other))


def test_by_another_key(kind, attack, only_its_own):
    """P2: no key speaks for a consent but its own."""
    key, message = attack.ready(kind)
    only_its_own(key, message, attack.sign(attack.claimants.key(), message))


def test_as_another_kind(kind, attack, claimants, only_its_own):
    """P2: who signed to pause did not sign to resume, and so on for all seven."""
    key, message = attack.ready(kind)
    here = claimants.domain(message)
    others = [attack.message(other, key) for other in MESSAGES if other is not kind]
    others += [type(other)(key.address, message.sequence) for other in others if _same_fields(other, message)]
    only_its_own(key, message, *(attack.sign(key, other, here) for other in others))


def _same_fields(other, message):
    """Pause and Resume: only their names tell them apart."""
    return other.__slots__ == message.__slots__ == ("consent", "sequence")
