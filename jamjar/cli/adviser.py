"""Commands of an adviser: look on the record, answer, and delete in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import asking, counting, files, options, output, token_options
from jamjar.cli.desk import Keystore, desk, vouching
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.encoding.shown import minute, short, typed_beginning
from jamjar.errors import InvalidInput
from jamjar.model.status_words import STATUS
from jamjar.plan.entries import written

if TYPE_CHECKING:
    from jamjar.adviser.mail import AdviserMail
    from jamjar.adviser.seen import Seen

app = typer.Typer(
    no_args_is_help=True,
    help="The adviser's desk: every look is on the record first.",
    epilog="The options above come before the command: jamjar adviser --vault our.vault waiting",
)
app.add_typer(asking.commands)
DEFAULT_DESK = "~/.jamjar/desk.vault"
_WHOLE = 64


@app.callback()
def adviser(
    context: typer.Context,
    vault: options.VaultPlace = DEFAULT_DESK,
    passphrase_file: options.PassphraseFile = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
) -> None:
    """The adviser's desk: every look is on the record first."""
    context.obj = Locations(vault, passphrase_file, deployment, node)


Patience = Annotated[int, typer.Option(min=0, help="Seconds to wait for the look to be deep enough in the chain.")]
PackageName = Annotated[str, typer.Argument(help="The package's id, or its beginning.")]


@app.command(epilog="Example: jamjar adviser --vault our.vault create")
def create(context: typer.Context) -> None:
    """Create a vault with your member's encryption key, and print the public key, to register."""
    from jamjar.adviser.keys import make_encryption_key

    with context.obj.create_vault() as vault:
        typer.echo(make_encryption_key(vault).public_bytes.hex())


@app.command(epilog="Example: jamjar adviser key")
def key(context: typer.Context) -> None:
    """Print your member's public encryption key."""
    from jamjar.adviser.keys import encryption_key

    typer.echo(encryption_key(context.with_resource(context.obj.open_vault())).public_bytes.hex())


@app.command(epilog="Example: jamjar adviser waiting --account our.keystore --mailbox https://...")
def waiting(
    context: typer.Context,
    account: Keystore,
    mailbox: options.MailboxAddress,
    password_file: options.PasswordFile = None,
    as_json: options.Json = False,
) -> None:
    """List the packages for your member, oldest first: whose, when it was sent, looks left, whether you saw it."""
    from jamjar.adviser.waiting import waiting_packages

    opened = desk(context, account, password_file, mailbox)
    found = waiting_packages(opened.mailbox, opened.ledger, opened.vault)
    if as_json:
        output.print_json([asdict(each) for each in found])
        return
    if not found:
        typer.echo("Nothing waits.")
        return
    table = output.OutputTable("Package", "Client", "Sent (UTC)", "Looks left", "Seen", "Consent")
    for each in found:
        state = STATUS[each.status] if each.is_newest else "the budget was replaced since"
        client = each.label or short(each.consent)
        sent, seen = minute(each.sent_at), "yes" if each.seen else "no"
        table.add(short(each.name), client, sent, each.uses_left, seen, state)
    table.print()


@app.command(epilog="Example: jamjar adviser look 3fa94b --account our.keystore --mailbox https://... --advice a.txt")
def look(
    context: typer.Context,
    package: PackageName,
    account: Keystore,
    mailbox: options.MailboxAddress,
    password_file: options.PasswordFile = None,
    patience: Patience = 120,
    mine: counting.Mine = False,
    advice: Annotated[Path | None, typer.Option(help="Answer at once with the advice in this text file.")] = None,
    admitter: token_options.Admitters = None,
    tokens: token_options.Tokens = None,
    yes: options.Yes = False,
    as_json: options.Json = False,
) -> None:
    """Record that you look, then look. What may only be viewed is not written anywhere; what is kept costs no look."""
    from jamjar.adviser.behind import BEHIND
    from jamjar.adviser.seen import LookedAlready

    text = None if advice is None else _advice(advice)  # first: a file that is not there costs no look
    opened = desk(context, account, password_file, mailbox)
    mail = opened.mail
    mail.vouched = vouching(tokens, admitter)(opened.ledger)
    name = package if len(package) == _WHOLE else _named(package, mail.waiting())
    with counting.BlockWait(options.web_address(context.obj.node, "node"), patience, mine=mine) as line:

        def wait(blocks: int) -> bool:
            if blocks == BEHIND:
                return line.wait("Your node does not have what is looked at yet.")
            what = "some more blocks" if blocks == 0 else "1 more block" if blocks == 1 else f"{blocks} more blocks"
            return line.wait(f"The look is recorded; {what} must follow it.")

        try:
            seen = mail.look(name, wait)
        except LookedAlready:
            if not options.agreed("You looked at this already. Look again, for another of its uses?", yes=yes):
                output.print_error("Nothing was recorded.")
                raise typer.Exit(1) from None
            seen = mail.look(name, wait, again=True)
    _print(seen, as_json)
    if text is not None:
        _advise(mail, seen, text)


