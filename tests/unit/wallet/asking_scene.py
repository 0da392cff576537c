"""A desk that may ask a claimant about figures, and a claimant who shows the period alone."""

from dataclasses import replace
from typing import Any

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.disclosure.statement import BudgetStatement, Relation
from jamjar.model.state import Consent
from jamjar.plan.budget import Budget, Line
from jamjar.wallet.answering import send_answer
from jamjar.wallet.questions import ReceivedQuestion, received_questions
from tests.unit.adviser.scene import Desk
from tests.unit.wallet.scene import PERIOD, TERMS

LINES = (
    Line("fixed.home.rent", 61914), Line("fixed.home.council-tax", 11000), Line("flexible.food.groceries", 31000),
    Line("income.earnings.salary", 90000),
)  # fmt: skip
BUDGET = Budget(PERIOD, LINES)
JARS = ("fixed.home.rent", "fixed.home.council-tax", "fixed.home", "income", "outgoings", "balance")
ASKING = replace(TERMS, scope=frozenset(ScopeItem(jar, Detail.THRESHOLD) for jar in JARS), questions=3)


def stated(text: str) -> BudgetStatement:
    """A statement from text such as "+fixed.home.rent >= 50000", or "+total.fixed.home =" for the sum of its lines."""
    for sign, relation in ((">=", Relation.AT_LEAST), ("<=", Relation.AT_MOST), ("=", Relation.SUM_OF_LINES)):
        figures, found, amount = text.partition(sign)
        if found:
            pairs = [(1 if each[0] == "+" else -1, each[1:]) for each in figures.split()]
            return BudgetStatement(relation, tuple(sorted(pairs, key=lambda pair: pair[1])), int(amount or 0))
    raise ValueError(text)


class AskingDesk(Desk):
    """A desk that looked once, at the period, and asks; uses are counted as the ledger's."""

    def __init__(self, terms: Any = ASKING, budget: Budget = BUDGET) -> None:
        self.budget = budget
        super().__init__(terms)
        self.claimant.commit(self.consent, budget)
        self.ledger.consent = lambda consent: Consent(recipient=TERMS.recipient, uses=self.uses(), max_uses=9)
        self.package = self.letters.show(self.consent, []).hex()
        self.look(self.package)

    def show(self) -> str:
        return ""

    def look(self, name: str) -> Any:
        self.ledger.use(self.consent, self.claimant.head_of(self.consent))
        return self.mail.look(name, lambda _: True)

    def ask(self, text: str) -> ReceivedQuestion:
        """Ask, deliver, and return the question as the claimant has it."""
        question = self.mail.ask_question(stated(text), self.consent)
        self.deliver()
        return next(each for each in received_questions(self.claimant.vault) if each.question == question)

    def deliver(self) -> tuple[str, ...]:
        self.mailbox.waiting, self.mailbox.sent = list(self.mailbox.sent), []
        return self.letters.fetch()[1]

    def answer(self, kept: ReceivedQuestion, *, prove: bool = True) -> str:
        """Answer, and return the package's name."""
        return send_answer(self.claimant, self.ledger, self.letters, kept, prove=prove).hex()

    def asked(self, text: str, *, prove: bool = True) -> Any:
        """Ask, answer and look: what the adviser sees."""
        return self.look(self.answer(self.ask(text), prove=prove))
