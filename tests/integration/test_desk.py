"""The adviser's desk relies on a disclosure only as the recipient, under a live consent, with its use on the record.

Given the consent is another recipient's                     it looks at nothing
Given the terms name another recipient than the grant        it looks at nothing
Given no use, or a use of another commitment, is recorded    it looks at nothing
Given the consent is paused or withdrawn                     it looks at nothing
Given all is well                                            it gets the figures
Given the budget was committed anew since                    its advice is about what it saw
"""

from dataclasses import replace

import pytest

from jamjar.errors import VerificationFailed
from jamjar.protocol.events import AdviceRecorded


@pytest.fixture
def life(network):
    """A claimant who let member 2 look at the rent, and committed the sample budget."""
    claimant = network.claimant()
    consent = claimant.grant(2, lines=["fixed.home"])
    network.wait()
    claimant.commit(consent, network.households()[0].budget)
    return claimant, consent


@pytest.fixture
def shown(life):
    claimant, consent = life
    return claimant.disclose(consent, "fixed.home.rent")


def test_of_another_recipient(network, life, shown):
    network.desks[2].use(life[1])
    with pytest.raises(VerificationFailed, match="another recipient"):
        network.desks[3].verify(shown)


def test_with_terms_of_another_recipient(network, life, shown):
    network.desks[2].use(life[1])
    with pytest.raises(VerificationFailed):
        network.desks[2].verify(replace(shown, terms=replace(shown.terms, recipient=3)))


def test_without_a_use(network, shown):
    with pytest.raises(VerificationFailed, match="No use"):
        network.desks[2].verify(shown)


def test_with_a_use_of_another_commitment(network, life):
    claimant, consent = life
    network.desks[2].use(consent)
    claimant.commit(consent, network.households()[0].budget)
    with pytest.raises(VerificationFailed, match="No use"):
        network.desks[2].verify(claimant.disclose(consent, "fixed.home.rent"))


@pytest.mark.parametrize(("end", "status"), [("pause", "is paused"), ("withdraw", "is withdrawn")])
def test_of_a_consent_that_is_not_live(network, life, shown, end, status):
    claimant, consent = life
    network.desks[2].use(consent)
    claimant.carry(getattr(claimant.wallet, end)(consent))
    with pytest.raises(VerificationFailed, match=status):
        network.desks[2].verify(shown)


def test_when_all_is_well(network, life, shown):
    network.desks[2].use(life[1])
    assert network.desks[2].verify(shown)["fixed.home.rent"] == 11_914  # 27.4 pounds a week in the ONS's table


def test_advice_is_about_what_was_seen(network, life, shown):
    claimant, consent = life
    network.desks[2].use(consent)
    claimant.commit(consent, network.households()[0].budget)
    advice = network.desks[2].advise(shown, "Ask for a social tariff.")
    (recorded,) = network.ledger.events("AdviceRecorded", consent)
    assert isinstance(recorded, AdviceRecorded)
    assert (recorded.commitment, recorded.advice) == (shown.root, advice.digest)
    assert recorded.commitment != network.ledger.head_of(consent)