@app.command(epilog="Example: jamjar adviser kept --account our.keystore --mailbox https://... 3fa94b")
def kept(
    context: typer.Context,
    account: Keystore,
    mailbox: options.MailboxAddress,
    package: Annotated[str, typer.Argument(help="Print this package's figures; its id, or its beginning.")] = "",
    password_file: options.PasswordFile = None,
    as_json: options.Json = False,
) -> None:
    """List what you may keep, and until when; or print the figures of one of them."""
    from jamjar.adviser.clients import clients

    opened = desk(context, account, password_file, mailbox)
    found = opened.mail.kept()
    if package:
        _print(found[_named(package, found)], as_json)
    elif as_json:
        rows = [
            {"package": name, "consent": seen.disclosure.consent, "keep_until": seen.keep_until}
            for name, seen in found.items()
        ]
        output.print_json(rows)
    else:
        known, table = clients(opened.vault), output.OutputTable("Package", "Client", "Until (UTC)")
        for name, seen in found.items():
            client = known.get(seen.disclosure.consent)
            called = client.label if client and client.label else short(seen.disclosure.consent)
            table.add(short(name), called, minute(seen.keep_until))
        table.print()


@app.command(epilog="Example: jamjar adviser advise 3fa94b a.txt --account our.keystore --mailbox https://...")
def advise(
    context: typer.Context,
    package: Annotated[str, typer.Argument(help="The id, or its beginning, of a package that is kept.")],
    advice: Annotated[Path, typer.Argument(help="The advice, a text file.")],
    account: Keystore,
    mailbox: options.MailboxAddress,
    password_file: options.PasswordFile = None,
) -> None:
    """Record advice on the ledger, and send it sealed to the claimant."""
    text = _advice(advice)
    mail = desk(context, account, password_file, mailbox).mail
    found = mail.kept()
    _advise(mail, found[_named(package, found)], text)


@app.command(epilog="Example, once a day: jamjar adviser expire --account our.keystore --mailbox https://...")
def expire(
    context: typer.Context,
    account: Keystore,
    mailbox: options.MailboxAddress,
    password_file: options.PasswordFile = None,
) -> None:
    """Delete what has expired, inform the claimants, and send what could not be sent before."""
    mail = desk(context, account, password_file, mailbox).mail
    gone = mail.expire(context.obj.ledger().time())
    typer.echo(f"{len(gone)} deleted; signed statements went to the claimants." if gone else "Nothing is due.")


def _named(beginning: str, names: Iterable[str]) -> str:
    wanted = typed_beginning(beginning)
    found = [name for name in names if wanted and name.startswith(wanted)]
    if len(found) != 1:
        raise InvalidInput(
            f"{len(found) or 'No'} packages begin with {beginning[:_WHOLE]!r}; see jamjar adviser waiting, or kept."
            " Answer one that may only be viewed while you look, with look --advice."
        )
    return found[0]


def _advice(file: Path) -> str:
    from jamjar.disclosure.advice import MAX_CHARACTERS, Advice

    text = files.text(file, "advice", 4 * MAX_CHARACTERS)
    Advice(text, bytes(31) + b"\1")  # raises for invalid text before anything is recorded
    return text


def _advise(mail: AdviserMail, seen: Seen, text: str) -> None:
    mail.advise(seen, text)
    typer.echo("The advice is on the ledger, as a digest, and sent.", err=True)


def _print(seen: Seen, as_json: bool) -> None:
    from jamjar.disclosure.named_set import statement_words, value_words

    answer = seen.opened.answer
    if as_json:
        record: dict[str, object] = {"consent": seen.disclosure.consent, "figures": dict(seen.figures)}
        if seen.values:
            record["values"] = {name: value_words(value) for name, value in seen.values.items()}
        if answer is not None:
            asked = answer.question
            record |= {"question": asked.id.hex(), "asked": str(asked.statement), "proven": seen.is_proven}
        output.print_json(record | {"keep_until": seen.keep_until})
        return
    if answer is not None:
        said = "Proven" if seen.is_proven else "Not answered; that says neither yes nor no"
        typer.echo(f"{said}: {statement_words(answer.question.statement, seen.disclosure.terms.kinds)}.")
    table = output.OutputTable("Entry", "Figure", right=("Figure",))
    for name, value in seen.figures.items():
        table.add(name, written(name, value))
    for name, found in seen.values.items():
        table.add(name, value_words(found))
    table.print()
    until = f"It is kept, encrypted, until {minute(seen.keep_until)} UTC."
    typer.echo(until if seen.keep_until else "You may look, and keep nothing.")
