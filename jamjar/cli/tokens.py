"""Tokens at a relayer: how it counts by them, and the command that publishes those of recorded grants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import databases, files, options
from jamjar.cli.desk import published_tokens
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.protocol.deployment import Deployment
    from jamjar.protocol.token import Token
    from jamjar.relayer.vouching import CountedBy

commands = typer.Typer()


def counted(
    deployment: Deployment, ledger: Callable[[], Ledger], admitters: Sequence[int] | None, clock: Callable[[], float]
) -> CountedBy:
    """Return by what a relayer counts: tokens, which grants then need, where admitters are named, or else addresses."""
    from jamjar.ledger.epoch_keys import EpochKeys
    from jamjar.relayer.vouching import Vouching, by_address

    return Vouching(deployment, EpochKeys(ledger, admitters, clock)).sender if admitters else by_address


@commands.command(epilog="Example, once a day: jamjar relayer tokens www/tokens.jsonl")
def tokens(
    file: Annotated[Path, typer.Argument(help="The list, beside the log; what is in it stays.")],
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    database: Annotated[
        str, typer.Option(envvar="JAMJAR_RELAYER_DATABASE", help="sqlite:///FILE or postgresql://...")
    ] = "sqlite:///relayer.db",
) -> None:
    """Publish the tokens of the grants that are on the ledger, and of no others, for desks and audits."""
    from jamjar.ledger.admissions import granted_tokens
    from jamjar.relayer.queue import Queue

    queue = Queue(databases.existing(database, "relayer"))
    found = granted_tokens(Locations("", None, deployment, node).ledger(), queue.tokens())
    queue.close()
    publish(file, found)


def publish(file: Path, found: Sequence[Token]) -> None:
    """Add tokens to a list beside the log; what is in it stays."""
    from jamjar.ledger.admissions import write_tokens

    known = published_tokens([file]) if file.exists() else []
    files.replace_public(file, write_tokens([*known, *found]).encode())
    typer.echo(f"Published in {file}: {len({each.consent for each in (*known, *found)})}.")
