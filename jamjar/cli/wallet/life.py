"""The command that draws a consent's life."""

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files, output
from jamjar.cli.wallet.consent_events import history_of
from jamjar.cli.wallet.consents import PANEL
from jamjar.cli.wallet.opening import ConsentName, named, opened

commands = typer.Typer()


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet life 0x1234 --picture life.svg")
def life(
    context: typer.Context,
    consent: ConsentName,
    picture: Annotated[Path | None, typer.Option(help="Write the picture as SVG, too.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Draw with plain characters.")] = False,
) -> None:
    """Draw a consent's life: when somebody may look, when nobody may, and each look."""
    from jamjar.consent.life import drawn, life_of
    from jamjar.consent.life_svg import life_svg

    wallet, ledger = opened(context), context.obj.ledger()
    chosen, now = named(wallet, consent), ledger.time()
    found = life_of(history_of(ledger, chosen, now), wallet.stored(chosen).terms.recipient_name, now)
    if picture is not None:
        files.write({picture: life_svg(found).encode()})
    typer.echo(output.clean(drawn(found, ascii_only=plain)), nl=False)
