"""The command `jamjar`: what each participant starts."""

import sys
from typing import Annotated

import typer

from jamjar import __version__
from jamjar.cli import adviser, keep, mailbox, money, show, wallet
from jamjar.cli.carry import carry
from jamjar.errors import JamjarError

app = typer.Typer(no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False)
app.add_typer(wallet.app, name="wallet")
app.add_typer(adviser.app, name="adviser")
app.add_typer(mailbox.app, name="mailbox")
app.command()(carry)
__all__ = ["app", "keep", "money", "run", "show"]  # the modules add their commands to the wallet's


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"jamjar {__version__}")
        raise typer.Exit


@app.callback()
def jamjar(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """Budget in jars, and show an adviser only what you choose, on the record."""


def run() -> None:
    """Start the command; an error of Jamjar's is one line, and exit status 1."""
    try:
        app()
    except JamjarError as error:
        typer.echo(f"jamjar: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    run()
