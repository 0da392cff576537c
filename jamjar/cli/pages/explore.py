"""The command that shows the record as pages, on this machine or in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files, options
from jamjar.cli.audit import block_progress, built_contracts
from jamjar.cli.log import load_policy, reader
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.cli.pages.doors import Port, serve
from jamjar.errors import InvalidInput


def explore(
    node: Annotated[
        list[str],
        typer.Option("--node", envvar="JAMJAR_NODES", help="A node's JSON-RPC address; the first is shown."),
    ] = [DEFAULT_NODE],  # noqa: B006 - as typer requires; it is not modified
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    log: Annotated[
        str | None, typer.Option(envvar="JAMJAR_LOG", help="A log: a folder, or an http:// or https:// address.")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option(envvar="JAMJAR_POLICY", help="The accepted logs and witnesses (tlog-policy).")
    ] = None,
    export: Annotated[
        Path | None, typer.Option(help="Write all pages into this new folder, and serve nothing.")
    ] = None,
    state: Annotated[
        str, typer.Option(envvar="JAMJAR_AUDIT_STATE", help="sqlite:///FILE or postgresql://..., as of an audit.")
    ] = "sqlite:///audit.db",
    depth: options.Depth = None,
    build: Annotated[Path, typer.Option(help="A built checkout of the deployment's commit.")] = Path(),
    port: Port = 0,
) -> None:
    """Show the record as pages: what an audit finds, the members, and each consent, event and proof."""
    from jamjar.audit.node import AuditNode
    from jamjar.audit.store import AuditStore
    from jamjar.explorer import exploring
    from jamjar.explorer.app import Pages
    from jamjar.explorer.export import exported
    from jamjar.explorer.site import explorer_site
    from jamjar.ledger.finality import finality

    if log is not None and policy is None:
        raise InvalidInput("A log was named, and nobody whose signature is believed; name a policy with --policy.")
    if export is not None:
        files.require_new_folder(export)  # before an audit that may take an hour
    believed = None if policy is None else load_policy(policy)
    nodes = [AuditNode(options.web_address(each, "node")) for each in node]
    ledger = Locations("", None, deployment, node[0]).ledger()
    store = AuditStore(_database(state), ledger.deployment)
    named = None if log is None or believed is None else (reader(log), believed)
    try:
        deep, built = finality(nodes[0].url).at_least(depth), built_contracts(build)
        explored = exploring.explore(
            ledger, nodes, store, log=named, built=built, depth=deep, progress=block_progress()
        )
    finally:
        store.close()
    if export is not None:
        files.write_public_folder(export, exported(explored))
        typer.echo(f"The pages up to block {explored.record.last.number} are in {export}; open index.html there.")
        return
    pages = Pages(explored, lambda block: nodes[0].header(block).time, believed)
    serve(explorer_site(explored), pages.add, port=port)


def _database(state: str) -> str:
    if "://" not in state:
        raise InvalidInput("The database is neither sqlite:///FILE nor postgresql://...; correct --state.")
    return options.place(state)
