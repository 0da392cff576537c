"""Commands of an operator that runs a relayer."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jamjar.cli import counting, databases, gateways, options, output, token_options, tokens
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.encoding.shown import short
from jamjar.errors import NodeUnavailable
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.settings import DAY

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.relayer.carrier import Carrier
    from jamjar.relayer.epochs import Epochs
    from jamjar.relayer.item import Item
    from jamjar.relayer.queue import Queue
    from jamjar.relayer.settings import CarrierSettings

app = typer.Typer(no_args_is_help=True, help="A relayer: it carries claimants' signed messages, each once.")

Database = Annotated[str, typer.Option(envvar="JAMJAR_RELAYER_DATABASE", help="sqlite:///FILE or postgresql://...")]
Accounts = Annotated[list[Path], typer.Option("--account", help="A keystore of the operator; repeat it for more.")]
Epoch = Annotated[
    int,
    typer.Option(
        envvar="JAMJAR_RELAYER_EPOCH",
        min=1,
        max=DAY,
        help="Seconds from one epoch of what can wait to the next: a day hides most.",
    ),
]
MostGasPrice = Annotated[
    int,
    typer.Option(
        envvar="JAMJAR_RELAYER_MOST_GAS_PRICE",
        min=0,
        max=2**63 - 1,
        help="The most that is paid for a unit of gas, in wei, whatever the node asks; 0 on a network without fees.",
    ),
]
DEFAULT_MOST_GAS_PRICE = 100 * 10**9
DEFAULT_DATABASE = "sqlite:///relayer.db"


@app.callback()
def relayer() -> None:
    """A relayer: it carries claimants' signed messages, each once."""


