"""The questions of an adviser's desk: made for one use, remembered until their answers come, each answered once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from jamjar.adviser.clients import Client
from jamjar.disclosure import answer as answers
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.question import Question, SignedQuestion, sign_question
from jamjar.disclosure.statement import BudgetStatement
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.protocol.events import ConsentUsed
from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Commit
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.ledger.ledger import Ledger

QUESTION: Final = "question"
"""The kind of the records of questions, by the consent and the question's id."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that this desk asked, and whether its answer was looked at; the answer is not remembered."""

    question: Question = field(repr=False)
    is_answered: bool


def asked_questions(vault: Vault) -> tuple[AskedQuestion, ...]:
    """Return the questions that this desk asked of its clients, by consent and use, the latest first."""
    with vault.reading() as transaction:
        records = [_read(value) for _, value in transaction.all(QUESTION)]
    found = [AskedQuestion(Question.from_fields(each["question"]), each["answered"]) for each in records]
    return tuple(sorted(found, key=lambda each: (each.question.consent, -each.question.use)))


def make_question(
    ledger: Ledger, account: LocalAccount, client: Client, statement: BudgetStatement, random: bytes
) -> SignedQuestion:
    """Return a signed question about a client's newest budget, whose answer is the next use; `random` is its id.

    Raises InvalidInput when no use is left.
    """
    domain, state = ledger.deployment.domain_of(Commit), ledger.consent(client.consent)
    if state.uses >= state.max_uses:
        raise InvalidInput("No look is left under the consent, and an answer takes one; ask for another consent.")
    question = Question(
        id=random,
        chain_id=domain.chain_id,
        contract=domain.contract,
        consent=client.consent,
        root=ledger.head_of(client.consent),
        recipient=ledger.member_of(account),
        use=state.uses + 1,
        statement=statement,
    )
    return sign_question(question, AccountSigner(account), domain)


def remember_question(transaction: VaultTransaction, question: Question) -> None:
    """Remember a question until the consent's record goes."""
    _put(transaction, question, answered=False)


def check_answer(vault: Vault, ledger: Ledger, answer: StatementAnswer) -> None:
    """Check an answer whose disclosure was verified: this desk asked, for this use, and what is stated is proven.

    Raises VerificationFailed, which names what does not hold; then rely on none of it.
    """
    asked = answer.question
    with vault.reading() as transaction:
        record = transaction.get(QUESTION, _name(asked))
        records = [_read(value) for name, value in transaction.all(QUESTION) if name.startswith(asked.consent)]
    if record is None or _read(record)["question"] != asked.fields():
        raise VerificationFailed("The answer is to a question that this desk did not ask; do not rely on it.")
    if any(each["answered"] and each["question"]["use"] == asked.use for each in records if each != _read(record)):
        raise VerificationFailed("Another question was answered for that look; ask again for another look.")
    uses = [each for each in ledger.events("ConsentUsed", asked.consent) if isinstance(each, ConsentUsed)]
    taken = uses[asked.use - 1 : asked.use]
    if not any(use.commitment == asked.root and use.recipient == asked.recipient for use in taken):
        raise VerificationFailed("The answer is for a look that is not on the record; look again, or ask again.")
    if not answers.may_ask(asked, answer.shown.terms.asks):
        raise VerificationFailed("The terms do not allow the question that was asked; do not ask it again.")
    answer.verify()


def record_answered(transaction: VaultTransaction, question: Question) -> None:
    """Record that a question was answered, proven or refused."""
    _put(transaction, question, answered=True)


def forget_questions(transaction: VaultTransaction, consent: str) -> None:
    """Delete the questions under a consent."""
    for name, _ in tuple(transaction.all(QUESTION)):
        if name.startswith(consent):
            transaction.delete(QUESTION, name)


def _put(transaction: VaultTransaction, question: Question, *, answered: bool) -> None:
    record = {"question": question.fields(), "answered": answered}
    transaction.put(QUESTION, _name(question), strict_json.dumps(record).encode())


def _name(question: Question) -> str:
    return f"{question.consent}/0x{question.id.hex()}"


def _read(value: bytes) -> dict[str, Any]:
    record: dict[str, Any] = strict_json.loads(value.decode(), "A question's record")
    return record
