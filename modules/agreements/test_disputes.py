"""Disputes take one party, settlements both; nothing is done by a suspended member, or in its name."""

import pytest

from jamjar.sandbox.network import SampleNetwork

from .record import Kind
from .test_deal import OTHER, PAYEE, PAYER, Deal, agreed, terms_of

TERMS = terms_of(100_00, 250_00)
FIRST, SECOND = (each.digest for each in TERMS.milestones)
PAPER, OTHER_PAPER, THIRD_PAPER = (bytes([number]) * 32 for number in (7, 8, 9))
KEY_STOLEN, OF_THE_COUNCIL = 1, 5


@pytest.fixture
def deal(consortium: SampleNetwork) -> Deal:
    return agreed(consortium)


def test_one_disputes_and_only_both_settle(deal: Deal) -> None:
    settled = deal.matter(Kind.SETTLEMENT, FIRST, PAPER)
    with deal.refused("MilestoneNotOpen"):  # before there is a dispute
        deal.send(PAYER, "offer", *settled, deal.until)
    with deal.refused("NotAParty", OTHER):
        deal.send(OTHER, "dispute", deal.id, FIRST, PAPER)
    deal.send(PAYER, "dispute", deal.id, FIRST, PAPER)
    with deal.refused("MilestoneNotOpen"):
        deal.send(PAYEE, "dispute", deal.id, FIRST, OTHER_PAPER)
    for party in (PAYER, PAYEE):
        deal.send(party, "offer", *deal.matter(Kind.SETTLEMENT, FIRST, bytes([party]) * 32), deal.until)
        with deal.refused("OfferNotOpen", 0):
            deal.send(party, "accept", *deal.matter(Kind.SETTLEMENT, FIRST, bytes([party]) * 32))
    deal.both(settled)
    assert deal.book.read("milestoneOf", deal.id, FIRST)[:2] == [False, False]


def test_what_was_offered_before_a_dispute_is_not_accepted_after_it(deal: Deal) -> None:
    met = deal.matter(Kind.MILESTONE, FIRST, PAPER)
    deal.send(PAYEE, "offer", *met, deal.until)
    deal.send(PAYER, "dispute", deal.id, FIRST, PAPER)
    with deal.refused("MilestoneNotOpen"):
        deal.send(PAYER, "accept", *met)
    left = deal.matter(Kind.SETTLEMENT, FIRST, OTHER_PAPER)
    deal.send(PAYEE, "offer", *left, deal.until)
    deal.both(deal.matter(Kind.SETTLEMENT, FIRST, PAPER))
    with deal.refused("OfferNotOpen", 0):
        deal.send(PAYER, "accept", *met)
    deal.send(PAYEE, "dispute", deal.id, FIRST, THIRD_PAPER)
    with deal.refused("OfferNotOpen", 0):  # a settlement of the dispute before
        deal.send(PAYER, "accept", *left)


def test_a_dispute_leaves_other_milestones_and_the_terms_open(deal: Deal) -> None:
    deal.send(PAYER, "dispute", deal.id, FIRST, PAPER)
    deal.both(deal.matter(Kind.MILESTONE, SECOND, PAPER))
    newer = terms_of(90_00, 250_00, number=2)
    deal.both(deal.matter(Kind.TERMS, TERMS.digest, newer.digest))
    assert deal.book.read("milestoneOf", deal.id, SECOND)[0] is True


def test_after_its_end_nothing_changes(deal: Deal) -> None:
    deal.both(deal.matter(Kind.MILESTONE, FIRST, PAPER))
    deal.both(deal.matter(Kind.COMPLETION, TERMS.digest, PAPER))
    for party in (PAYER, PAYEE):
        with deal.refused("AgreementNotOpen", 3):
            deal.send(party, "dispute", deal.id, FIRST, PAPER)
        for kind, subject in ((Kind.TERMS, TERMS.digest), (Kind.MILESTONE, SECOND), (Kind.COMPLETION, TERMS.digest)):
            with deal.refused("AgreementNotOpen", 3):
                deal.send(party, "offer", *deal.matter(kind, subject, PAPER), deal.until)


def test_it_ends_by_both_and_not_while_a_dispute_is_open(deal: Deal) -> None:
    end = deal.matter(Kind.COMPLETION, TERMS.digest, PAPER)
    deal.send(PAYEE, "offer", *end, deal.until)
    with deal.refused("OfferNotOpen", 0):
        deal.send(PAYEE, "accept", *end)
    deal.send(PAYER, "dispute", deal.id, SECOND, PAPER)
    with deal.refused("DisputesOpen", 1):
        deal.send(PAYER, "accept", *end)
    deal.both(deal.matter(Kind.SETTLEMENT, SECOND, PAPER))
    deal.send(PAYER, "accept", *end)
    assert deal.book.read("agreementOf", deal.id)[0] == 3  # completed


@pytest.mark.parametrize("act", ["offer", "accept", "dispute", "propose"])
def test_a_suspended_member_does_not_act(deal: Deal, act: str) -> None:
    met = deal.matter(Kind.MILESTONE, FIRST, PAPER)
    deal.send(PAYER, "offer", *met, deal.until)
    deal.network.ledger.send(deal.network.keys[OF_THE_COUNCIL], "Consortium", "suspend", PAYEE, KEY_STOLEN)
    call = {
        "offer": (*met, deal.until),
        "accept": met,
        "dispute": (deal.id, FIRST, PAPER),
        "propose": (PAYER, TERMS.digest, deal.until),
    }
    with deal.refused("MemberNotActive", PAYEE):
        deal.send(PAYEE, act, *call[act])


def test_what_a_thief_offered_is_not_accepted_once_the_member_is_suspended(deal: Deal) -> None:
    met = deal.matter(Kind.MILESTONE, FIRST, PAPER)
    deal.send(PAYEE, "offer", *met, deal.until)
    deal.network.ledger.send(deal.network.keys[OF_THE_COUNCIL], "Consortium", "suspend", PAYEE, KEY_STOLEN)
    with deal.refused("MemberNotActive", PAYEE):
        deal.send(PAYER, "accept", *met)
    deal.send(PAYER, "dispute", deal.id, FIRST, PAPER)  # the other party is not hindered


def test_an_account_of_no_member_does_nothing(deal: Deal) -> None:
    with deal.refused("MemberNotActive", 0):
        deal.send(9, "dispute", deal.id, FIRST, PAPER)
