"""The command `jamjar` of every participant."""

import io
import os
import resource
import sys
from typing import Annotated

import typer

from jamjar import __version__
from jamjar.cli import adviser, audit, consortium, log, mailbox, member, network, relayer, verify, witness
from jamjar.cli.carry import carry
from jamjar.cli.extras import what_to_install
from jamjar.cli.monitor import monitor
from jamjar.cli.output import print_error
from jamjar.cli.wallet import app as wallet
from jamjar.errors import JamjarError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog="Exit status: 0 done, 1 refused or failed (one line says why), 2 an invalid command.",
)
app.add_typer(wallet.app, name="wallet")
app.add_typer(adviser.app, name="adviser")
app.add_typer(mailbox.app, name="mailbox")
app.add_typer(relayer.app, name="relayer")
app.add_typer(audit.app, name="audit")
app.add_typer(consortium.app, name="consortium")
app.add_typer(member.app, name="member")
app.add_typer(network.app, name="network")
app.add_typer(log.app, name="log")
app.add_typer(witness.app, name="witness")
app.add_typer(verify.app, name="verify")
app.command(epilog="Example: jamjar monitor --log www --policy policy --state monitor.state")(monitor)
app.command(epilog="Example: jamjar carry --account 0x... card.json")(carry)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"jamjar {__version__}")
        raise typer.Exit


@app.callback()
def jamjar(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version, and exit.")
    ] = False,
) -> None:
    """Budget in jars, and show an adviser only what you choose, on the record."""


def run() -> None:
    """Start the command; an error is one line on the error output, and exit status 1."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold keys, passphrases and figures
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character shows a question mark
    try:
        status = _status()
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python prints another error
        if not isinstance(error, BrokenPipeError):
            print_error(f"Not everything could be printed ({error.strerror}); make room, and try again.")
        status = 1
    sys.exit(status)


def _status() -> int:
    try:
        app(prog_name="jamjar")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except JamjarError as error:
        print_error(error)
    except ModuleNotFoundError as error:
        print_error(what_to_install(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print_error(f"{where}{error.strerror or type(error).__name__}; check that it exists and works, and try again.")
    return 1


if __name__ == "__main__":
    run()
