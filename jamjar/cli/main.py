"""The command `jamjar` of every participant."""

import io
import os
import resource
import sys
from typing import Annotated

import typer
from typer.core import TyperGroup

from jamjar import __version__
from jamjar.cli import (
    admit,
    adviser,
    audit,
    consortium,
    hop,
    log,
    mailbox,
    member,
    module,
    network,
    phone,
    relayer,
    study,
    tokens,
    verify,
    witness,
)
from jamjar.cli.carry import carry
from jamjar.cli.extras import what_to_install
from jamjar.cli.metrics import metrics
from jamjar.cli.monitor import monitor
from jamjar.cli.output import print_error
from jamjar.cli.pages.adviser import open_adviser
from jamjar.cli.pages.explore import explore
from jamjar.cli.pages.operate import operate
from jamjar.cli.pages.wallet import open_wallet
from jamjar.cli.wallet import app as wallet
from jamjar.errors import JamjarError

_CLAIMANT, _ADVISER, _CHECKING = "A claimant", "An adviser", "Anyone who checks"
_MEMBER = "A member: services, and who governs"


class WalletFirst(TyperGroup):
    """The commands in the order in which people need them: first the wallet."""

    def list_commands(self, _: object) -> list[str]:
        """Return the commands, those in `_FIRST` first."""
        return sorted(self.commands, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))


_FIRST = ("wallet", "carry", "adviser", "audit", "explore", "verify", "monitor", "member", "consortium")
app = typer.Typer(
    cls=WalletFirst,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog="Exit status: 0 done, 1 refused or failed (one line says why), 2 an invalid command.",
)
wallet.app.command("open", epilog="Example: jamjar wallet open --relayer https://... --mailbox https://...")(
    open_wallet
)
adviser.app.command("open", epilog="Example: jamjar adviser open --account our.keystore --mailbox https://...")(
    open_adviser
)
app.add_typer(wallet.app, name="wallet", rich_help_panel=_CLAIMANT)
app.add_typer(adviser.app, name="adviser", rich_help_panel=_ADVISER)
app.add_typer(mailbox.app, name="mailbox", rich_help_panel=_MEMBER)
relayer.app.add_typer(tokens.commands)
app.add_typer(relayer.app, name="relayer", rich_help_panel=_MEMBER)
app.add_typer(hop.app, name="hop", rich_help_panel=_MEMBER)
app.add_typer(audit.app, name="audit", rich_help_panel=_CHECKING)
app.add_typer(admit.app, name="admit", rich_help_panel=_MEMBER)
app.add_typer(consortium.app, name="consortium", rich_help_panel=_MEMBER)
app.add_typer(member.app, name="member", rich_help_panel=_MEMBER)
app.add_typer(module.app, name="module", rich_help_panel=_MEMBER)
app.add_typer(network.app, name="network", rich_help_panel=_MEMBER)
app.add_typer(log.app, name="log", rich_help_panel=_MEMBER)
app.add_typer(witness.app, name="witness", rich_help_panel=_MEMBER)
app.add_typer(study.app, name="study", rich_help_panel=_CHECKING)
app.add_typer(verify.app, name="verify", rich_help_panel=_CHECKING)
app.add_typer(phone.app, name="phone", rich_help_panel=_CHECKING)
app.command(
    rich_help_panel=_CHECKING, epilog="Example: jamjar monitor --log www --policy policy --state monitor.state"
)(monitor)
app.command(
    rich_help_panel=_CHECKING, epilog="Example: jamjar explore --node http://127.0.0.1:8545 --log www --policy policy"
)(explore)
app.command(rich_help_panel=_MEMBER, epilog="Example: jamjar metrics --node ours=http://127.0.0.1:8545")(metrics)
app.command(
    rich_help_panel=_MEMBER, epilog="Example: jamjar operate --relayer http://127.0.0.1:8600 --log www --policy policy"
)(operate)
app.command(rich_help_panel=_CLAIMANT, epilog="Example: jamjar carry --account 0x... card.json")(carry)


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
