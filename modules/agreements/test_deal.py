"""What the tests share: an agreement of members 4, who pays, and 2, who is paid, on the sandbox consortium."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from jamjar.errors import Rejected
from jamjar.ledger.own_contract import ContractEvent, OwnContract
from jamjar.sandbox.network import SampleNetwork

from .record import NOTHING, Kind, Matter, artefact, history
from .terms import Milestone, Terms

PAYER, PAYEE, OTHER = 4, 2, 3
DAY = 86_400


def terms_of(*amounts: int, number: int = 1) -> Terms:
    """Terms with a milestone for each amount; the same amount at the same place is the same milestone."""
    milestones = tuple(
        Milestone(f"Part {place}", date(2026, 4, 6), amount, bytes([place, *amount.to_bytes(31, "big")]))
        for place, amount in enumerate(amounts, 1)
    )
    return Terms(PAYER, PAYEE, 30, 800, milestones, bytes([200, *number.to_bytes(31, "big")]))


@dataclass
class Deal:
    """The contract, and an agreement once it is proposed."""

    network: SampleNetwork
    book: OwnContract
    until: int
    id: bytes = NOTHING

    def send(self, member: int, *call: Any) -> tuple[ContractEvent, ...]:
        """Send a call of a member's account, and return its events."""
        return self.book.send(self.network.keys[member], *call)

    def propose(self, terms: Terms, by: int = PAYER, to: int = PAYEE) -> bytes:
        """Propose terms, and return the agreement's id."""
        self.send(by, "propose", to, terms.digest, self.until)
        return bytes(self.book.read("idOf", by, to, terms.digest))

    def matter(self, kind: Kind, subject: bytes, digest: bytes) -> Matter:
        """Return a matter of the agreement."""
        return Matter(self.id, kind, subject, digest)

    def both(self, matter: Matter, one: int = PAYEE, other: int = PAYER) -> None:
        """Have one party offer a matter, and the other accept it."""
        self.send(one, "offer", *matter, self.until)
        self.send(other, "accept", *matter)

    def history(self) -> tuple[ContractEvent, ...]:
        """Return the agreement's events."""
        return history(self.book, self.id)

    @contextmanager
    def refused(self, name: str, *arguments: object) -> Iterator[None]:
        """Expect a refusal of this name and arguments, which changes and records nothing."""
        before = len(self.book.events())
        with pytest.raises(Rejected) as found:
            yield
        assert found.value.name == name
        assert arguments in ((), found.value.arguments)
        assert len(self.book.events()) == before


def opened(consortium: SampleNetwork) -> Deal:
    """Return the contract without any agreement."""
    consortium_address = consortium.deployment.consortium.address
    book = OwnContract.deploy(consortium.ledger, consortium.keys[0], artefact(), consortium_address)
    return Deal(consortium, book, consortium.ledger.time() + 30 * DAY)


def agreed(consortium: SampleNetwork) -> Deal:
    """Return an agreement on `terms_of(100_00, 250_00)`."""
    deal, terms = opened(consortium), terms_of(100_00, 250_00)
    deal.id = deal.propose(terms)
    deal.send(PAYEE, "accept", *deal.matter(Kind.TERMS, NOTHING, terms.digest))
    return deal
