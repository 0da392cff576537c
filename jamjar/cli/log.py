"""Commands of a member that publishes the record as a transparency log, and of anyone who wants receipts from it."""

from __future__ import annotations

import secrets
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.encoding.strict_base64 import encode
from jamjar.errors import InvalidInput, LedgerError
from jamjar.protocol.address import checksum_address, parse_address

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.tlog.ledger_source import LedgerSource
    from jamjar.tlog.note import NoteSigner
    from jamjar.tlog.policy import Policy
    from jamjar.tlog.tiles import Reader
    from jamjar.tlog.witness_client import WitnessClient

app = typer.Typer(no_args_is_help=True, help="The record as a transparency log: publish it, get receipts from it.")
PolicyFile = Annotated[
    Path, typer.Option("--policy", envvar="JAMJAR_POLICY", help="The accepted logs and witnesses (tlog-policy).")
]
LogPlace = Annotated[
    str, typer.Option("--log", envvar="JAMJAR_LOG", help="The log: a folder, or an http:// or https:// address.")
]
KeyFile = Annotated[Path, typer.Option("--key-file", help="The file with the private key, as `key` writes it.")]
Registry = Annotated[
    Path | None, typer.Option("--modules", help="The file of the registry of modules, for a log whose name ends so.")
]
Every = Annotated[int, typer.Option(min=0, help="Repeat after so many seconds, until stopped; 0 for once.")]


@app.callback()
def log() -> None:
    """The record as a transparency log: publish it, get receipts from it."""


@app.command(epilog="Example: jamjar log key log.example/jamjar --out log.key")
def key(
    name: Annotated[str, typer.Argument(help="The log's name, such as an address without https://.")],
    out: Annotated[Path, typer.Option(help="The new file for the private key.")],
) -> None:
    """Make a log's key, and print the public one for policies and witnesses."""
    from jamjar.tlog.note import LOG

    make_key(name, LOG, out)


@app.command(epilog="Example: jamjar log publish --key-file log.key --folder www --policy policy --every 15")
def publish(
    key: KeyFile,
    folder: Annotated[Path, typer.Option(help="The folder of the log's files; serve it unchanged.")],
    policy: PolicyFile,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    depth: options.Depth = None,
    modules: Registry = None,
    every: Every = 0,
) -> None:
    """Publish the final events of the ledger, with as many cosignatures as the policy demands.

    Under a name that ends in /members, those of members alone: a phone reads that log whole; under one that ends in
    /modules, those of the modules that the members admitted, by the registry that --modules names.
    """
    from jamjar.ledger.finality import finality
    from jamjar.tlog.errors import LogUnavailable, WitnessesMissing
    from jamjar.tlog.folder import Folder
    from jamjar.tlog.publisher import Publisher

    signer, rules = read_key(key), load_policy(policy)
    ledger = Locations("", None, deployment, node).ledger()
    url = options.web_address(node, "node")
    source = source_of(ledger, url, finality(url).at_least(depth), signer.verifier.name, modules)
    publisher = Publisher(Folder(folder), signer, source, _witnesses(rules), rules)
    while True:
        try:
            done = publisher.publish()
            at = f"{done.checkpoint.size} events, {done.new} of them new"
            typer.echo(f"Published: {at}. {' '.join(done.failed)}".strip())
        except (LedgerError, LogUnavailable, WitnessesMissing) as error:
            if not every:
                raise
            typer.echo(f"Nothing was published. {error}", err=True)
        if not every:
            return
        time.sleep(every)


