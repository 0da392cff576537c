"""The command that shows an operator its services and what the members are to decide, as pages on this machine."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import options
from jamjar.cli.log import load_policy, reader
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.cli.pages.doors import Port, serve_door
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jamjar.operator_pages.services import ServiceSeen

_Addresses = list[str] | None


def operate(
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    relayer: Annotated[_Addresses, typer.Option(help="A relayer's address; may be repeated.")] = None,
    mailbox: Annotated[_Addresses, typer.Option(help="A mailbox's address; may be repeated.")] = None,
    log: Annotated[str, typer.Option(help="Your log: a folder, or an http:// or https:// address.")] = "",
    policy: Annotated[Path | None, typer.Option(help="The accepted logs and witnesses (tlog-policy).")] = None,
    keystore: Annotated[
        Path | None,
        typer.Option("--keystore-file", help="An account of your member, to veto and execute; none to look only."),
    ] = None,
    port: Port = 0,
) -> None:
    """Show how your services are, and what the members are to decide, as pages on this machine."""
    from jamjar.operator_pages.pages import operator_guard
    from jamjar.operator_pages.unlocking import OpenOperator
    from jamjar.pages.session import Door

    if bool(log) != (policy is not None):
        raise InvalidInput("A log is read by a policy; name both with --log and --policy, or neither.")
    if keystore is not None and not keystore.is_file():
        raise InvalidInput(f"There is no keystore at {keystore}; name yours with --keystore-file, or leave it out.")
    place = Locations("", None, deployment, options.web_address(node, "node"))
    place.read_deployment()
    account = None if keystore is None else partial(options.unlocked, keystore)
    looks = list(_looks(place, relayer or [], mailbox or [], log, policy))
    serve_door(operator_guard(Door(time.monotonic), OpenOperator(place.ledger, account), looks), port)


def _looks(
    place: Locations, relayers: list[str], mailboxes: list[str], log: str, policy: Path | None
) -> Iterator[Callable[[], ServiceSeen]]:
    from jamjar.ledger.finality import finality
    from jamjar.operator_pages import services
    from jamjar.service.json_rpc import JsonRpc
    from jamjar.tlog.ledger_source import LedgerSource
    from jamjar.tlog.monitor import Monitor

    rpc = JsonRpc(place.node, seconds=services.SECONDS, name="The node")
    yield partial(services.see, "Node", place.node, partial(services.node, rpc))
    for kind, addresses, look in (
        ("Relayer", relayers, services.relayer),
        ("Mailbox", mailboxes, services.mailbox),
    ):
        for each in addresses:
            url = options.web_address(each, kind.lower())
            yield partial(services.see, kind, url, partial(look, url))
    if policy is not None:
        rules = load_policy(policy)
        read = reader(log)

        def monitor() -> Monitor:
            source = LedgerSource(place.node, place.read_deployment(), finality(place.node).depth)
            return Monitor(read, rules, silence=services.SILENCE_SECONDS, source=source)

        yield partial(services.see, "Log", log, services.LogLook(monitor, rules))
