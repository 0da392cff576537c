"""The claimant's receipts: the command that fetches and lists them, and the function by which others fetch them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.cli.log import load_policy, reader
from jamjar.cli.verify import event_name, moment
from jamjar.cli.wallet.opening import opened
from jamjar.errors import InvalidInput, JamjarError

if TYPE_CHECKING:
    from jamjar.wallet.log_receipts import FetchedReceipts, StoredReceipt
    from jamjar.wallet.wallet import Wallet

commands = typer.Typer()

SILENCE = 3600
_TO_THE_MINUTE = len("2026-11-23 01:41")
Log = Annotated[
    str, typer.Option("--log", envvar="JAMJAR_LOG", help="Fetch receipts from this log: a folder, or an address.")
]
Policy = Annotated[
    Path | None,
    typer.Option("--policy", envvar="JAMJAR_POLICY", help="The accepted logs and witnesses (tlog-policy)."),
]


@commands.command(rich_help_panel="Showing", epilog="Example: jamjar wallet receipts --log https://... --policy policy")
def receipts(
    context: typer.Context,
    log: Log = "",
    policy: Policy = None,
    to: Annotated[Path | None, typer.Option(help="Write them as files into this folder; existing files stay.")] = None,
    silence: Annotated[int, typer.Option(min=1, help="After how many seconds the log is late.")] = SILENCE,
    as_json: options.Json = False,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing; list what is in the vault.")] = False,
) -> None:
    """Fetch receipts for all events under your consents, and list them; exit status 1 when the log is wrong.

    The whole log is read, so that nobody learns which consents are yours.
    """
    from jamjar.wallet.log_receipts import evidence, fetch, kept

    if not offline and not (log and policy):
        raise InvalidInput("No log or policy is named; use --log and --policy, or --offline for those in the vault.")
    wallet = opened(context)
    wrong = False
    if not offline and policy is not None:
        wrong = _told(fetch(wallet, reader(log), load_policy(policy), now=int(time.time()), silence=silence))
    found = kept(wallet.vault)
    if as_json:
        output.print_json([_row(each) for each in found])
    elif found:
        table = output.OutputTable("Event", "When (UTC)", "Number", "File", right=("Number",))
        for each in found:
            table.add(event_name(each.event), moment(each.event.time)[:_TO_THE_MINUTE], each.number, _file(each))
        table.print()
    else:
        typer.echo("No receipts.")
    if to is not None:
        against = {to / f"{number:03}.log-evidence": text for number, text in enumerate(evidence(wallet.vault), 1)}
        written = _write(to, {to / _file(each): each.text for each in found} | against)
        typer.echo(f"Written to {to}: {written}.", err=as_json)
    raise typer.Exit(int(wrong))


def fetch_too(wallet: Wallet, log: str, policy: Path | None) -> None:
    """Fetch receipts if a log is named; its result goes to the error output, and an error stops nothing."""
    from jamjar.wallet.log_receipts import fetch

    if not log:
        return
    try:
        if policy is None:
            raise InvalidInput("No policy is named; name it with --policy.")
        _told(fetch(wallet, reader(log), load_policy(policy), now=int(time.time()), silence=SILENCE))
    except JamjarError as error:
        output.print_error(f"No receipts were fetched. {error}")


def _told(fetched: FetchedReceipts) -> bool:
    """Print the number of new receipts and the alarms, and return whether there are any alarms."""
    if fetched.new:
        typer.echo(f"New receipts: {fetched.new}. List them with jamjar wallet receipts --offline.", err=True)
    for alarm in fetched.alarms:
        kept_too = " Write the evidence with jamjar wallet receipts --offline --to FOLDER." if alarm.evidence else ""
        typer.echo(f"{alarm.kind.value}: {output.clean(alarm.sentence)}{kept_too}", err=True)
    return bool(fetched.alarms)


def _row(each: StoredReceipt) -> dict[str, object]:
    return {
        "event": event_name(each.event),
        "consent": each.consent,
        "time": each.event.time,
        "number": each.number,
        "file": _file(each),
    }


def _file(each: StoredReceipt) -> str:
    """Return the name of a receipt's file: the beginning of the consent, and the event's number in the log."""
    return f"{each.consent[:10]}-{each.number}.tlog-proof"


def _write(folder: Path, contents: dict[Path, bytes]) -> int:
    """Write the files that do not exist yet, and return how many."""
    new = {file: data for file, data in contents.items() if not file.exists()}
    if new:
        files.make_folder(folder)
        files.write(new)
    return len(new)
