"""Commands for anyone with a receipt, or evidence against a log, and a policy."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options
from jamjar.cli.log import PolicyFile, load_policy
from jamjar.cli.output import OutputTable, print_json
from jamjar.errors import LedgerError
from jamjar.protocol.address import checksum_address
from jamjar.protocol.events import Event, Origin

if TYPE_CHECKING:
    from jamjar.tlog.leaf import RawEvent

app = typer.Typer(no_args_is_help=True, help="Verify a receipt or evidence, offline.")


@app.callback()
def verify_what() -> None:
    """Verify a receipt or evidence, offline."""


@app.command(epilog="Example: jamjar verify receipt grant.tlog-proof --policy policy")
def receipt(
    file: Annotated[Path, typer.Argument(help="The receipt.")], policy: PolicyFile, as_json: options.Json = False
) -> None:
    """Verify a receipt, and print its content; or what is wrong with it (exit status 1)."""
    from jamjar.tlog.receipt import MAX_BYTES, verify

    found = verify(files.read(file, "receipt", MAX_BYTES), load_policy(policy))
    event, signed = found.event, found.signed
    facts: dict[str, object] = {
        "event": event_name(event),
        "consent": checksum_address(event.topics[1][12:]) if len(event.topics) > 1 else "",
        "time": moment(event.time),
        "chain": event.chain,
        "contract": checksum_address(event.contract),
        "block": event.block,
        "transaction": f"0x{event.transaction.hex()}",
        "index": event.index,
        "log": signed.checkpoint.origin,
        "number": found.index,
        "cosigned": {name: moment(time) for name, time in signed.cosigned.items()},
    }
    if as_json:
        print_json(facts)
        return
    rows = OutputTable("", "", title="True: this is on the record.")
    for name, value in facts.items():
        said = ", ".join(f"{who} {when}" for who, when in value.items()) if isinstance(value, dict) else value
        rows.add(name, said)
    rows.print()


@app.command(epilog="Example: jamjar verify evidence 0001.log-evidence --policy policy")
def evidence(file: Annotated[Path, typer.Argument(help="The evidence.")], policy: PolicyFile) -> None:
    """Print what two checkpoints prove against the log that signed them; exit status 1 when they prove nothing."""
    from jamjar.tlog.evidence import read_evidence
    from jamjar.tlog.receipt import MAX_BYTES

    if read_evidence(files.text(file, "evidence", MAX_BYTES)).proves(load_policy(policy).logs):
        typer.echo("Proven: the log signed two trees that contradict each other.")
    else:
        typer.echo("Owed: the log signed both, and owes a proof that the larger tree begins with the smaller.")


def event_name(event: RawEvent) -> str:
    """Return the name of an event, "unknown" for one that no contract emits."""
    from jamjar.protocol import event_decoding

    origin = Origin(event.block, f"0x{event.transaction.hex()}", event.index, checksum_address(event.contract))
    try:
        found: Event = event_decoding.decode(origin, event.topics, event.data)
    except LedgerError:
        return "unknown"
    return type(found).__name__


def moment(seconds: int) -> str:
    """Return a time in Unix seconds as a text in UTC."""
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).isoformat(" ")
    except (OSError, OverflowError, ValueError):
        return str(seconds)
