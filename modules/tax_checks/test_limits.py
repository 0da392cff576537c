"""What the ledger tells nobody, and what nobody detects."""

from dataclasses import replace

import pytest

from jamjar.adviser.desk import Desk
from jamjar.consent.terms import Terms
from jamjar.errors import InvalidTerms
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.network import SampleNetwork

from .consents import agree, show
from .results import NAMES
from .story import CUSTOMS, REVENUE, TRADER, begun, result_of


def test_the_ledger_says_neither_whom_nor_what_nor_under_which_consent(
    consortium: SampleNetwork, claimant: Claimant, adviser: Desk
) -> None:
    register, result = begun(consortium)
    consent = agree(claimant, adviser.member, "Customs", ["result"])
    consortium.wait()
    values = show(claimant, consent, result, adviser)
    register.rely(consortium.key(CUSTOMS), values, checker=REVENUE, trader=TRADER)
    said = [argument for event in register.contract.events() for argument in event.arguments.values()]
    accounts = {consortium.key(REVENUE).address, consortium.key(CUSTOMS).address}
    assert {*said} == {result.check, result.digest, bytes(32), REVENUE, CUSTOMS, *accounts}
    assert consent not in said


def test_no_consent_is_for_the_detection_of_fraud(claimant: Claimant) -> None:
    consent = agree(claimant, CUSTOMS, "Customs", ["result"])
    terms: Terms = claimant.wallet.stored(consent).terms
    with pytest.raises(InvalidTerms, match="No consent can carry the purpose dpv:FraudPreventionAndDetection"):
        replace(terms, purpose="dpv:FraudPreventionAndDetection")


def test_a_false_entry_is_not_detected(consortium: SampleNetwork) -> None:
    register, _ = begun(consortium)
    false = result_of("cd" * 32, risk=0, result="meets the criteria")  # whatever the checker found
    register.record(consortium.key(REVENUE), false)
    register.rely(consortium.key(CUSTOMS), false.shown(NAMES).values, checker=REVENUE, trader=TRADER)
    assert [each.is_current for each in register.reliances(false.check)] == [True]


def test_a_second_check_in_place_of_a_replacement_is_not_detected(consortium: SampleNetwork) -> None:
    register, result = begun(consortium)
    register.record(consortium.key(REVENUE), second := result_of("cd" * 32, risk=9))
    for each in (result, second):
        assert register.verify(each.shown(NAMES).values, checker=REVENUE, trader=TRADER) == each.digest
