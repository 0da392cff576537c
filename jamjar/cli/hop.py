"""Commands of a member that runs a hop, and of one that takes what hops pass on."""

from __future__ import annotations

import random
import secrets
import time
from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import databases, files, options
from jamjar.cli.options import DEFAULT_DEPLOYMENT, Locations
from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY

app = typer.Typer(no_args_is_help=True, help="A hop: it passes sealed requests on, and can read none.")

Addresses = Annotated[list[str] | None, typer.Option(help="The address of one that it passes on to; may be repeated.")]


@app.callback()
def hop() -> None:
    """A hop: it passes sealed requests on, and can read none."""


@app.command(epilog="Example: jamjar hop serve --relayer https://relayer.example --mailbox https://mail.example")
def serve(
    relayer: Addresses = None,
    mailbox: Addresses = None,
    database: Annotated[
        str, typer.Option(envvar="JAMJAR_HOP_DATABASE", help="sqlite:///FILE or postgresql://...")
    ] = "sqlite:///hop.db",
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 for a free one.")] = 8593,
    proxy: options.Proxies = None,
    epoch: Annotated[
        int, typer.Option(min=1, max=DAY, help="Seconds for which it keeps what can wait, at most.")
    ] = 3600,
    most: Annotated[int, typer.Option(min=1, help="How many requests and responses it keeps.")] = 20_000,
    keep_days: Annotated[int, typer.Option(min=1, help="Days after which what nobody fetches is deleted.")] = 7,
) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM); what it keeps is passed on when it runs again."""
    from jamjar.hop.app import create_app
    from jamjar.hop.message import GatewayKind
    from jamjar.hop.metrics import HopMetrics, examine_hop
    from jamjar.hop.passing import GatewayClient, Passing
    from jamjar.hop.service import Hop
    from jamjar.hop.settings import HopSettings
    from jamjar.hop.store import HopStore
    from jamjar.service.database import alone
    from jamjar.service.listening import listen, serve_until_stopped, start_logging

    stored_in = databases.place(database)
    named = {options.web_address(each, "relayer"): GatewayKind.RELAYER for each in relayer or ()}
    named |= {options.web_address(each, "mailbox"): GatewayKind.MAILBOX for each in mailbox or ()}
    settings = HopSettings(named, epoch=epoch, most=most, keep=keep_days * DAY)
    store = HopStore(stored_in)
    with alone(store.engine), listen(host, port) as listening:
        served = Hop(settings, store, GatewayClient(), time.time)
        passing = Passing(served, store, time.time, random.SystemRandom())
        start_logging()
        app = create_app(
            served,
            HopMetrics(store, time.time),
            lambda: examine_hop(store, passing, settings.epoch_after, time.time()),
            start=passing.start,
            stop=passing.stop,
        )
        typer.echo(f"The hop listens on port {listening.getsockname()[1]}; an epoch lasts {epoch} seconds.")
        serve_until_stopped(app, listening, proxy or [])
    store.close()


@app.command(
    epilog="Example: jamjar hop key --relayer https://relayer.example --account operator.json --out gateway.key"
)
def key(
    account: Annotated[Path, typer.Option(help="A keystore of the member that runs the relayer or mailbox.")],
    out: Annotated[Path, typer.Option(help="The new file, which the relayer or mailbox is given, and nobody else.")],
    relayer: Annotated[str, typer.Option(help="The relayer's address, as claimants name it.")] = "",
    mailbox: Annotated[str, typer.Option(help="The mailbox's address, as claimants name it.")] = "",
    password_file: options.PasswordFile = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long the key is valid.")] = 90,
) -> None:
    """Make the key to which requests through hops are sealed, signed by an account of its member."""
    from jamjar.hop.gateway_key import GatewaySecret, domain_of
    from jamjar.hop.message import GatewayKind
    from jamjar.protocol.signing import AccountSigner
    from jamjar.protocol.typed_data import Grant

    if bool(relayer) == bool(mailbox):
        raise InvalidInput("A key is of one relayer or of one mailbox; name either --relayer or --mailbox.")
    kind = GatewayKind.RELAYER if relayer else GatewayKind.MAILBOX
    address = options.web_address(relayer or mailbox, kind.value)
    domain = domain_of(Locations("", None, deployment, "").read_deployment().domain_of(Grant))
    signer = AccountSigner(options.local_account(account, password_file))
    until, random_bytes = int(time.time()) + days * DAY, secrets.token_bytes
    made = GatewaySecret.make(address, kind, until, signer=signer, domain=domain, random_bytes=random_bytes)
    files.write({out: made.to_json().encode()})
    typer.echo(
        f"Written to {out}, for {address}, valid for {days} days; give it to the {kind.value}: --gateway-key-file."
    )
