"""What one party, a third member, a thief or a replay cannot do to an agreement."""

import pytest

from jamjar.errors import InvalidInput
from jamjar.sandbox.network import SampleNetwork

from .record import NOTHING, Kind
from .test_deal import DAY, OTHER, PAYEE, PAYER, Deal, agreed, opened, terms_of

TERMS = terms_of(100_00, 250_00)
NEWER = terms_of(100_00, 300_00, number=2)
FIRST, SECOND = (each.digest for each in TERMS.milestones)
PAPER, OTHER_PAPER = bytes([7]) * 32, bytes([8]) * 32


@pytest.fixture
def open_book(consortium: SampleNetwork) -> Deal:
    return opened(consortium)


@pytest.fixture
def deal(consortium: SampleNetwork) -> Deal:
    return agreed(consortium)


def test_whoever_proposes_cannot_accept(open_book: Deal) -> None:
    deal, first = open_book, open_book.matter
    deal.id = deal.propose(TERMS)
    with deal.refused("OfferNotOpen", 0):
        deal.send(PAYER, "accept", *first(Kind.TERMS, NOTHING, TERMS.digest))
    with deal.refused("OfferNotOpen", 0):  # nor the other party other terms than these
        deal.send(PAYEE, "accept", *first(Kind.TERMS, NOTHING, NEWER.digest))
    with deal.refused("NotAParty", OTHER):
        deal.send(OTHER, "accept", *first(Kind.TERMS, NOTHING, TERMS.digest))
    with deal.refused("AgreementNotOpen", 1):
        deal.send(PAYEE, "dispute", deal.id, FIRST, PAPER)


def test_a_proposal_that_is_seen_on_its_way_cannot_be_forestalled(open_book: Deal) -> None:
    theirs = open_book.propose(TERMS, OTHER, PAYEE)  # a third member copies the digest, and is first
    back = open_book.propose(TERMS, PAYEE, PAYER)  # and so does the other party
    mine = open_book.propose(TERMS, PAYER, PAYEE)
    assert len({theirs, back, mine}) == 3
    with open_book.refused("AgreementTaken", f"0x{mine.hex()}"):
        open_book.propose(TERMS, PAYER, PAYEE)


@pytest.mark.parametrize(("to", "name"), [(PAYER, "NotAParty"), (99, "MemberNotActive"), (0, "MemberNotActive")])
def test_a_proposal_is_to_another_active_member(open_book: Deal, to: int, name: str) -> None:
    with open_book.refused(name, to):
        open_book.propose(TERMS, PAYER, to)


def test_a_counter_offer_stands_beside_the_proposal(open_book: Deal) -> None:
    deal = open_book
    deal.id = deal.propose(TERMS)
    counter = deal.matter(Kind.TERMS, NOTHING, NEWER.digest)
    deal.both(counter)
    with deal.refused("TermsOutdated", f"0x{NEWER.digest.hex()}"):  # the proposal went with it
        deal.send(PAYEE, "accept", *deal.matter(Kind.TERMS, NOTHING, TERMS.digest))


def test_one_party_changes_no_terms(deal: Deal) -> None:
    change = deal.matter(Kind.TERMS, TERMS.digest, NEWER.digest)
    deal.send(PAYER, "offer", *change, deal.until)
    with deal.refused("OfferNotOpen", 0):
        deal.send(PAYER, "accept", *change)
    assert deal.book.read("agreementOf", deal.id)[-1] == TERMS.digest


def test_neither_party_s_offer_blocks_the_other_s(deal: Deal) -> None:
    mine = deal.matter(Kind.TERMS, TERMS.digest, NEWER.digest)
    yours = deal.matter(Kind.TERMS, TERMS.digest, terms_of(1, number=3).digest)
    deal.send(PAYER, "offer", *mine, deal.until)
    deal.send(PAYEE, "offer", *yours, deal.until)
    deal.send(PAYEE, "offer", *mine, 0)  # what the other offers is not the offerer's to revoke
    deal.send(PAYEE, "accept", *mine)
    assert deal.book.read("agreementOf", deal.id)[-1] == NEWER.digest


