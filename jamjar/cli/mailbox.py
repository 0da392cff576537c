"""Commands of a member that runs a mailbox."""

import time
from typing import Annotated

import typer

from jamjar.cli import databases, gateways, options
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.protocol.typed_data import Commit

app = typer.Typer(no_args_is_help=True, help="A mailbox: it stores sealed packages, and can read none.")


@app.callback()
def mailbox() -> None:
    """A mailbox: it stores sealed packages, and can read none."""


@app.command(epilog="Example: jamjar mailbox serve --name https://mail.example --database postgresql://host/mailbox")
def serve(
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    database: Annotated[
        str, typer.Option(envvar="JAMJAR_MAILBOX_DATABASE", help="sqlite:///FILE or postgresql://...")
    ] = "sqlite:///mailbox.db",
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 for a free one.")] = 8590,
    proxy: options.Proxies = None,
    name: Annotated[str, typer.Option(help="The address people reach it under (default: http://HOST:PORT).")] = "",
    depth: options.Depth = None,
    gateway_key_file: gateways.KeyFiles = None,
    hop: gateways.Hops = None,
) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM); packages and replies stay stored."""
    from jamjar.hop.message import GatewayKind
    from jamjar.ledger.finality import depth_of
    from jamjar.mailbox.app import HOP_PATHS, create_app
    from jamjar.mailbox.ledger_view import MailboxNodeView
    from jamjar.mailbox.settings import MailboxSettings
    from jamjar.mailbox.store import MailboxStore
    from jamjar.service.listening import address_of, listen, serve_until_stopped, start_logging

    stored_in = databases.place(database)
    gateway = gateways.read_gateway(GatewayKind.MAILBOX, HOP_PATHS, gateway_key_file, hop)
    called = options.web_address(name, "mailbox") if name else ""
    ledger = Locations("", None, deployment, node).ledger()
    deep = depth_of(options.web_address(node, "node"), depth)
    listening = listen(host, port)
    called = called or address_of(host, listening)
    settings = MailboxSettings(called, ledger.deployment.domain_of(Commit), depth=deep)
    start_logging()
    served = create_app(settings, MailboxNodeView(ledger), MailboxStore(stored_in), time.time, gateway)
    typer.echo(f"The mailbox is {settings.audience}; it hands over keys {deep} blocks after a use.")
    serve_until_stopped(served, listening, proxy or [])
