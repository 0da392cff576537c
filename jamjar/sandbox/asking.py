"""A question about what is not shown, asked and answered in one program: all that happens by the mailbox, but it."""

import secrets

from jamjar.adviser.clients import Client
from jamjar.adviser.desk import Desk
from jamjar.adviser.questions import make_question
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.statement import BudgetStatement
from jamjar.protocol.typed_data import Commit
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.network import SampleNetwork
from jamjar.wallet.answering import give_answer, outlook
from jamjar.wallet.questions import check_question, receive_question
from jamjar.wallet.stored import Also


def ask(consortium: SampleNetwork, claimant: Claimant, consent: str, statement: BudgetStatement) -> bool:
    """Ask a claimant, as the consent's recipient, whether a statement is true; return whether that is proven.

    The answer takes a use of the consent, also where the claimant refuses because it is not true: then False.

    Raises InvalidInput where the terms do not allow the question, or no use is left, and VerificationFailed unless
    the consent is live and the proof holds.
    """
    wallet, ledger = claimant.wallet, consortium.ledger
    account = consortium.key(wallet.stored(consent).terms.recipient)
    desk = Desk(ledger, account, secrets.token_bytes)
    desk.check_live(consent)
    signed = make_question(ledger, account, Client(consent), statement, secrets.token_bytes(32))

    check_question(ledger, signed, ledger.deployment.domain_of(Commit))
    with wallet.vault.writing() as transaction:
        kept = receive_question(transaction, signed, ledger.time())

    def by_hand(made: StatementAnswer, also: Also) -> StatementAnswer:
        with wallet.vault.writing() as transaction:
            also(transaction, consent)
        return StatementAnswer.from_json(made.to_json())

    answer = give_answer(wallet, ledger, kept, by_hand, prove=outlook(wallet, kept).is_true)

    desk.use(consent)
    desk.verify(answer.shown)
    return answer.verify()