def test_nobody_accepts_a_milestone_alone_and_none_twice(deal: Deal) -> None:
    met = deal.matter(Kind.MILESTONE, FIRST, PAPER)
    for one, other in ((PAYEE, PAYER), (PAYER, PAYEE)):
        deal.send(one, "offer", *deal.matter(Kind.MILESTONE, SECOND, PAPER), deal.until)
        with deal.refused("OfferNotOpen", 0):
            deal.send(other, "accept", *deal.matter(Kind.MILESTONE, SECOND, OTHER_PAPER))  # other evidence
    deal.send(PAYEE, "offer", *met, deal.until)
    with deal.refused("OfferNotOpen", 0):
        deal.send(PAYEE, "accept", *met)
    deal.send(PAYER, "accept", *met)
    with deal.refused("MilestoneNotOpen"):
        deal.send(PAYER, "accept", *met)


def test_no_offer_outlives_its_terms_even_when_they_come_back(deal: Deal) -> None:
    met = deal.matter(Kind.MILESTONE, SECOND, PAPER)
    third = deal.matter(Kind.TERMS, TERMS.digest, terms_of(1, number=3).digest)
    deal.send(PAYEE, "offer", *met, deal.until)
    deal.send(PAYEE, "offer", *third, deal.until)
    deal.both(deal.matter(Kind.TERMS, TERMS.digest, NEWER.digest))
    deal.both(deal.matter(Kind.TERMS, NEWER.digest, TERMS.digest))
    for old in (met, third, deal.matter(Kind.TERMS, TERMS.digest, NEWER.digest)):
        with deal.refused("OfferNotOpen", 0):
            deal.send(PAYER, "accept", *old)


def test_an_offer_ends_at_its_time_and_is_revoked_before(deal: Deal) -> None:
    met, other = deal.matter(Kind.MILESTONE, FIRST, PAPER), deal.matter(Kind.MILESTONE, SECOND, PAPER)
    deal.send(PAYEE, "offer", *met, deal.until)
    deal.send(PAYEE, "offer", *met, 0)
    with deal.refused("OfferNotOpen", 0):
        deal.send(PAYER, "accept", *met)
    deal.send(PAYEE, "offer", *other, deal.until)
    deal.network.wait(31 * DAY)
    with deal.refused("OfferNotOpen", deal.until):
        deal.send(PAYER, "accept", *other)


def test_nothing_is_the_digest_of_nothing(deal: Deal) -> None:
    for kind in (Kind.MILESTONE, Kind.SETTLEMENT):
        with deal.refused("DigestMissing"):
            deal.send(PAYEE, "offer", *deal.matter(kind, NOTHING, PAPER), deal.until)
    with deal.refused("DigestMissing"):
        deal.send(PAYEE, "offer", *deal.matter(Kind.TERMS, TERMS.digest, NOTHING), deal.until)
    for milestone, grounds in ((NOTHING, PAPER), (FIRST, NOTHING)):
        with deal.refused("DigestMissing"):
            deal.send(PAYEE, "dispute", deal.id, milestone, grounds)
    with pytest.raises(InvalidInput):
        deal.send(PAYEE, "offer", deal.id, "all", FIRST, PAPER, deal.until)


def test_the_record_has_digests_members_kinds_and_times_and_no_amount(deal: Deal) -> None:
    deal.both(deal.matter(Kind.MILESTONE, FIRST, PAPER))
    deal.send(PAYER, "dispute", deal.id, FIRST, PAPER)
    events = deal.history()
    assert [each.name for each in events] == ["Proposed", "Offered", "Accepted", "Offered", "Accepted", "Disputed"]
    digests = {deal.id, NOTHING, TERMS.digest, FIRST, PAPER}
    now = deal.network.ledger.time()
    for name, value in ((name, value) for each in events for name, value in each.arguments.items()):
        assert (
            value in digests
            if isinstance(value, bytes)
            else value in {PAYER, PAYEE, *Kind}
            or (name in ("at", "openUntil") and now - DAY < int(value) < now + 31 * DAY)
        )
