"""An operator's services as they answer now: node, relayer, mailbox, log and its witnesses.

Each look asks a service's own endpoint once. What it answers is text of others: it is bounded here, and shown as text.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from prometheus_client.parser import text_string_to_metric_families

from jamjar.errors import JamjarError
from jamjar.network import node_look
from jamjar.service.http_client import HttpClient
from jamjar.service.json_rpc import JsonRpc
from jamjar.tlog.monitor import Monitor
from jamjar.tlog.monitor_state import MonitorState
from jamjar.tlog.policy import Policy

KINDS: Final = ("Node", "Relayer", "Mailbox", "Log")
SECONDS: Final = 10
"""How long a service may take to answer."""
_MOST_BYTES: Final = 256 * 1024
_MOST_PROBLEMS: Final = 20
_LONGEST: Final = 500
STILL_SECONDS: Final = 120
"""After so long without a block a node stands still."""
SILENCE_SECONDS: Final = 3600
"""After so long an event that is not in the log is late, and so is a cosignature."""


class ServiceSilent(JamjarError):
    """A service gave no valid answer."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a service says of itself: in English what it is, and how much; `unit` is seconds, or nothing.

    whose  a name that somebody else chose, if it is about one
    """

    what: str
    value: int | str
    unit: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class ServiceSeen:
    """One service: its kind in English, its address, and what it answered. It is well without problems."""

    kind: str
    place: str
    facts: tuple[Fact, ...] = ()
    problems: tuple[str, ...] = ()


def see(kind: str, place: str, look: Callable[[], tuple[list[Fact], list[str]]]) -> ServiceSeen:
    """Return a service as a look finds it; one that does not answer has that as its problem."""
    try:
        facts, problems = look()
    except JamjarError as error:
        return ServiceSeen(kind, place, problems=(str(error)[:_LONGEST],))
    return ServiceSeen(kind, place, tuple(facts), tuple(each[:_LONGEST] for each in problems[:_MOST_PROBLEMS]))


def node(rpc: JsonRpc, clock: Callable[[], float] = time.time) -> tuple[list[Fact], list[str]]:
    """Look at a node: its newest block, peers, and waiting transactions, as far as it tells them."""
    seen, syncing = node_look.look(rpc), rpc.one("eth_syncing")
    age = int(clock()) - seen.time
    facts = [Fact("Newest block", seen.height), Fact("Age of the newest block", age, "seconds")]
    if seen.peers is not None:
        facts.append(Fact("Other nodes that it is connected to", seen.peers))
    if seen.pool is not None:
        facts.append(Fact("Transactions that wait", seen.pool))
    problems = []
    if age > STILL_SECONDS:
        problems.append("The node has had no block for a while; see jamjar network doctor, and check its peers.")
    if isinstance(syncing, dict):
        problems.append("The node is behind, and catches up; wait, or ask another node meanwhile.")
    return facts, problems


def relayer(url: str) -> tuple[list[Fact], list[str]]:
    """Look at a relayer: its health, and its queue."""
    client = HttpClient("The relayer", ServiceSilent, seconds=SECONDS, most_bytes=_MOST_BYTES)
    answer = client.ask("GET", f"{url}/health")
    found = client.sensible(lambda: _health(answer.body))
    facts = [Fact(what, found[name], "seconds") for name, what in AGES.items() if name in found]
    pages = client.ask("GET", f"{url}/metrics")
    if pages.status == 200:
        facts = [*client.sensible(lambda: list(_queue(pages.body.decode()))), *facts]
    return facts, found["problems"]


def mailbox(url: str) -> tuple[list[Fact], list[str]]:
    """Look at a mailbox: whether it answers, with the document that says how it is used."""
    client = HttpClient("The mailbox", ServiceSilent, seconds=SECONDS, most_bytes=_MOST_BYTES)
    answer = client.ask("GET", f"{url}/openapi.json")
    title = client.sensible(lambda: str(json.loads(answer.body)["info"]["title"]))
    return [Fact("It calls itself", title[:_LONGEST])], []


class LogLook:
    """Looks at one log, again and again: each look reads only what is new."""

    def __init__(self, connect: Callable[[], Monitor], policy: Policy, clock: Callable[[], float] = time.time) -> None:
        """Take what makes its monitor, which asks one's own node first; raises LedgerError while there is none."""
        self._connect, self._policy, self._clock = connect, policy, clock
        self._monitor: Monitor | None = None
        self._state = MonitorState()

    def __call__(self) -> tuple[list[Fact], list[str]]:
        """Look: its size, how old each witness' cosignature is, and every alarm."""
        now = int(self._clock())
        if self._monitor is None:
            self._monitor = self._connect()
        report = self._monitor.look(self._state, now)
        self._state = report.state
        facts = [Fact("Events in the log", report.state.frontier.size)]
        if report.state.note is not None:
            cosigned = self._policy.check_log(str(report.state.note)).cosigned
            facts += [Fact("Since a witness cosigned", now - at, "seconds", name) for name, at in cosigned.items()]
        return facts, [each.sentence for each in report.alarms]


AGES: Final = {
    "next_epoch_in": "Until the next epoch",
    "last_pass_age": "Since it carried last",
    "oldest_due_age": "How late the oldest message is",
    "newest_block_age": "Age of the newest block, as it sees it",
}
STATES: Final = {"WAITING": "Messages that wait", "CARRIED": "Messages under way"}


def _health(body: bytes) -> dict[str, Any]:
    found = json.loads(body)
    problems = found["problems"]
    if not isinstance(problems, list) or any(not isinstance(each, str) for each in problems):
        raise ValueError
    return {**{name: int(found[name]) for name in AGES if name in found}, "problems": problems}


def _queue(page: str) -> Iterator[Fact]:
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            if sample.name == "jamjar_relayer_items" and sample.labels.get("state") in STATES:
                yield Fact(STATES[sample.labels["state"]], int(sample.value))
