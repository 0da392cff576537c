"""Commands of the claimant about showing: disclose, letters, looks, and records of consents and of refusals."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, cast

import typer

from jamjar.cli import options, output
from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.cli.output import print_signed
from jamjar.cli.wallet.consent_events import events_of
from jamjar.cli.wallet.opening import ConsentName, NewKey, named, opened, opened_vault
from jamjar.cli.wallet.receipts import Log, Policy, fetch_too
from jamjar.encoding.shown import minute, short, typed_beginning
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.wallet.mail import ClaimantMail
    from jamjar.wallet.wallet import Wallet

commands = typer.Typer()

_PANEL = "Showing"


@commands.command(
    rich_help_panel=_PANEL, epilog="Example: jamjar wallet disclose --mailbox https://... 0x1234 fixed.home.rent"
)
def disclose(
    context: typer.Context,
    consent: ConsentName,
    mailbox: options.MailboxAddress,
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Jars and totals, such as fixed.home.rent; none, to be asked questions about the budget."),
    ] = None,
    new_key: NewKey = False,
    as_json: options.Json = False,
) -> None:
    """Show the recipient these figures, sealed: they open only after the look is on the record."""
    from jamjar.wallet.mail import ClaimantMail

    wallet = opened(context)
    chosen = named(wallet, consent)
    mail = ClaimantMail(wallet, context.obj.ledger(), claimant_connections(wallet.deployment, mailbox, context.obj))
    package = mail.show(chosen, names or (), new_key=new_key).hex()
    if as_json:
        output.print_json({"consent": chosen, "package": package})
    else:
        typer.echo(f"Sent, sealed. The package is {package}.")


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet inbox --mailbox https://...")
def inbox(
    context: typer.Context,
    mailbox: Annotated[str, typer.Option(envvar="JAMJAR_MAILBOX", help="The mailbox's address.")] = "",
    log: Log = "",
    policy: Policy = None,
    as_json: options.Json = False,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing; list what is in the vault.")] = False,
) -> None:
    """Fetch the recipients' replies, and list all of them; send what could not be sent before."""
    from jamjar.wallet.mail import ClaimantMail
    from jamjar.wallet.questions import received_questions
    from jamjar.wallet.requests import received

    if not mailbox and not offline:
        raise InvalidInput("No mailbox is named; name it with --mailbox, or list what is in the vault with --offline.")
    wallet = opened(context)
    mail, wrong = _letters(wallet), tuple[str, ...]()
    if not offline:
        mail = ClaimantMail(wallet, context.obj.ledger(), claimant_connections(wallet.deployment, mailbox, context.obj))
        mail.send()
        before, asked = len(received(wallet.vault)), len(received_questions(wallet.vault))
        _, wrong = mail.fetch()
        if len(received(wallet.vault)) > before:
            typer.echo("Somebody asks you for something: list it with jamjar wallet requests --offline.", err=True)
        if len(received_questions(wallet.vault)) > asked:
            typer.echo("An adviser asks you a question: list it with jamjar wallet questions --offline.", err=True)
    letters = mail.letters()
    if as_json:
        rows = [
            {
                "number": number,
                "consent": each.consent,
                "advice": each.digest.hex(),
                "text": each.text,
                "deleted_at": each.deleted_at,
            }
            for number, each in enumerate(letters, 1)
        ]
        output.print_json({"letters": rows, "not_to_be_relied_on": wrong})
    elif letters:
        table = output.OutputTable("No.", "Consent", "What", "Text", right=("No.",))
        for number, each in enumerate(letters, 1):
            day = time.strftime("%Y-%m-%d", time.gmtime(each.deleted_at))
            text = each.text or f"Signed statement that what it was shown was deleted on {day}."
            table.add(number, short(each.consent), "advice" if each.digest else "deletion", text)
        table.print()
    else:
        typer.echo("No letters.")
    for sentence in wrong:
        output.print_error(sentence)
    if not offline:
        fetch_too(wallet, log, policy)
    raise typer.Exit(1 if wrong else 0)


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet acknowledge 1")
def acknowledge(
    context: typer.Context, number: Annotated[int, typer.Argument(help="The advice's number in the inbox.")]
) -> None:
    """Sign that you received a piece of advice."""
    mail = _letters(opened(context))
    letters = mail.letters()
    if not 1 <= number <= len(letters):
        raise InvalidInput(f"There is no letter {number}; list them with jamjar wallet inbox.")
    print_signed(mail.acknowledge(letters[number - 1]))


