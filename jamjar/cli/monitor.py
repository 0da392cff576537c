"""The command that follows a log, and raises an alarm when something is wrong with it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options
from jamjar.cli.log import Every, LogPlace, PolicyFile, Registry, load_policy, reader, source_of
from jamjar.cli.options import DEFAULT_NODE, Locations
from jamjar.cli.output import clean
from jamjar.errors import LedgerError
from jamjar.protocol.address import checksum_address, parse_address

if TYPE_CHECKING:
    from jamjar.tlog.monitor import Monitor, MonitorReport


def monitor(
    log: LogPlace,
    policy: PolicyFile,
    state: Annotated[Path, typer.Option(help="The file with the state of the last run; created if it is missing.")],
    deployment: Annotated[
        Path | None, typer.Option(help="Compare events with your own node, on this deployment.")
    ] = None,
    node: options.Node = DEFAULT_NODE,
    consent: Annotated[list[str] | None, typer.Option(help="A consent to watch; may be given several times.")] = None,
    other: Annotated[list[Path] | None, typer.Option(help="A checkpoint that was shown to somebody else.")] = None,
    silence: Annotated[int, typer.Option(min=1, help="After how many seconds the log is late.")] = 3600,
    modules: Registry = None,
    every: Every = 0,
) -> None:
    """Read the new events of a log; print alarms (exit status 1), and new events under the consents."""
    from jamjar.tlog.errors import LogUnavailable
    from jamjar.tlog.monitor import Monitor

    source, rules = None, load_policy(policy)
    if deployment is not None:
        ledger = Locations("", None, deployment, node).ledger()
        source = source_of(ledger, options.web_address(node, "node"), 0, rules.logs[0].name, modules)
    watched = [parse_address(each) for each in consent or ()]
    following = Monitor(reader(log), rules, silence=silence, source=source, consents=watched)
    while True:
        try:
            wrong = _look(following, state, [files.text(each, "checkpoint") for each in other or ()])
        except (LedgerError, LogUnavailable) as error:
            if not every:
                raise
            typer.echo(f"Nothing was read. {error}", err=True)
        else:
            if not every:
                raise typer.Exit(int(wrong))
        time.sleep(every)


def _look(following: Monitor, file: Path, others: list[str]) -> bool:
    """Look once, print what was found, keep how far it has come; whether anything is wrong."""
    from jamjar.tlog.monitor_state import MAX_BYTES, MonitorState, read_state

    before = read_state(files.text(file, "monitor's file", MAX_BYTES)) if file.exists() else MonitorState()
    report = following.look(before, int(time.time()))
    alarms = [*report.alarms, *(alarm for text in others if (alarm := following.compare(report.state, text)))]
    for alarm in alarms:
        typer.echo(f"{alarm.kind.value}: {clean(alarm.sentence)}", err=True)
        if alarm.evidence is not None:
            kept = file.with_name(f"{file.name}-{int(time.time())}.log-evidence")
            if not kept.exists():
                files.write({kept: str(alarm.evidence).encode()})
            typer.echo(f"The evidence is in {kept}.", err=True)
    _said(report)
    if report.state.note is not None:
        files.replace(file, report.state.to_text().encode())
    return bool(alarms)


def _said(report: MonitorReport) -> None:
    for number, event in report.seen:
        at = f"block {event.block}, log {event.index}"
        typer.echo(f"New under {checksum_address(event.topics[1][12:])}: event {number} of the log ({at}).")
    typer.echo(f"Read: {report.state.frontier.size} events.")
