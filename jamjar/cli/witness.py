"""Commands of a member that witnesses logs."""

import time
from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files, options
from jamjar.cli.log import make_key, read_key
from jamjar.errors import InvalidInput

app = typer.Typer(
    no_args_is_help=True, help="A witness: it cosigns a log that only grows, and keeps evidence against any other."
)
KeyFiles = Annotated[list[Path], typer.Option("--key-file", help="A private key's file; one of each type at most.")]
State = Annotated[Path, typer.Option("--state", help="The witness's file; keep it, and never restore an older one.")]


@app.callback()
def witness() -> None:
    """A witness: it cosigns a log that only grows."""


@app.command(epilog="Example: jamjar witness key witness.example/bank --out witness.key")
def key(
    name: Annotated[str, typer.Argument(help="The witness's name, such as an address without https://.")],
    out: Annotated[Path, typer.Option(help="The new file for the private key.")],
    post_quantum: Annotated[bool, typer.Option(help="ML-DSA-44 instead of Ed25519; make one of each.")] = False,
) -> None:
    """Make a witness's key, and print the public one for policies."""
    from jamjar.tlog.note import PQ_WITNESS, WITNESS

    make_key(name, PQ_WITNESS if post_quantum else WITNESS, out)


@app.command(epilog="Example: jamjar witness serve --key-file witness.key --log log.example/jamjar+...")
def serve(
    key: KeyFiles,
    log: Annotated[list[str], typer.Option(help="A log's public key; may be given several times.")],
    state: State = Path("witness.db"),
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 for a free one.")] = 8592,
    proxy: options.Proxies = None,
) -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM); it needs no node."""
    from jamjar.service.listening import address_of, listen, serve_until_stopped, start_logging
    from jamjar.tlog.note import COSIGNING, LOG, read_verifier
    from jamjar.tlog.witness import Witness
    from jamjar.tlog.witness_app import create_app
    from jamjar.tlog.witness_store import WitnessStore

    signers, logs = [read_key(each) for each in key], tuple(read_verifier(each) for each in log)
    kinds = [each.verifier.kind for each in signers]
    if not set(kinds) <= set(COSIGNING) or len(kinds) != len(set(kinds)) or any(each.kind != LOG for each in logs):
        raise InvalidInput("A key is not a witness's, of a type given twice, or not a log's; name the right keys.")
    listening = listen(host, port)
    store = WitnessStore(state, logs)
    start_logging()
    typer.echo(f"The witness {signers[0].verifier.name} listens at {address_of(host, listening)}.")
    served = create_app(Witness(logs, signers, store, time.time))
    serve_until_stopped(served, listening, proxy or [])
    store.close()


@app.command(epilog="Example: jamjar witness evidence --out evidence")
def evidence(
    out: Annotated[Path, typer.Option(help="The new folder for the evidence.")], state: State = Path("witness.db")
) -> None:
    """Write the evidence against logs, one file each, which anyone checks with jamjar verify evidence."""
    from jamjar.tlog.witness_store import WitnessStore

    if not state.exists():
        raise InvalidInput(f"There is no {state}; name the witness's file with --state.")
    store = WitnessStore(state)
    found = {f"{number:04}.log-evidence": str(each).encode() for number, each in enumerate(store.against(), 1)}
    store.close()
    if found:
        files.write_folder(out, found)
    typer.echo(f"{len(found)} pieces of evidence.")