@app.command(epilog="Example: jamjar log receipt --log www --policy policy --consent 0x... --out receipts")
def receipt(
    log: LogPlace,
    policy: PolicyFile,
    consent: Annotated[list[str], typer.Option(help="A consent's address; may be given several times.")],
    out: Annotated[Path, typer.Option(help="The folder for the receipts; existing ones stay.")],
) -> None:
    """Write a receipt for every event under these consents, without revealing them to the log."""
    from jamjar.tlog.receipt_maker import receipts

    wanted = {parse_address(each) for each in consent}
    kept = 0
    for number, event, text in receipts(reader(log), load_policy(policy), wanted):
        file = out / f"{checksum_address(event.topics[1][12:])}-{number}.tlog-proof"
        if not file.exists():
            files.make_folder(out)
            files.write({file: text.encode()})
            kept += 1
    typer.echo(f"{kept} new receipts are in {out}; check one with jamjar verify receipt FILE --policy {policy}")


@app.command(epilog="Example: jamjar log at 1200 --log www --policy policy")
def at(
    block: Annotated[int, typer.Argument(min=0, help="A block of the ledger.")], log: LogPlace, policy: PolicyFile
) -> None:
    """Print the size and root of the log up to and including a block, which are the same on every machine."""
    from jamjar.tlog.reading import size_at
    from jamjar.tlog.receipt_maker import published
    from jamjar.tlog.tiles import TileTree
    from jamjar.tlog.tree import root

    files_there = reader(log)
    signed = published(files_there, load_policy(policy)).checkpoint
    tree = TileTree(files_there, signed.size)
    size = size_at(tree, block)
    if size == signed.size:
        typer.echo(f"The log has no further events than these {size}.", err=True)
    typer.echo(f"{size} {encode(root(tree, size))}")


def make_key(name: str, kind: int, out: Path) -> None:
    """Make a key of this kind, and print the public one."""
    from jamjar.tlog.note import generate

    signer = generate(name, kind, secrets.token_bytes)
    files.write({out: f"{signer.to_text()}\n".encode()})
    typer.echo(str(signer.verifier))


def read_key(file: Path) -> NoteSigner:
    """Return the private key in a file."""
    from jamjar.tlog.note import read_signer

    return read_signer(files.text(file, "file with the private key").strip())


def load_policy(file: Path) -> Policy:
    """Return the policy in a file."""
    from jamjar.tlog.note import MAX_BYTES
    from jamjar.tlog.policy import read_policy

    return read_policy(files.text(file, "policy", MAX_BYTES))


def reader(place: str) -> Reader:
    """Return the reader of a log in a folder or at an address."""
    from jamjar.tlog.folder import Folder
    from jamjar.tlog.web import WebReader

    if "://" in place:
        return WebReader(options.web_address(place, "log"))
    if not Path(place).is_dir():
        raise InvalidInput(f"There is no folder {place}; name the log's folder or its address.")
    return Folder(Path(place))


def _witnesses(policy: Policy) -> list[WitnessClient]:
    """Return the witnesses that have an address in the policy."""
    from jamjar.tlog.web import post
    from jamjar.tlog.witness_client import WitnessClient

    return [
        WitnessClient(policy.witnesses[name], partial(post, f"{options.web_address(url, 'witness')}/add-checkpoint"))
        for name, url in policy.urls.items()
    ]


def source_of(ledger: Ledger, url: str, depth: int, log: str, modules: Path | None) -> LedgerSource:
    """Return where the events of a log of this name come from; raises InvalidInput where it and --modules disagree."""
    from jamjar.ledger.module_registry import contract_of, read_place
    from jamjar.tlog.ledger_source import LedgerSource
    from jamjar.tlog.module_source import ModuleSource
    from jamjar.tlog.policy import OF_MODULES, is_of_modules

    if modules is None:
        if is_of_modules(log):
            raise InvalidInput(f"A log whose name ends in {OF_MODULES} has modules' events; name --modules, too.")
        return LedgerSource(url, ledger.deployment, depth, log)
    if not is_of_modules(log):
        raise InvalidInput(f"Only a log whose name ends in {OF_MODULES} has modules' events; leave out --modules.")
    contract_of(ledger, place := read_place(modules))
    return ModuleSource(url, ledger.deployment, depth, place)
