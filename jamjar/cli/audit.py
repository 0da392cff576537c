"""Commands of a member that audits the record."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import databases, files, module_audit, options, output, token_options
from jamjar.cli.desk import published_tokens
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.errors import InvalidInput, JamjarError
from jamjar.protocol.address import checksum_address, parse_address

if TYPE_CHECKING:
    from jamjar.audit.built_code import BuiltCode
    from jamjar.audit.report import AuditReport

SOUND, UNSOUND, NOT_AUDITED, SOUND_IN_PART = range(4)

app = typer.Typer(help="An audit of the whole record: replayed, compared, and reported.")

_Nodes = Annotated[
    list[str],
    typer.Option(
        "--node", envvar="JAMJAR_NODES", help="A node's JSON-RPC address; the first is audited, all compared."
    ),
]


@app.callback(
    invoke_without_command=True,
    epilog="Example: jamjar audit --node http://127.0.0.1:8545 --node https://other.example --report audit.html  "
    "Exit status: 0 the record is sound, 1 it is not, 2 it could not be audited, "
    "3 it is sound as far as it goes, but a node that was named could not be asked about all of it.",
)
def audit(
    context: typer.Context,
    node: _Nodes = [DEFAULT_NODE],  # noqa: B006 - as typer requires; it is not modified
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    state: Annotated[
        str, typer.Option(envvar="JAMJAR_AUDIT_STATE", help="sqlite:///FILE or postgresql://..., to resume from.")
    ] = "sqlite:///audit.db",
    report: Annotated[Path | None, typer.Option(help="Write the report here, as a page of HTML.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the report here, as JSON.")] = None,
    samples: Annotated[int, typer.Option(min=0, help="How many past blocks are compared with the contracts.")] = 10,
    depth: options.Depth = None,
    build: Annotated[Path, typer.Option(help="A built checkout of the deployment's commit.")] = Path(),
    modules: module_audit.Modules = None,
    module: module_audit.ModuleFolders = None,
) -> None:
    """Audit a deployment: resume where the last audit ended, and compare everything that can be compared."""
    from jamjar.audit.auditor import Auditor
    from jamjar.audit.node import AuditNode
    from jamjar.audit.page import page
    from jamjar.audit.report import Verdict
    from jamjar.audit.store import AuditStore
    from jamjar.ledger.finality import finality

    if context.invoked_subcommand is not None:
        return
    seen = None
    try:
        if module and modules is None:
            raise InvalidInput("A module's folder was named, and no registry; name its file with --modules.")
        kept_in = databases.place(state, "--state")
        told = Locations("", None, deployment, node[0]).read_deployment()
        nodes = [AuditNode(options.web_address(each, "node")) for each in node]
        store = AuditStore(kept_in, told)
        deep = finality(nodes[0].url).at_least(depth)
        made = Auditor(told, nodes, store, built_contracts(build), samples, deep, block_progress()).run()
        if modules is not None:
            ledger = Locations("", None, deployment, node[0]).ledger()
            made, seen = module_audit.examined(made, nodes[0], ledger, modules, module or [])
        for file, text in ((report, page), (json_file, _json)):
            if file is not None:
                files.replace(file, text(made).encode())
    except JamjarError as error:
        output.print_error(error)
        raise typer.Exit(NOT_AUDITED) from None
    _say(made)
    if seen is not None:
        module_audit.print_seen(seen)
    statuses = {Verdict.SOUND: SOUND, Verdict.IN_PART: SOUND_IN_PART, Verdict.UNSOUND: UNSOUND}
    raise typer.Exit(statuses[made.verdict])


@app.command(epilog="Example: jamjar audit live 0x... --at-block 812")
def live(
    consent: Annotated[str, typer.Argument(help="The consent, by its key's address.")],
    at_block: Annotated[int | None, typer.Option(min=0, help="In this block.")] = None,
    at_time: Annotated[int | None, typer.Option(min=0, help="At this time, in Unix seconds.")] = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
) -> None:
    """Print whether a consent was live in a block or at a time, by default now, and if not, why."""
    from jamjar.audit.node import AuditNode
    from jamjar.audit.past_state import block_at, state_at, why_not_live

    try:
        if at_block is not None and at_time is not None:
            raise InvalidInput("A block and a time were named; name one of them.")
        address = checksum_address(parse_address(consent))
        told, asked = (
            Locations("", None, deployment, node).read_deployment(),
            AuditNode(options.web_address(node, "node")),
        )
        if at_time is not None:
            header = block_at(asked, told, at_time)
        else:
            header = asked.header(asked.height() if at_block is None else at_block)
        now = header.time if at_time is None else at_time
        state = state_at(asked, told, header.number)
    except JamjarError as error:
        output.print_error(error)
        raise typer.Exit(NOT_AUDITED) from None
    why = why_not_live(state, address, now)
    where = f"at {now}, after block {header.number}"
    typer.echo(f"Live {where}." if why is None else f"Not live {where}: {why}")
    raise typer.Exit(SOUND if why is None else UNSOUND)


@app.command(epilog="Example: jamjar audit admissions --tokens tokens.jsonl --admitter 4")
def admissions(
    tokens: token_options.Tokens = None,
    admitter: token_options.Admitters = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    as_json: options.Json = False,
) -> None:
    """List the grants that no admitter vouches for, by the month in which they begin, and second keys for a month."""
    from jamjar.ledger.admissions import Admissions

    try:
        ledger = Locations("", None, deployment, node).ledger()
        found = Admissions(ledger, published_tokens(tokens), admitter or [])
        consents = list(found.all())
    except JamjarError as error:
        output.print_error(error)
        raise typer.Exit(NOT_AUDITED) from None
    without = [each for each in consents if each.why_not]
    second = found.published.second
    if as_json:
        rows = [{"consent": each.consent, "epoch": each.epoch, "why": each.why_not} for each in without]
        keys = [{"admitter": who, "epoch": epoch, "block": block} for who, epoch, block in second]
        output.print_json({"granted": len(consents), "without": rows, "second_keys": keys})
    else:
        table = output.OutputTable("Month", "Granted", "Vouched for", right=("Granted", "Vouched for"))
        granted, missing = (Counter(each.epoch for each in every) for every in (consents, without))
        for epoch in sorted(granted):
            table.add(epoch, granted[epoch], granted[epoch] - missing[epoch])
        table.print()
        for each in without:
            typer.echo(f"{each.epoch} {each.consent}: {each.why_not}")
        for who, epoch, block in second:
            typer.echo(f"Member {who} published a second key for {epoch} in block {block}; nobody takes it. Ask why.")
    raise typer.Exit(UNSOUND if without or second else SOUND)


def built_contracts(folder: Path) -> dict[str, BuiltCode] | None:
    """Return the contracts as built in a checkout; None when there is no such build."""
    from jamjar.audit import built_code

    artifacts, table = folder / "build" / "contracts", folder / "deployments" / "code.json"
    return built_code.read(artifacts, table) if artifacts.is_dir() and table.is_file() else None


def block_progress() -> Callable[[int, int], None]:
    """Return a function that prints progress on the error output, at most once a second."""
    said = time.monotonic()

    def say(block: int, last: int) -> None:
        nonlocal said
        if time.monotonic() - said >= 1:
            said = time.monotonic()
            typer.echo(f"Block {block} of {last}", err=True)

    return say


def _json(report: AuditReport) -> str:
    return json.dumps(report.to_json(), indent=2) + "\n"


def _say(report: AuditReport) -> None:
    from jamjar.audit.findings import Severity
    from jamjar.audit.words import moment

    for severity in Severity:
        for finding in report.of(severity):
            typer.echo(output.clean(str(finding)))
    who = report.membership
    founders = ", ".join(who.founders) or "nobody"
    council = ", ".join(str(each.number) for each in who.council) or "nobody"
    typer.echo(f"Members: {len(who.members)}; founders: {founders}; council: {council}.")
    for proposal in who.proposals:
        calls = output.clean("; ".join(proposal.calls))
        typer.echo(f"Pending proposal {proposal.id}, which can be executed from {moment(proposal.ready_at)}: {calls}")
    for recovery in who.recoveries:
        typer.echo(f"WARNING: {output.clean(str(recovery))}")
    alone = "; no other node was named to compare it with" if report.alone else ""
    typer.echo(
        f"{report.told.capitalize()}: blocks {report.first} to {report.last}, "
        f"{report.figures.events} events, {report.compared} answers compared{alone}."
    )
