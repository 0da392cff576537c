"""Desks to which a claimant shows values of a set, and which ask about them."""

from datetime import date
from typing import Any

from jamjar.wallet.questions import received_questions
from tests.support.named_sets import IDENTITY, PERSON, set_terms
from tests.unit.adviser.scene import Desk
from tests.unit.wallet.asking_scene import AskingDesk

TERMS = set_terms(shown=("surname", "born"))
ADULT = IDENTITY.at_most("born", date(2008, 11, 29))


class SetDesk(Desk):
    values = IDENTITY.fill(PERSON)

    def show(self) -> str:
        return self.letters.show(self.consent, ["surname"]).hex()


class AskingSetDesk(AskingDesk):
    values = IDENTITY.fill(PERSON)

    def __init__(self) -> None:
        super().__init__(set_terms(shown=("surname",), asked=("born", "children")), self.values)

    def asks(self, statement: Any) -> Any:
        self.mail.ask_question(statement, self.consent)
        self.deliver()
        return received_questions(self.claimant.vault)[-1]
