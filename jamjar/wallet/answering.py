"""Answers to recipients' questions: what one would tell, and sending it, proven or refused."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from jamjar.disclosure import answer as answers
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.statement import BudgetStatement, Relation, sum_words
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.plan.entries import PERIOD
from jamjar.vault.transaction import VaultTransaction
from jamjar.wallet.knowledge import Interval, Knowledge
from jamjar.wallet.questions import QuestionAnswer, ReceivedQuestion, received_questions, record_answer
from jamjar.wallet.stored import Also, StoredCommitment, StoredConsent
from jamjar.wallet.wallet import COMMITMENT, CONSENT, DISCLOSED, Wallet, record_name

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.wallet.mail import ClaimantMail

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Told:
    """What a recipient knows of a sum, or a figure, before an answer and after it; `figures` are signs and names."""

    figures: tuple[tuple[int, str], ...]
    before: Interval
    after: Interval

    @property
    def what(self) -> str:
        """The sum in words, by the figures' names."""
        return sum_words(self.figures)


@dataclass(frozen=True, slots=True)
class Known:
    """What a recipient can work out of a sum, or a figure, from all that it was shown and told of the same days."""

    figures: tuple[tuple[int, str], ...]
    interval: Interval


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """What a true answer to a question would tell.

    is_true  whether the statement can be proven of the budget; where not, the only answer is a refusal
    told     the sum that is asked about first, then each figure of which more becomes known
    lines    the lines that the answer names, of a total that is asked about
    """

    is_true: bool
    told: tuple[Told, ...]
    lines: tuple[str, ...]

    @property
    def is_narrow(self) -> bool:
        """Whether little is left to find out of something that becomes better known."""
        return any(each.after.is_narrow and each.after != each.before for each in self.told)


def check_answerable(wallet: Wallet, ledger: Ledger, kept: ReceivedQuestion) -> None:
    """Raise InvalidInput unless a question can be answered: about the newest budget, the next use, within the terms."""
    asked, who = kept.question, wallet.stored(kept.question.consent).terms.recipient_name
    if kept.answer is not QuestionAnswer.NONE:
        raise InvalidInput(f"Question {kept.number} was answered already; ask {who} for another.")
    if asked.root != wallet.head_of(asked.consent):
        raise InvalidInput(f"Question {kept.number} is about a budget that you replaced; ask {who} for another.")
    if not answers.may_ask(asked, wallet.stored(asked.consent).terms.asks):
        raise InvalidInput(f"You did not agree to question {kept.number}; let it be, and ask {who} why it was asked.")
    if asked.use != ledger.consent(asked.consent).uses + 1:
        raise InvalidInput(f"Question {kept.number} is for a look that was taken already; ask {who} for another.")


def outlook(wallet: Wallet, kept: ReceivedQuestion) -> AnswerPreview:
    """Return what a true answer to a question would tell, with what its recipient was told of the same days before."""
    asked, statement = kept.question, kept.question.statement
    committed = wallet.committed(asked.consent)
    values = {name: value for name, (value, _) in committed.secrets.items()}
    shown, told = _told(wallet, asked.consent, values)
    before, after = Knowledge(values, shown, told), Knowledge(values, shown, (*told, statement))
    terms = wallet.stored(asked.consent).terms
    lines = tuple(name for _, name in statement.terms_of(values)[1:]) if _names_lines(statement) else ()
    is_true = statement.is_provable(values) and all(map(terms.concerns, lines))
    found = [Told(statement.figures, before.of(statement), after.of(statement))]
    figures = {name for _, name in statement.figures if len(statement.figures) > 1} | set(lines)
    found += [Told(((1, name),), before.figure(name), after.figure(name)) for name in sorted(figures)]
    return AnswerPreview(
        is_true, tuple(each for i, each in enumerate(found) if i == 0 or each.before != each.after), lines
    )


def known(wallet: Wallet, consent: str) -> tuple[Known, ...]:
    """Return what a consent's recipient knows by answers, of the newest budget's days: sums first, then each figure.

    A figure is among them if an answer was about it, alone or in a sum.
    """
    if not any(wallet.head_of(consent)):
        return ()
    values = {name: value for name, (value, _) in wallet.committed(consent).secrets.items()}
    shown, told = _told(wallet, consent, values)
    knowledge = Knowledge(values, shown, told)
    sums = {each.figures: Known(each.figures, knowledge.of(each)) for each in told if len(each.figures) > 1}
    names = {name for each in told for _, name in each.terms_of(values)}
    return (*sums.values(), *(Known(((1, name),), knowledge.figure(name)) for name in sorted(names)))


