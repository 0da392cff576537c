"""The file of a transaction that a Safe has to carry out, so that it proposes a change: written, and read again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from jamjar.cli import files
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, JamjarError
from jamjar.model.state import NOTHING, Proposal
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.calldata import arguments_of

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.ledger.safe import SafeTransaction

_FORMAT = "jamjar.safe-transaction.1"
_LARGEST = 1 << 20


def write_safe_file(ledger: Ledger, safes: Sequence[str], data: bytes, out: Path | None) -> None:
    """Write what the Safe that is a founder has to carry out, and print it for the Safe's own tools."""
    from jamjar.ledger.safe import Safe

    if len(safes) != 1:
        raise InvalidInput("Several founders are contracts; propose with the tools of the one that is yours.")
    if out is None:
        raise InvalidInput("The founder is a Safe, whose owners approve what it proposes; name a new file with --out.")
    (safe,) = safes
    content = {
        "format": _FORMAT,
        "chain_id": ledger.deployment.chain_id,
        "safe": safe,
        "to": ledger.deployment.governance.address,
        "value": "0",
        "data": f"0x{data.hex()}",
        "operation": 0,
        "nonce": Safe(ledger, safe).nonce(),
    }
    text = json.dumps(content, indent=2) + "\n"
    files.write({out: text.encode()})
    typer.echo(text, nl=False)
    typer.echo(f"Nothing was sent. Each owner approves it: jamjar consortium approve {out}")


def read_safe_file(file: Path, ledger: Ledger) -> tuple[SafeTransaction, Proposal]:
    """Read the file, and the proposal in it; raises InvalidInput for anything but a proposal to this governance."""
    from jamjar.ledger.safe import SafeTransaction

    try:
        found: Any = strict_json.loads(files.text(file, "Safe's transaction", _LARGEST), "It", _LARGEST)
        if found.pop("format") != _FORMAT or (found.pop("value"), found.pop("operation")) != ("0", 0):
            raise InvalidInput("It is in another format; take the file that propose wrote.")
        here = (ledger.deployment.chain_id, ledger.deployment.governance.address)
        if (found.pop("chain_id"), found["to"]) != here:
            raise InvalidInput("It is for another ledger; use that one's deployment file and node.")
        if type(found["nonce"]) is not int:
            raise InvalidInput("It has no number; take the file that propose wrote.")
        data = bytes.fromhex(found["data"].removeprefix("0x"))
        safe = checksum_address(parse_address(found["safe"]))
        delay = ledger.deployment.settings.governance_delay
        return SafeTransaction(safe, found["to"], data, found["nonce"]), _proposal(data, delay)
    except (JamjarError, AttributeError, KeyError, TypeError, ValueError) as error:
        why = error if isinstance(error, JamjarError) else "It is damaged; take the file that propose wrote."
        raise InvalidInput(f"{file} cannot be approved. {why}") from None


def _proposal(data: bytes, least: int) -> Proposal:
    function, arguments = arguments_of("Governance", data) or ("", ())
    if function != "scheduleBatch":
        raise InvalidInput("It is no proposal; look at it with the Safe's own tools.")
    targets, values, calls, predecessor, _, delay = arguments
    if predecessor != NOTHING or delay != least:
        raise InvalidInput("It waits for another proposal, or longer than it has to; take the file that propose wrote.")
    content = zip((checksum_address(parse_address(each)) for each in targets), values, calls, strict=True)
    return Proposal(tuple(content), NOTHING)
