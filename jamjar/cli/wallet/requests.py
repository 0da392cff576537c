"""Commands of the claimant about what advisers ask for: list it, agree to it, refuse it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamjar.cli import files, options, output
from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.cli.output import print_signed
from jamjar.cli.wallet.consents import PANEL
from jamjar.cli.wallet.opening import NewKey, Offline, opened, opened_vault
from jamjar.cli.wallet.request_output import answer, print_request, row, utc_day
from jamjar.consent.purpose import ALLOWED_PURPOSES
from jamjar.consent.schedule import LENGTHS, RECONFIRMATIONS, USES, Begin
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.consent.request import SignedConsentRequest
    from jamjar.vault.vault import Vault

commands = typer.Typer()

RequestName = Annotated[
    str, typer.Argument(metavar="REQUEST", help="The request's number in jamjar wallet requests, or its file.")
]
_STDIN: Final = "-"
_LENGTHS: Final = ", ".join(map(str, LENGTHS))
_USES: Final = ", ".join(map(str, USES))
_BETWEEN: Final = " or ".join(map(str, RECONFIRMATIONS))
_UNUSUAL: Final = (
    "The ledger shows for how long and how many uses you agreed, and few others choose the same: consents of yours "
    "that share them are seen to be one person's."
)


@commands.command("requests", rich_help_panel=PANEL, epilog="Example: jamjar wallet requests --mailbox https://...")
def list_requests(
    context: typer.Context,
    file: Annotated[
        list[str] | None, typer.Argument(help="Take in requests from these files; - for a scanned code.")
    ] = None,
    mailbox: Annotated[
        str, typer.Option(envvar="JAMJAR_MAILBOX", help="Fetch letters from the mailbox at this address first.")
    ] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing; list what is in the vault.")] = False,
    as_json: options.Json = False,
) -> None:
    """List what advisers ask you for, each by its number; files and letters are taken in first."""
    from jamjar.wallet.requests import receive, received

    given = [_read(name) for name in file or []]  # all of them first, so that a damaged one stops the command
    if mailbox and not offline and not given:
        vault, wrong = _fetched(context, mailbox)
    else:
        vault, wrong = opened_vault(context), ()
    with vault.writing() as transaction:
        for signed in given:
            receive(transaction, signed, int(time.time()))
    found = received(vault)
    if as_json:
        output.print_json({"requests": [row(each) for each in found], "not_to_be_relied_on": wrong})
    elif found:
        table = output.OutputTable("No.", "Who asks", "What for", "Looks", "Days", "Your answer", right=("No.",))
        for each in found:
            asked = each.request
            purpose, times = ALLOWED_PURPOSES[asked.purpose], (asked.looks, asked.days)
            table.add(each.number, asked.recipient_name, purpose, *times, answer(each))
        table.print()
        typer.echo("Read one, and agree or not: jamjar wallet grant NUMBER; refuse it: jamjar wallet refuse NUMBER.")
    else:
        typer.echo("No requests.")
    for sentence in wrong:
        output.print_error(sentence)
    raise typer.Exit(1 if wrong else 0)


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet grant 1 --looks 1")
def grant(
    context: typer.Context,
    request: RequestName,
    looks: Annotated[
        int | None, typer.Option(min=1, help=f"Agree to fewer looks than are asked for: {_USES}.", show_default=False)
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(min=2, help=f"Let it end sooner than is asked for: {_LENGTHS} days.", show_default=False),
    ] = None,
    reconfirm_days: Annotated[
        int | None,
        typer.Option(min=1, help=f"Confirm it again more often: every {_BETWEEN} days.", show_default=False),
    ] = None,
    begin: Annotated[
        Begin,
        typer.Option(help="It begins at the next midnight (UTC) or full hour, or in five minutes: for a meeting."),
    ] = Begin.MIDNIGHT,
    unusual: Annotated[
        bool, typer.Option("--unusual", help="Take other looks or days than those, which single you out.")
    ] = False,
    yes: options.Yes = False,
    as_json: options.Json = False,
    offline: Offline = False,
    new_key: NewKey = False,
) -> None:
    """Read what an adviser asks for, and agree to it, or to less: sign a new consent."""
    from jamjar.wallet.granting import agreement, check_usual, sign_agreement

    wallet = opened(context)
    signed_request = _named(wallet.vault, request)
    asked = signed_request.request
    limits = asked.lowered(looks=looks, days=days, reconfirm_days=reconfirm_days)
    check_usual(limits, unusual=unusual)
    now = context.obj.now(offline=offline)
    asked.check_day(utc_day(now))
    if offline:
        typer.echo("No node was asked whether the recipient's number, name and key belong together.", err=True)
    ledger = None if offline else context.obj.ledger()
    agreed = agreement(wallet, signed_request, limits, now, ledger, begin=begin, unusual=unusual, new_key=new_key)
    times = agreed.times
    print_request(asked, limits, times, err=as_json)
    for sentence in (_UNUSUAL if unusual else "", begin.reveals):
        if sentence:
            typer.echo(sentence, err=True)
    if not options.agreed(f"Do you agree, to {limits.looks} looks within {limits.days} days?", yes=yes):
        output.print_error(f"Nothing was signed; to keep your refusal in your vault: jamjar wallet refuse {request}.")
        raise typer.Exit(1)
    signed = sign_agreement(wallet, agreed, lambda: context.obj.now(offline=offline))
    if as_json:
        output.print_json(
            {"consent": signed.message.consent, "carry_before": times.valid_from, "until": times.valid_until}
        )
        return
    print_signed(signed)
    typer.echo(f"It begins, and has to be carried before, {output.clock(times.valid_from)}.")


@commands.command("refuse", rich_help_panel=PANEL, epilog="Example: jamjar wallet refuse 1")
def refuse_request(context: typer.Context, request: RequestName) -> None:
    """Record a refusal in your vault, and nowhere else."""
    from jamjar.wallet.granting import refuse_asked

    vault, now = opened_vault(context), int(time.time())
    name = refuse_asked(vault, _named(vault, request), now)
    typer.echo(f"Your refusal is recorded in your vault as {name}. Nobody else can see it.")


def _named(vault: Vault, name: str) -> SignedConsentRequest:
    """Return the request of a number, or the one in a file; raises InvalidInput for one that was answered."""
    from jamjar.wallet.requests import numbered, received

    if name.isascii() and name.isdigit():
        kept = numbered(vault, int(name[:9]))
        kept.check_unanswered()
        return kept.signed
    signed = _read(name)
    for each in received(vault):
        if each.request == signed.request:
            each.check_unanswered()
    return signed


def _read(name: str) -> SignedConsentRequest:
    from jamjar.consent.request import MAX_BYTES, SignedConsentRequest

    if name == _STDIN:
        return SignedConsentRequest.from_json(sys.stdin.read(MAX_BYTES + 1))
    try:
        return SignedConsentRequest.from_json(files.text(Path(name), "request", MAX_BYTES))
    except InvalidInput as error:
        about = str(error)
        raise InvalidInput(about if about.startswith(name) else f"{name}: {about}") from None


def _fetched(context: typer.Context, mailbox: str) -> tuple[Vault, tuple[str, ...]]:
    """Fetch all letters, and return the vault, and a sentence for each that is not reliable."""
    from jamjar.wallet.mail import ClaimantMail

    wallet = opened(context)
    mail = ClaimantMail(wallet, context.obj.ledger(), claimant_connections(wallet.deployment, mailbox, context.obj))
    new, wrong = mail.fetch()
    if new:
        typer.echo(f"Other letters came, too: {len(new)}. Read them with jamjar wallet inbox --offline.", err=True)
    return wallet.vault, wrong
