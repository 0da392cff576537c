"""Commands of a member that runs a mailbox."""

import logging
import time
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from jamjar.cli import setting
from jamjar.cli.setting import DEFAULT_NODE, Setting
from jamjar.errors import InvalidInput
from jamjar.mailbox.app import create_app
from jamjar.mailbox.service import MailboxSettings
from jamjar.mailbox.store import Store
from jamjar.mailbox.watch import LedgerWatch
from jamjar.typed_data import Commit

app = typer.Typer(no_args_is_help=True, help="A mailbox: it stores sealed packages, and can read none.")


@app.callback()
def mailbox() -> None:
    """A mailbox: it stores sealed packages, and can read none."""


@app.command()
def serve(
    deployment: setting.DeploymentFile = Path("deployments/1337.json"),
    node: setting.Node = DEFAULT_NODE,
    database: Annotated[
        str, typer.Option(envvar="JAMJAR_MAILBOX_DATABASE", help="sqlite:///FILE or postgresql://...")
    ] = "sqlite:///mailbox.db",
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8590,
    name: Annotated[str, typer.Option(help="The address people reach it under (default: http://HOST:PORT).")] = "",
    depth: Annotated[int, typer.Option(help="How many blocks must stand on a use before it gives a key.")] = 6,
) -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM); what was taken in is kept."""
    place = Setting("", None, deployment, node)
    ledger = place.ledger()
    settings = MailboxSettings(name or f"http://{host}:{port}", ledger.deployment.domain_of(Commit), depth=depth)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    served = create_app(settings, LedgerWatch(ledger), Store(setting.place(database)), time.time)
    typer.echo(f"The mailbox is {settings.audience}; it hands over keys {depth} blocks after a use.")
    try:
        uvicorn.run(served, host=host, port=port, access_log=False, log_level="warning")
    except OSError as error:
        raise InvalidInput(f"Port {port} cannot be listened on ({error.strerror}); choose another.") from None
