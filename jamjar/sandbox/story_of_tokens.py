"""The chapter of the story in which a sponsor vouches for a claimant, and cannot tell for which consents."""

import secrets

from jamjar.admitter.book import Book
from jamjar.admitter.issuing import issue
from jamjar.admitter.key_file import KeyFile, new_key
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.admissions import Admissions
from jamjar.ledger.epoch_keys import published
from jamjar.protocol.enrolment import EnrolmentAnswer, EnrolmentRequest
from jamjar.protocol.token import EpochKey, epoch_of
from jamjar.sandbox.members import NAMES
from jamjar.sandbox.story import HOUSING_ADVICE, Story
from jamjar.wallet import enrolment
from jamjar.wallet.spare import token_of

BENEFITS = 4
QUOTA = 2
_PERSON = "claimant 2, whom it pays"


def vouched_for(story: Story) -> None:
    """Show tokens that are signed blindly, what they vouch for, and that ending a consent asks for none."""
    life, network, tell = story.lives[1], story.network, story.tell
    ledger, wallet = network.ledger, life.claimant.wallet
    tell.chapter(f"{life.household.name}: vouched for, and not followed")
    key_file = story.folder / "month.pem"
    passphrase = secrets.token_urlsafe(16)
    key_file.write_bytes(new_key(passphrase))
    key, epoch = KeyFile(key_file, passphrase), epoch_of(ledger.time())
    network.member(BENEFITS).change_encryption_key(EpochKey(epoch, QUOTA, key.modulus).to_bytes())
    book = Book(f"sqlite:///{story.folder / 'admitted.db'}")

    def answer(request: EnrolmentRequest) -> EnrolmentAnswer:
        there = published(ledger).find(BENEFITS, epoch)
        return issue(request, there, key, book, person=_PERSON, now=ledger.time())

    asked = enrolment.ask(wallet, ledger, BENEFITS, ledger.time(), secrets.token_bytes, at_once=True).request()
    answered = answer(asked)
    enrolment.keep(wallet, answered)
    consent = life.grant(HOUSING_ADVICE, ("fixed.home",), ())
    token = token_of(wallet.vault, consent)
    tell.check(
        f"{NAMES[BENEFITS]} signed {QUOTA} numbers for a person it knows; the consent's token is none of them",
        token is not None and token.signature not in (*asked.items, *answered.items),
    )
    more = EnrolmentRequest(BENEFITS, epoch, asked.key, tuple(bytes([1, *each[1:]]) for each in asked.items))
    tell.refused("more of them for the same person in the same month", lambda: answer(more), InvalidInput)
    admissions = Admissions(ledger, [token] if token else [], [BENEFITS])
    others = [each for each in admissions.all() if each.why_not]
    tell.check(
        f"anybody sees that a real claimant holds it, and that nobody vouches for {len(others)} others",
        [each.consent for each in admissions.all() if not each.why_not] == [consent] and bool(others),
    )
    tell.refused(
        "a look at a desk that asks for tokens, under a consent without one",
        lambda: admissions.check(others[0].consent),
        VerificationFailed,
    )
    life.claimant.withdraw(consent)
    tell.check("it is ended by one signature and no token", ledger.status(consent) == "WITHDRAWN")
    book.close()