def open_questions(wallet: Wallet) -> tuple[ReceivedQuestion, ...]:
    """Return the questions that were not answered and are about the newest budget under their consent."""
    heads = {consent: wallet.head_of(consent) for consent in wallet.consents()}
    return tuple(
        each
        for each in received_questions(wallet.vault)
        if each.answer is QuestionAnswer.NONE and heads.get(each.question.consent) == each.question.root
    )


def send_answer(
    wallet: Wallet, ledger: Ledger, mail: ClaimantMail, kept: ReceivedQuestion, *, prove: bool, new_key: bool = False
) -> bytes:
    """Send the answer to a question, proven or refused, and return the package's id; `new_key` is as for `show`.

    Raises InvalidInput, and sends nothing, where it cannot be answered, or is to be proven and is not true.
    """

    def send(made: StatementAnswer, also: Also) -> bytes:
        return mail.send_sealed(made, new_key=new_key, also=also)

    return give_answer(wallet, ledger, kept, send, prove=prove)


def give_answer(
    wallet: Wallet, ledger: Ledger, kept: ReceivedQuestion, give: Callable[[StatementAnswer, Also], _T], *, prove: bool
) -> _T:
    """Return what `give` does of the answer; `give` calls its second argument in a transaction of the vault first.

    Raises InvalidInput, and gives nothing, as `send_answer` does.
    """
    check_answerable(wallet, ledger, kept)
    asked = kept.question
    terms, shown = wallet.stored(asked.consent).terms, wallet.disclose(asked.consent, ())
    is_true = outlook(wallet, kept).is_true  # for a refusal, too, which is as much work
    if not prove:
        made = answers.refuse(shown, asked, secrets.token_bytes)
    elif is_true:
        made = answers.answer(shown, asked, wallet.committed(asked.consent), secrets.token_bytes)
    else:
        raise InvalidInput(
            f"What question {kept.number} asks cannot be proven of your budget, so nothing was sent; refuse it instead."
        )
    answer = QuestionAnswer.PROVEN if prove else QuestionAnswer.REFUSED

    def record(transaction: VaultTransaction, _: str) -> None:
        record_answer(transaction, kept, answer, terms.questions)

    return give(made, record)


def _names_lines(statement: BudgetStatement) -> bool:
    return statement.relation is Relation.SUM_OF_LINES


def _told(wallet: Wallet, consent: str, values: dict[str, int]) -> tuple[set[str], list[BudgetStatement]]:
    """Return what a consent's recipient was shown and told, under any consent to it, of the days of these values.

    What was said of another commitment to the same days counts where it is true of these values, too.
    """
    recipient = wallet.stored(consent).terms.recipient
    with wallet.vault.reading() as transaction:
        stored = ((each, StoredConsent.from_json(record)) for each, record in transaction.all(CONSENT))
        theirs = {each for each, kept in stored if kept.terms.recipient == recipient}
        earlier = _earlier(transaction, theirs, {name: values[name] for name in PERIOD if name in values})
        shown = set[str]()
        for name, value in transaction.all(DISCLOSED):
            record = strict_json.loads(value.decode(), "A disclosure")
            then = earlier.get(record_name(name.partition("/")[0], bytes.fromhex(record["root"])), {})
            shown |= {each for each in record["names"] if each in then and then[each] == values.get(each)}
    told = [
        each.question.statement
        for each in received_questions(wallet.vault)
        if each.answer is QuestionAnswer.PROVEN
        and record_name(each.question.consent, each.question.root) in earlier
        and each.question.statement.is_provable(values)
    ]
    return shown, told


def _earlier(transaction: VaultTransaction, consents: set[str], days: dict[str, int]) -> dict[str, dict[str, int]]:
    """Return the figures of each commitment under these consents to a budget of these days, by the record's name."""
    found = dict[str, dict[str, int]]()
    for name, plan in transaction.all(COMMITMENT):
        if name.partition("/")[0] in consents:
            figures = {entry.name: entry.value for entry in StoredCommitment.from_json(plan).entries}
            if days.items() <= figures.items():
                found[name] = figures
    return found
