"""A council pays an advice service by milestones: they agree, change, dispute, settle, and end the agreement."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from secrets import token_bytes
from typing import Any

from jamjar.crypto.sealing import EncryptionKey
from jamjar.errors import VerificationFailed
from jamjar.ledger.own_contract import OwnContract
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.network import SampleNetwork

from .due import COLUMNS, Row, day_of, due, total
from .record import NOTHING, Kind, Matter, artefact, history
from .terms import Milestone, Terms, digest

COUNCIL, ADVICE, OTHER, REFUSED = 6, 2, 3, "OfferNotOpen"


@dataclass
class _Scene:
    network: SampleNetwork
    narrator: Narrator
    book: OwnContract

    def send(self, member: int, *call: Any) -> None:
        self.book.send(self.network.keys[member], *call)

    def refused(self, sentence: str, why: str, about: int, member: int, *call: Any) -> None:
        self.narrator.refused(sentence, lambda: self.send(member, *call), why, about)

    def due(self, terms: Terms, deal: bytes, today: date) -> tuple[Row, ...]:
        return due(terms, history(self.book, deal), today)


def play(consortium: SampleNetwork, narrator: Narrator) -> None:
    """Play the story; every sentence is checked."""
    account, key = consortium.keys[COUNCIL], EncryptionKey.generate(token_bytes).public_bytes
    consortium.govern(("admit", (COUNCIL, "Riverside Borough Council", (), account.address, key)))
    book = OwnContract.deploy(consortium.ledger, account, artefact(), consortium.deployment.consortium.address)
    now, scene = consortium.ledger.time(), _Scene(consortium, narrator, book)
    desk = Milestone("Advice desk opened", day_of(now), 1_200_000, token_bytes(32))
    held = Milestone("200 appointments held", day_of(now) + timedelta(60), 2_500_000, token_bytes(32))
    terms = Terms(COUNCIL, ADVICE, 30, 1175, (desk, held), token_bytes(32))
    _agree(scene, terms, now + 30 * 86_400)
    _change(scene, terms, now + 30 * 86_400)
    payable = any(each.get("stateMutability") == "payable" for each in book.abi)
    narrator.check("No money moved: no function of the contract takes any", not payable)


def _agree(scene: _Scene, terms: Terms, until: int) -> None:
    narrator, desk = scene.narrator, terms.milestones[0]
    narrator.chapter("A council and an advice service agree: the terms stay with them, the ledger has their digest")
    scene.send(COUNCIL, "propose", ADVICE, terms.digest, until)
    deal = scene.book.read("idOf", COUNCIL, ADVICE, terms.digest)
    first = Matter(deal, Kind.TERMS, NOTHING, Terms.read(terms.text).digest)
    scene.refused("The council accepts its own proposal", REFUSED, 0, COUNCIL, "accept", *first)
    scene.refused("A third member accepts it", "NotAParty", OTHER, OTHER, "accept", *first)
    scene.send(ADVICE, "accept", *first)
    narrator.check("The advice service accepts what it read", scene.book.read("agreementOf", deal)[-1] == terms.digest)
    day = day_of(scene.network.ledger.time())
    narrator.check("No milestone is accepted, so nothing is due", total(scene.due(terms, deal, day)) == 0)

    narrator.chapter("A milestone is met: one says so, the other accepts")
    fact = Matter(deal, Kind.MILESTONE, desk.digest, digest("evidence", token_bytes(32), b"Photographs and the lease"))
    scene.send(ADVICE, "offer", *fact, until)
    scene.refused("The advice service accepts it itself", REFUSED, 0, ADVICE, "accept", *fact)
    scene.send(COUNCIL, "accept", *fact)
    day = day_of(scene.network.ledger.time())
    narrator.check("On day 30 the £12,000 is due", total(scene.due(terms, deal, day + timedelta(30))) == 1_200_000)
    rows = scene.due(terms, deal, day + timedelta(100))
    narrator.check("On day 100 so are £270.41 of interest", rows[0].interest == 27_041)
    narrator.table("Due on day 100", COLUMNS, (row.cells for row in rows))


def _change(scene: _Scene, terms: Terms, until: int) -> None:
    narrator, (desk, held) = scene.narrator, terms.milestones
    deal, day = scene.book.read("idOf", COUNCIL, ADVICE, terms.digest), day_of(scene.network.ledger.time())
    more = replace(held, amount=2_700_000, salt=token_bytes(32))
    newer = replace(terms, milestones=(desk, more), salt=token_bytes(32))
    change = Matter(deal, Kind.TERMS, terms.digest, newer.digest)
    old = Matter(deal, Kind.MILESTONE, held.digest, digest("evidence", token_bytes(32), b"The register"))
    narrator.chapter("A change needs both")
    scene.send(ADVICE, "offer", *change, until)
    scene.send(ADVICE, "offer", *old, until)
    narrator.check("One offers a change: the terms are as before", bool(scene.due(terms, deal, day)))
    scene.send(COUNCIL, "accept", *change)
    narrator.refused("An amount by the old terms", lambda: scene.due(terms, deal, day), VerificationFailed)
    scene.refused("A milestone of the old terms", REFUSED, 0, COUNCIL, "accept", *old)

    narrator.chapter("One disputes, both settle, both end it")
    day += timedelta(30)
    narrator.check("What was accepted before the change is due", scene.due(newer, deal, day)[0].amount > 0)
    scene.send(COUNCIL, "dispute", deal, desk.digest, digest("grounds", token_bytes(32), b"Closed on Fridays"))
    narrator.check("What the council disputes is not counted", total(scene.due(newer, deal, day)) == 0)
    peace = Matter(deal, Kind.SETTLEMENT, desk.digest, digest("settlement", token_bytes(32), b"Open on Fridays"))
    end = Matter(deal, Kind.COMPLETION, newer.digest, digest("statement", token_bytes(32), b"All is done"))
    scene.send(COUNCIL, "offer", *peace, until)
    scene.refused("The council settles it alone", REFUSED, 0, COUNCIL, "accept", *peace)
    scene.refused("The end of it before that", "DisputesOpen", 1, COUNCIL, "offer", *end, until)
    scene.send(ADVICE, "accept", *peace)
    narrator.check("Settled by both, it is due as before", scene.due(newer, deal, day)[0].amount > 0)
    scene.send(ADVICE, "offer", *end, until)
    scene.send(COUNCIL, "accept", *end)
    scene.refused("A dispute after the end", "AgreementNotOpen", 3, COUNCIL, "dispute", deal, desk.digest, end.digest)
