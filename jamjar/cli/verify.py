"""Commands for anyone with a receipt, evidence against a log, or a relayer's promise."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options
from jamjar.cli.log import PolicyFile, load_policy
from jamjar.cli.output import OutputTable, print_error, print_json
from jamjar.errors import InvalidInput, LedgerError, VerificationFailed
from jamjar.protocol.address import checksum_address, parse_address

if TYPE_CHECKING:
    from jamjar.consent.terms import Terms
    from jamjar.disclosure.export import ExportedDisclosure
    from jamjar.ledger.ledger import Ledger
    from jamjar.tlog.leaf import RawEvent

app = typer.Typer(no_args_is_help=True, help="Verify a receipt, evidence, a promise, an export, or a message.")


@app.callback()
def verify_what() -> None:
    """Verify a receipt or evidence, offline, or a relayer's promise with a node."""


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
        "consent": checksum_address(event.topics[1][12:]) if _names_a_consent(event) else "",
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


@app.command(epilog="Example: jamjar verify promise receipts/001-grant.json --message messages/001-grant.json")
def promise(
    file: Annotated[Path, typer.Argument(help="A relayer's receipt, as jamjar wallet send --receipts wrote it.")],
    message: Annotated[Path | None, typer.Option(help="The signed message that it should be about.")] = None,
    deployment: options.DeploymentFile = options.DEFAULT_DEPLOYMENT,
    node: options.Node = options.DEFAULT_NODE,
    as_json: options.Json = False,
) -> None:
    """Verify that an operator of its time signed a relayer's receipt; exit status 1 where the promise was broken."""
    from jamjar.encoding import strict_json
    from jamjar.ledger.carried import is_carried
    from jamjar.protocol import signed_message, typed_data
    from jamjar.relayer.operator_history import check_as_of, terms_on
    from jamjar.relayer.promise import SignedPromise, domain_of

    given = SignedPromise.from_json(strict_json.loads(files.text(file, "receipt"), "The receipt", 1 << 16))
    ledger = options.Locations("", None, deployment, node).ledger()
    digest, is_there = given.receipt.message, None
    if message is not None:
        signed, domain = signed_message.read(files.text(message, "signed message"))
        digest, is_there = typed_data.digest(domain, signed.message), is_carried(signed, ledger)
    term = check_as_of(given, digest, domain_of(ledger.deployment.domain_of(typed_data.Grant)), terms_on(ledger))
    facts: dict[str, object] = {
        "message": f"0x{digest.hex()}",
        "member": term.member,
        "account": given.operator,
        "accepted": moment(given.receipt.accepted_at),
        "carry by": moment(given.receipt.carry_by),
        "acts since": moment(term.since),
        "acts until": "it still does" if term.until is None else moment(term.until),
    }
    if is_there is not None:
        facts["on the ledger"] = "yes" if is_there else "no"
    if as_json:
        print_json(facts)
    else:
        rows = OutputTable("", "", title="True: an operator promised this.")
        for name, value in facts.items():
            rows.add(name, value)
        rows.print()
    if is_there is False and given.receipt.carry_by < ledger.time():
        print_error("The promise is broken: its time has passed, and the message is not on the ledger.")
        raise typer.Exit(1)


@app.command(epilog="Example: jamjar verify export shown.sd-jwt --node http://127.0.0.1:8545")
def export(
    file: Annotated[Path, typer.Argument(help="An export, as jamjar wallet export wrote it.")],
    deployment: options.DeploymentFile = options.DEFAULT_DEPLOYMENT,
    node: options.Node = options.DEFAULT_NODE,
    offline: Annotated[bool, typer.Option("--offline", help="Verify the signature alone, and ask no node.")] = False,
) -> None:
    """Verify that a consent's key signed these figures, and print them; they are the claimant's word."""
    shown = _export(file)
    if offline:
        print_error("Nobody was asked whose key signed this: whoever has the ledger can.")
    else:
        _granted(shown, options.Locations("", None, deployment, node).ledger())
    facts: dict[str, object] = {"made": moment(shown.made_at), "figures": dict(shown.figures)}
    print_json(facts if shown.ledger is None else facts | {"consent": shown.ledger["consent"]})


@app.command(epilog="Example: jamjar verify message messages/003-commit.json --shown shown.sd-jwt")
def message(
    file: Annotated[Path, typer.Argument(help="A signed message, as jamjar wallet send --to wrote it.")],
    shown: Annotated[Path, typer.Option(help="An export under the same consent, which has its terms.")],
    deployment: options.DeploymentFile = options.DEFAULT_DEPLOYMENT,
    node: options.Node = options.DEFAULT_NODE,
) -> None:
    """Verify that both keys which a consent's terms promise signed a message, ECDSA's and ML-DSA-44's."""
    from jamjar.protocol import signed_message

    signed, domain = signed_message.read(files.text(file, "signed message"))
    ledger, export = options.Locations("", None, deployment, node).ledger(), _export(shown)
    if domain != ledger.deployment.domain_of(type(signed.message)):
        raise InvalidInput("The message is for another ledger; use that one's deployment file and node.")
    if signed.message.consent != export.place["consent"]:
        raise InvalidInput("The message is of another consent than the export; choose two of one consent.")
    terms = _granted(export, ledger)
    if signed.post_quantum is None or signed.post_quantum.key_digest != terms.pq_key:
        raise VerificationFailed("The ML-DSA-44 key that the terms name did not sign this; do not rely on it.")
    typer.echo(f"True: both keys of {signed.message.consent} signed this {type(signed.message).__name__}.")


def _export(file: Path) -> ExportedDisclosure:
    from jamjar.disclosure.export import read
    from jamjar.disclosure.sd_jwt import MAX_BYTES

    return read(files.text(file, "export", MAX_BYTES))


def _granted(shown: ExportedDisclosure, ledger: Ledger) -> Terms:
    """Return the terms of an export, checked against the ledger; raises VerificationFailed where they are others."""
    from jamjar.protocol.events import Committed

    place, at = shown.place, ledger.deployment.commitment_registry.address
    if (place["chain_id"], place["contract"]) != (ledger.deployment.chain_id, at):
        raise InvalidInput("The export is about another ledger; use that one's deployment file and node.")
    consent, terms = checksum_address(parse_address(place["consent"])), shown.terms
    shown.check(ledger.terms_digest(consent))
    ledger.deployment.check_suite(ledger.consent(consent).valid_from, has_post_quantum=bool(terms.pq_key))
    found = ledger.events("Committed", consent)
    if place["root"] not in {f"0x{each.root.hex()}" for each in found if isinstance(each, Committed)}:
        raise VerificationFailed("The ledger has no such commitment of this consent; do not rely on the export.")
    return terms


def _names_a_consent(event: RawEvent) -> bool:
    return len(event.topics) > 1 and not any(event.topics[1][:12])


def event_name(event: RawEvent) -> str:
    """Return the name of an event, "unknown" for one that no contract emits."""
    from jamjar.protocol import event_decoding
    from jamjar.protocol.events import Origin

    origin = Origin(event.block, f"0x{event.transaction.hex()}", event.index, checksum_address(event.contract))
    try:
        found = event_decoding.decode(origin, event.topics, event.data)
    except LedgerError:
        return "unknown"
    return type(found).__name__


def moment(seconds: int) -> str:
    """Return a time in Unix seconds as a text in UTC."""
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).isoformat(" ")
    except (OSError, OverflowError, ValueError):
        return str(seconds)
