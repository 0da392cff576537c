"""Commands of the claimant about tokens: have an admitter vouch for consents that are made ahead."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated, Final

import typer

from jamjar.cli import files, options, output
from jamjar.cli.wallet.opening import opened
from jamjar.encoding.shown import minute
from jamjar.errors import InvalidInput

commands = typer.Typer()
enrol = typer.Typer(
    no_args_is_help=True, help="Tokens, by which a sponsor vouches for you and cannot tell for which consents."
)
commands.add_typer(enrol, name="enrol", rich_help_panel="Tokens")
_MOST: Final = 64 * 1024


@enrol.command(epilog="Example: jamjar wallet enrol ask --admitter 4 request.json")
def ask(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Write the request into this new file, and bring it to the sponsor.")],
    admitter: Annotated[int, typer.Option(min=1, help="The sponsor's number.")],
    now: Annotated[bool, typer.Option("--now", help="Ask before the time that was drawn for this wallet.")] = False,
) -> None:
    """Ask a sponsor for this month's tokens, all at once, at a time of the first week that is drawn by chance."""
    from jamjar.wallet import enrolment

    if file.exists():
        raise InvalidInput(f"{file} exists already; name another file.")
    wallet, time = opened(context), context.obj.now(offline=False)
    asking = enrolment.ask(wallet, context.obj.ledger(), admitter, time, secrets.token_bytes, at_once=now)
    if not asking.drawn:
        typer.echo(
            f"Not yet: ask after {minute(asking.ask_at)} UTC, a time that was drawn so that it says nothing of you; "
            "or add --now."
        )
        raise typer.Exit(1)
    files.write({file: asking.request().to_json().encode()})
    typer.echo(f"Written: {file}. Bring it to member {admitter}, and keep the answer with jamjar wallet enrol keep.")


@enrol.command(epilog="Example: jamjar wallet enrol keep answer.json")
def keep(context: typer.Context, file: Annotated[Path, typer.Argument(help="The sponsor's answer.")]) -> None:
    """Verify the sponsor's answer, and keep the tokens for consents to come."""
    from jamjar.protocol.enrolment import EnrolmentAnswer
    from jamjar.wallet import enrolment

    answer = EnrolmentAnswer.from_json(files.text(file, "answer with tokens", _MOST))
    count = enrolment.keep(opened(context), answer)
    typer.echo(f"Kept: {count}. Each new consent uses one.")


@enrol.command(epilog="Example: jamjar wallet enrol status")
def status(context: typer.Context, as_json: options.Json = False) -> None:
    """Say how many tokens are left, of which month and sponsor."""
    from collections import Counter

    from jamjar.wallet.spare import spares

    with opened(context).vault.reading() as transaction:
        left = Counter((each.token.admitter, each.token.epoch) for each in spares(transaction))
    if as_json:
        output.print_json([{"admitter": who, "epoch": epoch, "left": left[who, epoch]} for who, epoch in sorted(left)])
        return
    if not left:
        typer.echo("No tokens are left.")
        return
    table = output.OutputTable("Sponsor", "Month", "Tokens left", right=("Tokens left",))
    for who, epoch in sorted(left):
        table.add(who, epoch, left[who, epoch])
    table.print()