@commands.command("looks", rich_help_panel=_PANEL, epilog="Example: jamjar wallet looks || echo 'ask your adviser'")
def show_looks(context: typer.Context, log: Log = "", policy: Policy = None, as_json: options.Json = False) -> None:
    """List who looked at what, and when; exit status 1 when you did not expect a look."""
    from jamjar.wallet.access_log import access_log

    wallet, ledger = opened(context), context.obj.ledger()
    found = [(each, ledger.time(each.block)) for each in access_log(wallet, ledger)]
    if as_json:
        output.print_json(
            [
                {
                    "consent": look.consent,
                    "member": look.recipient,
                    "commitment": look.commitment.hex(),
                    "block": look.block,
                    "time": at,
                    "expected": look.is_expected,
                }
                for look, at in found
            ]
        )
    elif found:
        table = output.OutputTable("Consent", "Who", "Budget of", "When (UTC)", "Expected")
        for look, at in found:
            expected = "yes" if look.is_expected else "NO: you showed this budget less often"
            who = wallet.stored(look.consent).terms.recipient_name
            budget = f"{look.period.start} to {look.period.end}" if look.period else look.set_id or "none of yours"
            table.add(short(look.consent), who, budget, minute(at), expected)
        table.print()
    else:
        typer.echo("Nobody has looked.")
    fetch_too(wallet, log, policy)
    if not all(look.is_expected for look, _ in found):
        output.print_error(
            "Somebody looked more often than you showed; ask them, or end the consent with jamjar wallet withdraw."
        )
        raise typer.Exit(1)


@commands.command("refusals", rich_help_panel=_PANEL, epilog="Example: jamjar wallet refusals --json")
def show_refusals(context: typer.Context, as_json: options.Json = False) -> None:
    """List your refusals; jamjar wallet record prints the record of one."""
    from jamjar.wallet.refusals import refused_terms

    found = refused_terms(opened_vault(context))
    if as_json:
        output.print_json([{"name": e.name, "at": e.at, "recipient": e.terms.recipient_name} for e in found])
        return
    table = output.OutputTable("Name", "When (UTC)", "Who asked")
    for each in found:
        table.add(short(each.name), minute(each.at), each.terms.recipient_name)
    table.print(empty="No refusals.")


@commands.command(
    "record",
    rich_help_panel=_PANEL,
    epilog="Example: jamjar wallet record 0x1234 --address '1 High Street, Leeds' --contact help@advice.example",
)
def show_record(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The consent's address, or a refusal's name, or its beginning.")],
    address: Annotated[str, typer.Option(help="The postal address of the party that asked.")],
    contact: Annotated[str, typer.Option(help="The contact of the party that asked.")],
    country: Annotated[str, typer.Option(help="Its country, ISO 3166-1, such as GB.")] = "GB",
    receipt: Annotated[bool, typer.Option("--receipt", help="The receipt, with the terms in words.")] = False,
) -> None:
    """Print the record or receipt, after ISO/IEC TS 27560, of a consent or refusal: JSON-LD, each step with its event.

    A refusal is on no ledger: its record is made only from your vault.
    """
    from jamjar.consent import record
    from jamjar.consent.parties import Controller, Registries
    from jamjar.wallet.refusals import refused_terms

    controller = Controller(address, contact, country)
    wallet = opened(context)
    at = wallet.deployment
    registries = Registries(at.chain_id, at.consent_registry.address, at.consortium.address)
    wanted = typed_beginning(name)
    found = [each for each in refused_terms(wallet.vault) if wanted and each.name.startswith(wanted)]
    if len(found) == 1 and not wanted.startswith("0x"):
        made = found[0].record(registries, controller)
    elif len(found) > 1:
        raise InvalidInput(f"{len(found)} refusals begin with {name[:42]!r}; type more of it.")
    else:
        chosen, ledger = named(wallet, name), context.obj.ledger()
        events, times = events_of(ledger, chosen)
        made = record.record(
            registries,
            controller,
            chosen,
            terms=wallet.stored(chosen).terms,
            salt=wallet.terms_salt(chosen),
            events=events,
            times=times,
            now=ledger.time(),
        )
    output.print_json(record.receipt(made) if receipt else made)


def _letters(wallet: Wallet) -> ClaimantMail:
    """Return the letters in the vault, which need neither ledger nor mailbox to be listed and acknowledged."""
    from jamjar.wallet.mail import ClaimantMail

    return ClaimantMail(wallet, cast("Ledger", None), claimant_connections(wallet.deployment, ""))
