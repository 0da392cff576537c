"""What nodes, a mailbox, a hop and a log show of themselves, as Prometheus reads it; a relayer answers it itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

import typer

from jamjar.cli import options
from jamjar.cli.log import Every, load_policy, reader
from jamjar.errors import InvalidInput, JamjarError
from jamjar.service import private_file

if TYPE_CHECKING:
    from jamjar.service.json_rpc import JsonRpc

Sample: TypeAlias = tuple[str, dict[str, str], float]
"""A metric's name, its labels, and its value, a whole number."""
ANSWER_SECONDS: Final = 10
MOST_BYTES: Final = 1 << 20
PUBLIC: Final = 0o644
HELP: Final = {
    "jamjar_metrics_time_seconds": "When these were read, in Unix seconds.",
    "jamjar_node_up": "Whether the node answers.",
    "jamjar_node_height": "The newest block's number.",
    "jamjar_node_block_age_seconds": "Seconds from the newest block's time to this machine's clock.",
    "jamjar_node_peers": "How many peers it has.",
    "jamjar_node_pool": "How many transactions wait in it; left out where it does not say.",
    "jamjar_nodes_agree": "Whether all nodes that answer have the same block at one height.",
    "jamjar_mailbox_up": "Whether the mailbox answers.",
    "jamjar_hop_up": "Whether the hop answers, and all is well there.",
    "jamjar_log_up": "Whether the log has a checkpoint that meets the policy.",
    "jamjar_log_events": "How many events the log has.",
    "jamjar_log_age_seconds": "Seconds since a witness last cosigned it.",
}
"""All metrics, each a gauge, and what it says."""


def metrics(
    node: Annotated[list[str] | None, typer.Option(help="A node, as NAME=ADDRESS; may be given several times.")] = None,
    mailbox: Annotated[str, typer.Option(help="A mailbox's address.")] = "",
    hop: Annotated[str, typer.Option(help="A hop's address.")] = "",
    log: Annotated[str, typer.Option(help="A log: a folder, or an http:// or https:// address.")] = "",
    policy: Annotated[Path | None, typer.Option(help="The accepted logs and witnesses, for --log.")] = None,
    out: Annotated[Path | None, typer.Option(help="A .prom file, for node_exporter's textfile collector.")] = None,
    every: Every = 0,
) -> None:
    """Print what nodes, a mailbox, a hop and a log show of themselves, in the text format of Prometheus."""
    nodes = [_named(each) for each in node or ()]
    if len({name for name, _ in nodes}) != len(nodes):
        raise InvalidInput("Two nodes have the same name; give each --node a name of its own.")
    if not (nodes or mailbox or hop or log):
        raise InvalidInput("Nothing is named; name --node, --mailbox, --hop or --log.")
    if bool(log) != (policy is not None):
        raise InvalidInput("A log is checked by a policy; name both --log and --policy.")
    if every and out is None:
        raise InvalidInput("To repeat, it needs a file that it replaces each time; name it with --out.")
    at = options.web_address(mailbox, "mailbox") if mailbox else ""
    hop_at = options.web_address(hop, "hop") if hop else ""
    while True:
        now = time.time()
        samples: list[Sample] = [("jamjar_metrics_time_seconds", {}, int(now)), *_nodes(nodes, now)]
        samples += [("jamjar_mailbox_up", {}, _answers(f"{at}/openapi.json", 500))] if at else []
        samples += [("jamjar_hop_up", {}, _answers(f"{hop_at}/health", 400))] if hop_at else []
        samples += _log(log, policy, now) if policy is not None else []
        if out is None:
            typer.echo(text(samples), nl=False)
        else:
            _replace(out, text(samples))
        if not every:
            return
        time.sleep(every)


def _replace(out: Path, content: str) -> None:
    """Write the file whole or not at all, for the collector to read: there is nothing private in it."""
    try:
        private_file.replace(out, content.encode(), PUBLIC)
    except OSError as error:
        raise InvalidInput(f"{out} cannot be written ({error.strerror}); name another place.") from None


def text(samples: Sequence[Sample]) -> str:
    """Return samples in the Prometheus text format 0.0.4, the samples of a metric together."""
    lines = []
    for name, explained in HELP.items():
        of_name = [(labels, value) for each, labels, value in samples if each == name]
        if of_name:
            lines += [f"# HELP {name} {explained}", f"# TYPE {name} gauge"]
        for labels, value in of_name:
            listed = ",".join(f'{label}="{_escaped(held)}"' for label, held in labels.items())
            lines.append(f"{name}{f'{{{listed}}}' if listed else ''} {value:.0f}")
    return "".join(f"{line}\n" for line in lines)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _named(given: str) -> tuple[str, str]:
    name, is_named, address = given.partition("=")
    if not is_named or not name or "/" in name:
        raise InvalidInput(f"{given!r} is not NAME=ADDRESS; write --node ours=http://127.0.0.1:8545")
    return name, options.web_address(address, "node")


def _nodes(nodes: Sequence[tuple[str, str]], now: float) -> Iterator[Sample]:
    from jamjar.service.json_rpc import JsonRpc

    asked = {name: JsonRpc(url, seconds=ANSWER_SECONDS, name=name) for name, url in nodes}
    heights = dict[str, int]()
    for name, rpc in asked.items():
        found = _or_none(lambda rpc=rpc: _node(rpc, now))  # type: ignore[misc]
        yield "jamjar_node_up", {"node": name}, float(found is not None)
        for metric, value in (found or {}).items():
            yield metric, {"node": name}, value
        if found is not None:
            heights[name] = int(found["jamjar_node_height"])
    if len(heights) > 1:
        common = hex(min(heights.values()))
        hashes = {_or_none(lambda name=name: _hash(asked[name], common)) for name in heights}  # type: ignore[misc]
        yield "jamjar_nodes_agree", {}, float(len(hashes - {None}) == 1)


def _node(rpc: JsonRpc, now: float) -> dict[str, float]:
    from jamjar.network.node_look import look

    seen = look(rpc)
    told = {
        "jamjar_node_height": seen.height,
        "jamjar_node_block_age_seconds": int(now) - seen.time,
        "jamjar_node_peers": seen.peers,
        "jamjar_node_pool": seen.pool,
    }
    return {name: float(value) for name, value in told.items() if value is not None}


def _hash(rpc: JsonRpc, number: str) -> Any:
    answer = rpc.one("eth_getBlockByNumber", number, False)
    with rpc.reading():
        return answer["hash"]


def _answers(url: str, below: int) -> float:
    """Return 1 where the address answers with a status below this one, 0 elsewhere."""
    from jamjar.mailbox.refusal import MailboxUnavailable
    from jamjar.service.http_client import HttpClient

    client = HttpClient("The service", MailboxUnavailable, seconds=ANSWER_SECONDS, most_bytes=MOST_BYTES)
    found = _or_none(lambda: client.ask("GET", url, b"").status)
    return float(found is not None and found < below)


def _log(log: str, policy: Path, now: float) -> Iterator[Sample]:
    from jamjar.tlog.receipt_maker import published

    rules = load_policy(policy)
    found = _or_none(lambda: published(reader(log), rules))
    yield "jamjar_log_up", {}, float(found is not None)
    if found is not None:
        yield "jamjar_log_events", {}, found.checkpoint.size
        yield "jamjar_log_age_seconds", {}, int(now) - max(found.cosigned.values(), default=0)


def _or_none(read: Callable[[], Any]) -> Any:
    """Return what is read, None where it cannot be: then the metric says so, and the others are told all the same."""
    try:
        return read()
    except JamjarError:
        return None
