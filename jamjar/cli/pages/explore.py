"""The command that shows the record as pages, on this machine or in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jamjar.cli import databases, files, options
from jamjar.cli.audit import block_progress, built_contracts
from jamjar.cli.log import load_policy, reader
from jamjar.cli.module_audit import Modules
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.cli.pages.doors import Port, serve
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.explorer.following import Shown
    from jamjar.explorer.pages import Explored
    from jamjar.tlog.policy import Policy
    from jamjar.tlog.tiles import Reader


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
    every: Annotated[
        int, typer.Option(min=1, help="After so many seconds, a page that is asked for has new blocks read.")
    ] = 30,
    modules: Modules = None,
    port: Port = 0,
) -> None:
    """Show the record as pages: what an audit finds, the members, and each consent, event and proof."""
    from jamjar.audit.node import AuditNode
    from jamjar.audit.store import AuditStore
    from jamjar.explorer.door import Pages
    from jamjar.explorer.following import Following, waiting_site
    from jamjar.ledger.finality import finality
    from jamjar.ledger.module_registry import read_place

    if log is not None and policy is None:
        raise InvalidInput("A log was named, and nobody whose signature is believed; name a policy with --policy.")
    if export is not None:
        files.require_new_folder(export)  # before an audit that may take an hour
    believed = None if policy is None else load_policy(policy)
    nodes = [AuditNode(options.web_address(each, "node")) for each in node]
    place = Locations("", None, deployment, node[0])
    deep, named = finality(nodes[0].url).at_least(depth), _published(log, believed)
    registry = None if modules is None else read_place(modules)
    store = AuditStore(databases.place(state, "--state"), place.read_deployment())

    def read_on(before: Explored | None, progress: Callable[[int, int], None]) -> Explored:
        from jamjar.explorer import exploring  # when the first page is there already

        parts: dict[str, Any] = {
            "log": named,
            "registry": registry,
            "built": built_contracts(build),
            "depth": deep,
            "progress": progress,
        }
        return exploring.explore(place.ledger(), nodes, store, before, **parts)

    def show(explored: Explored) -> Shown:
        from jamjar.explorer.app import pages_of

        return pages_of(explored, lambda block: nodes[0].header(block).time, believed)

    try:
        if export is not None:
            _write(read_on(None, block_progress()), export)
            return
        following = Following(read_on, show, after=every)
        serve(waiting_site(), Pages(following.look).add, port=port)
    finally:
        store.close()


def _published(log: str | None, policy: Policy | None) -> tuple[Reader, Policy] | None:
    """Return the log that was named; raises as `published`, so that it is said here and not in a page."""
    if log is None or policy is None:
        return None
    from jamjar.tlog.receipt_maker import published

    named = reader(log), policy
    published(*named)
    return named


def _write(explored: Explored, folder: Path) -> None:
    from jamjar.explorer.export import exported

    files.write_public_folder(folder, exported(explored))
    typer.echo(f"The pages up to block {explored.record.last.number} are in {folder}; open index.html there.")
