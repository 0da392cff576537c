"""Commands of the claimant about questions: list them, see what an answer would tell, prove or refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamjar.cli import options, output
from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.cli.wallet.opening import NewKey, opened
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.consent.terms import Terms
    from jamjar.wallet.answering import AnswerPreview
    from jamjar.wallet.knowledge import Interval
    from jamjar.wallet.questions import ReceivedQuestion
    from jamjar.wallet.wallet import Wallet

commands = typer.Typer()

_PANEL: Final = "Showing"
_ANSWERS: Final = {"none": "none yet", "proven": "you proved it", "refused": "you refused"}
_NARROW: Final = "After this little is left to find out: the amounts are within a tenth of each other."


@commands.command("questions", rich_help_panel=_PANEL, epilog="Example: jamjar wallet questions --mailbox https://...")
def list_questions(
    context: typer.Context,
    mailbox: Annotated[
        str, typer.Option(envvar="JAMJAR_MAILBOX", help="Fetch letters from the mailbox at this address first.")
    ] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing; list what is in the vault.")] = False,
    as_json: options.Json = False,
) -> None:
    """List what advisers ask about figures that you do not show, each by its number, and what you answered."""
    from jamjar.wallet.mail import ClaimantMail
    from jamjar.wallet.questions import received_questions

    wallet, wrong = opened(context), tuple[str, ...]()
    if mailbox and not offline:
        mail = ClaimantMail(wallet, context.obj.ledger(), claimant_connections(wallet.deployment, mailbox, context.obj))
        _, wrong = mail.fetch()
    found = received_questions(wallet.vault)
    if as_json:
        output.print_json({"questions": [_row(each) for each in found], "not_to_be_relied_on": wrong})
    elif found:
        table = output.OutputTable("No.", "Who asks", "Whether", "Your answer", right=("No.",))
        for each in found:
            who = wallet.stored(each.question.consent).terms.recipient_name
            table.add(each.number, who, each.question.statement, _ANSWERS[each.answer.value])
        table.print()
        typer.echo("See what an answer would tell, and answer or not: jamjar wallet answer NUMBER.")
    else:
        typer.echo("No questions.")
    for sentence in wrong:
        output.print_error(sentence)
    raise typer.Exit(1 if wrong else 0)


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet answer 1 --mailbox https://...")
def answer(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The question's number in jamjar wallet questions.")],
    mailbox: options.MailboxAddress,
    refuse: Annotated[
        bool, typer.Option("--refuse", help="Send a refusal, which only its recipient can tell from an answer.")
    ] = False,
    new_key: NewKey = False,
    yes: options.Yes = False,
    as_json: options.Json = False,
) -> None:
    """See what the adviser will know after your answer, and prove that it is true, or refuse; only truth is proven."""
    from jamjar.wallet.answering import check_answerable, outlook, send_answer
    from jamjar.wallet.mail import ClaimantMail
    from jamjar.wallet.questions import numbered_question

    wallet, ledger = opened(context), context.obj.ledger()
    kept = numbered_question(wallet.vault, number)
    check_answerable(wallet, ledger, kept)
    expected = outlook(wallet, kept)
    _print(wallet, kept, expected, err=as_json)
    if not expected.is_true and not refuse:
        raise InvalidInput(
            f"This cannot be proven of your budget, so nothing was sent; refuse it with jamjar wallet answer {number}"
            " --refuse, or let it be."
        )
    ask = "Refuse? The adviser may guess why." if refuse else "Prove it to them? It cannot be taken back."
    if not options.agreed(ask, yes=yes):
        output.print_error("Nothing was sent.")
        raise typer.Exit(1)
    mail = ClaimantMail(wallet, ledger, claimant_connections(wallet.deployment, mailbox, context.obj))
    package = send_answer(wallet, ledger, mail, kept, prove=not refuse, new_key=new_key).hex()
    if as_json:
        output.print_json({"consent": kept.question.consent, "package": package, "proven": not refuse})
    else:
        typer.echo(f"{'Refused' if refuse else 'Proven'}, sealed. The package is {package}.")


def _print(wallet: Wallet, kept: ReceivedQuestion, expected: AnswerPreview, *, err: bool) -> None:
    from jamjar.disclosure.named_set import statement_words

    asked, terms = kept.question, wallet.stored(kept.question.consent).terms
    table = output.OutputTable("", "", title=f"{terms.recipient_name} (member {terms.recipient}) asks")
    table.add("whether", statement_words(asked.statement, terms.kinds))
    table.add("it is", "true of your budget" if expected.is_true else "false of your budget, or cannot be proven")
    if expected.is_true:
        for each in expected.told:
            after, before = (_interval_words(known, each.figures, terms) for known in (each.after, each.before))
            table.add("they will know", f"{each.what}: {after} (before: {before})")
        if expected.lines:
            table.add("and the lines", ", ".join(expected.lines))
        if expected.is_narrow:
            table.add("warning", _NARROW)
    table.add("and if you refuse", "that you refused, and not why")
    table.print(err=err)


def _interval_words(known: Interval, figures: tuple[tuple[int, str], ...], terms: Terms) -> str:
    from jamjar.disclosure.named_set import number_words

    return str(known) if known.is_pence else known.words(lambda number: number_words(number, figures, terms.kinds))


def _row(each: ReceivedQuestion) -> dict[str, object]:
    asked = each.question
    row: dict[str, object] = {"number": each.number, "came": each.came, "answer": each.answer.value}
    return row | {"consent": asked.consent, "id": asked.id.hex(), "asked": str(asked.statement), "use": asked.use}