@app.command(epilog="Example: jamjar relayer serve --account operator.json --database postgresql://host/relayer")
def serve(
    account: Accounts,
    password_file: options.PasswordFile = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    database: Database = DEFAULT_DATABASE,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 for a free one.")] = 8591,
    proxy: options.Proxies = None,
    epoch: Epoch = DAY,
    margin: Annotated[int, typer.Option(min=1, help="Seconds that carrying may take.")] = 30,
    promise: Annotated[int, typer.Option(min=1, help="Seconds after its epoch by which a message is carried.")] = 600,
    most: Annotated[int, typer.Option(min=1, help="How many messages may wait.")] = 100_000,
    depth: options.Depth = None,
    most_gas_price: MostGasPrice = DEFAULT_MOST_GAS_PRICE,
    keep_days: Annotated[int, typer.Option(min=1, help="Days after which what ended is deleted.")] = 30,
    replay: Annotated[int, typer.Option(min=0, help="Consents to remember; the node is asked about others.")] = 10**6,
    admitter: token_options.Admitters = None,
    gateway_key_file: gateways.KeyFiles = None,
    hop: gateways.Hops = None,
) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM); accepted messages are kept, and carried when it runs again."""
    from jamjar.hop.message import GatewayKind
    from jamjar.ledger.finality import depth_of
    from jamjar.protocol.signing import AccountSigner
    from jamjar.relayer.app import HOP_PATHS, create_app
    from jamjar.relayer.conditions import Timing
    from jamjar.relayer.epochs import AT_NIGHT, Epochs
    from jamjar.relayer.health import examine
    from jamjar.relayer.intake import Intake
    from jamjar.relayer.ledger_view import RelayerNodeView
    from jamjar.relayer.metrics import Metrics
    from jamjar.relayer.replaying import replaying
    from jamjar.relayer.retention import Retention
    from jamjar.relayer.settings import CarrierSettings, IntakeSettings
    from jamjar.relayer.worker import Worker
    from jamjar.service.clock import SteadyClock
    from jamjar.service.database import alone
    from jamjar.service.listening import listen, serve_until_stopped, start_logging

    gateway = gateways.read_gateway(GatewayKind.RELAYER, HOP_PATHS, gateway_key_file, hop)
    place, accounts = Locations("", None, deployment, node), _accounts(account, password_file)
    at, url = place.read_deployment(), options.web_address(node, "node")
    try:
        place.ledger()
    except NodeUnavailable as error:  # withdrawals are accepted nevertheless
        typer.echo(str(error), err=True)
    carrier, deep, queue = accounts[-1].address, depth_of(url, depth), _queue(database)
    with alone(queue.engine), listen(host, port) as listening, replaying(url, at, carrier, replay) as ledger:
        clock, timing = SteadyClock(time.time, time.monotonic), Timing(Epochs(epoch, AT_NIGHT), margin, promise)
        view, retention = RelayerNodeView(place.ledger, carrier), Retention(queue.engine, keep_days)
        carrying = CarrierSettings(depth=deep, most_gas_price=most_gas_price)
        worker = Worker(_carrier(place, at, queue, accounts, carrying), clock, tidy=retention.sweep)
        settings, operator = IntakeSettings(timing, most=most, reserve=max(1, most // 10)), AccountSigner(accounts[0])
        parts: dict[str, Any] = {"operator": operator, "carrier": carrier, "clock": clock}
        parts["counted"] = tokens.counted(at, place.ledger, admitter, clock)
        intake = Intake(settings, at, ledger_view=view, queue=queue, replayed=ledger.look, **parts)
        served = create_app(
            intake,
            Metrics(queue, clock, lambda: retention.deleted),
            lambda: examine(queue, view, worker, timing.epochs, clock),
            start=worker.start,
            stop=worker.stop,
            gateway=gateway,
        )
        start_logging()
        at_port = f"The relayer listens on port {listening.getsockname()[1]}; an epoch lasts {epoch} seconds"
        typer.echo(f"{at_port}, and what is recorded is final {deep} blocks later.")
        serve_until_stopped(served, listening, proxy or [])
    queue.close()


@app.command(epilog="Example: jamjar relayer status --json")
def status(
    database: Database = DEFAULT_DATABASE,
    epoch: Epoch = DAY,
    newest: Annotated[int, typer.Option(min=0, help="How many of each state to list.")] = 5,
    as_json: options.Json = False,
) -> None:
    """Show what waits, what is carried, and what became of the rest."""
    from jamjar.relayer.epochs import AT_NIGHT, Epochs

    queue = _queue(database, must_exist=True)
    _print(queue, Epochs(epoch, AT_NIGHT), newest, as_json=as_json)
    queue.close()


@app.command(epilog="Example: jamjar relayer drain --account operator.json --seconds 600")
def drain(
    account: Accounts,
    password_file: options.PasswordFile = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    database: Database = DEFAULT_DATABASE,
    seconds: Annotated[int, typer.Option(min=1, help="How long to try.")] = 300,
    epoch: Epoch = DAY,
    depth: options.Depth = None,
    most_gas_price: MostGasPrice = DEFAULT_MOST_GAS_PRICE,
    mine: counting.Mine = False,
) -> None:
    """Carry all that waits now, whatever its epoch, while no relayer serves; exit 0 once nothing waits any more."""
    from jamjar.ledger.finality import depth_of
    from jamjar.relayer.epochs import AT_NIGHT, Epochs
    from jamjar.relayer.settings import CarrierSettings
    from jamjar.service.database import alone

    place, accounts = Locations("", None, deployment, node), _accounts(account, password_file)
    at, queue = place.read_deployment(), _queue(database, must_exist=True)
    place.ledger()
    with alone(queue.engine):
        deep = depth_of(options.web_address(place.node, "node"), depth)
        carrier = _carrier(place, at, queue, accounts, CarrierSettings(depth=deep, most_gas_price=most_gas_price))
        with counting.BlockWait(options.web_address(place.node, "node"), seconds, mine=mine) as line:
            while left := carrier.pass_once(int(time.time()), everything=True):
                if not line.wait(f"Messages that are not final yet: {left}."):
                    break
    if left:
        output.print_error(f"Not all could be carried in {seconds} seconds. {carrier.problem}")
        _print(queue, Epochs(epoch, AT_NIGHT), 5, as_json=False)
    else:
        typer.echo("Nothing is queued.")
    queue.close()
    raise typer.Exit(1 if left else 0)


def _accounts(files: Sequence[Path], password_file: Path | None) -> list[LocalAccount]:
    return [options.local_account(file, password_file) for file in files]


def _carrier(
    place: Locations,
    deployment: Deployment,
    queue: Queue,
    accounts: Sequence[LocalAccount],
    settings: CarrierSettings,
) -> Carrier:
    from jamjar.relayer.carrier import Carrier
    from jamjar.relayer.journal import Journal
    from jamjar.relayer.node import CarrierNode

    chain, journal = CarrierNode(options.web_address(place.node, "node"), deployment), Journal(queue.engine)
    return Carrier(chain, journal, accounts, deployment, settings=settings, random=random.SystemRandom())


def _queue(database: str, *, must_exist: bool = False) -> Queue:
    from jamjar.relayer.queue import Queue

    return Queue(databases.existing(database, "relayer") if must_exist else databases.place(database))


def _print(queue: Queue, epochs: Epochs, newest: int, *, as_json: bool) -> None:
    from jamjar.relayer.item import ItemState

    counts, following = queue.counts(), epochs.next_after(int(time.time()))
    lists = {state: queue.newest(state, newest) for state in ItemState}
    if as_json:
        items = {state.name.lower(): [_row(item) for item in found] for state, found in lists.items()}
        totals = {state.name.lower(): count for state, count in counts.items()}
        output.print_json({"counts": totals, "next_epoch": following, "newest": items})
        return
    table = output.OutputTable(
        *(state.name.lower() for state in ItemState), title=f"Next epoch: {output.clock(following)}"
    )
    table.add(*(counts[state] for state in ItemState))
    table.print()
    for state, found in lists.items():
        if found:
            rows = output.OutputTable("Message", "Type", "Due", "Carry by", "Outcome", title=state.name.lower())
            for item in found:
                times = output.clock(item.due_at), output.clock(item.carry_by)
                rows.add(short(item.id.hex()), type(item.signed.message).__name__, *times, _outcome(item))
            rows.print()


def _row(item: Item) -> dict[str, Any]:
    times = {"due_at": item.due_at, "carry_by": item.carry_by}
    return {"id": item.id.hex(), "type": type(item.signed.message).__name__, **times, "outcome": _outcome(item)}


def _outcome(item: Item) -> str:
    from jamjar.relayer.item import Place, Rejection

    if isinstance(item.outcome, Place):
        return f"block {item.outcome.block}"
    return item.outcome.sentence if isinstance(item.outcome, Rejection) else "-"
