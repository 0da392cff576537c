"""Recipients' questions about figures that are not shown: each kept once, with its answer.

What a recipient was told of a budget is in these records, and in those of what was shown. A question is answered at
most once, only if its statement is true, and one for each use of the consent; a refusal counts as an answer. So the
terms' number bounds what can be asked, not only what is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from jamjar.disclosure.question import Question, SignedQuestion
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol.typed_data import Domain
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

QUESTION: Final = "question"
"""The kind of the records, by `consent/id`."""
_LONGEST: Final = 1 << 14


class QuestionAnswer(Enum):
    """What the claimant answered."""

    NONE = "none"
    PROVEN = "proven"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ReceivedQuestion:
    """A question as it is kept: its number in the list, when it came (Unix seconds), and its answer."""

    number: int
    came: int
    signed: SignedQuestion
    answer: QuestionAnswer = QuestionAnswer.NONE

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.signed.question

    @property
    def name(self) -> str:
        """The name of its record."""
        return f"{self.question.consent}/0x{self.question.id.hex()}"

    def to_json(self) -> bytes:
        """Return the record as canonical JSON."""
        record = {"number": self.number, "came": self.came, "answer": self.answer.value}
        return strict_json.dumps(record | {"question": self.signed.to_json()}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> ReceivedQuestion:
        """Read what `to_json` wrote."""
        found = strict_json.loads(data.decode(), "A question in the vault", _LONGEST)
        signed = SignedQuestion.from_json(found["question"])
        return cls(found["number"], found["came"], signed, QuestionAnswer(found["answer"]))


def check_question(ledger: Ledger, signed: SignedQuestion, domain: Domain) -> None:
    """Check that a question is the consent's recipient's; raises InvalidInput when it is not."""
    asked, recipient = signed.question, ledger.consent(signed.question.consent).recipient
    if asked.recipient != recipient or ledger.member_of(signed.account(domain)) != recipient:
        raise InvalidInput("The recipient did not sign the question received; do not answer, and tell the adviser.")


def receive_question(transaction: VaultTransaction, signed: SignedQuestion, now: int) -> ReceivedQuestion:
    """Keep a question that came now, in Unix seconds, and return it; one that is kept already is returned as it is."""
    kept = [ReceivedQuestion.from_json(value) for _, value in transaction.all(QUESTION)]
    for each in kept:
        if each.question == signed.question:
            return each
    made = ReceivedQuestion(max((each.number for each in kept), default=0) + 1, now, signed)
    if transaction.get(QUESTION, made.name) is not None:
        raise InvalidInput("Another question with this id came before; do not answer, and tell the adviser.")
    transaction.put(QUESTION, made.name, made.to_json())
    return made


def received_questions(vault: Vault) -> tuple[ReceivedQuestion, ...]:
    """Return the questions that are kept, in the order of their numbers."""
    with vault.reading() as transaction:
        kept = [ReceivedQuestion.from_json(value) for _, value in transaction.all(QUESTION)]
    return tuple(sorted(kept, key=lambda each: each.number))


def numbered_question(vault: Vault, number: int) -> ReceivedQuestion:
    """Return the question of a number; raises InvalidInput when there is none."""
    for each in received_questions(vault):
        if each.number == number:
            return each
    raise InvalidInput(f"There is no question {number}; list them with jamjar wallet questions.")


def record_answer(transaction: VaultTransaction, kept: ReceivedQuestion, answer: QuestionAnswer, most: int) -> None:
    """Record an answer to a question; `most` are answered or refused under its consent.

    Raises InvalidInput when it, or another for the same use, was answered, and when there were `most` questions.
    """
    records = (ReceivedQuestion.from_json(value) for _, value in transaction.all(QUESTION))
    same = [each for each in records if each.question.consent == kept.question.consent]
    done = [each for each in same if each.answer is not QuestionAnswer.NONE]
    if any(each.question == kept.question for each in done):
        raise InvalidInput(f"Question {kept.number} was answered already; ask its sender for another.")
    if any(each.question.use == kept.question.use for each in done):
        raise InvalidInput(
            f"Another question was answered for that look; let {kept.number} be, or have it asked again."
        )
    if len(done) >= most:
        raise InvalidInput(f"The terms allow {most} questions, and so many were answered; let this one be.")
    transaction.put(QUESTION, kept.name, replace(kept, answer=answer).to_json())
