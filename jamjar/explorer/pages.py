"""What each page shows: from its path to a template and the values that the template names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from jamjar.audit.findings import RULES, Severity
from jamjar.audit.report import AuditReport
from jamjar.explorer import index
from jamjar.explorer.consents import AsOf, consent_seen
from jamjar.explorer.governing import Governing
from jamjar.explorer.log_seen import LogSeen
from jamjar.explorer.record import EventRecord
from jamjar.ledger.module_registry import AdmittedModule

_BLOCKS: Final = "blocks-"
PER_PAGE: Final = 100
"""Rows of one page of a list."""
Page: TypeAlias = tuple[str, dict[str, Any]]
"""A template's name, and its values."""


@dataclass(frozen=True, slots=True)
class Explored:
    """Everything that pages are made of, all as of one block.

    log      None where no log was named
    modules  those that are admitted; None where no registry was named
    """

    report: AuditReport
    record: EventRecord
    governing: Governing
    log: LogSeen | None = None
    modules: tuple[AdmittedModule, ...] | None = None


def paths(explored: Explored) -> Iterator[str]:
    """Yield the path of every page, without a language or an ending; "/" is the first page."""
    record = explored.record
    yield from ("/", "/members", "/governing", "/log", "/limits", "/find")
    yield from (f"/find/{prefix}" for prefix in index.beginnings(record, explored.governing))
    yield from (f"/find/{_BLOCKS}{first}" for first in index.ranges(record))
    for name, rows in (("consents", record.consents), ("events", record.entries)):
        yield from (_list_path(name, number) for number in range(1, _pages(len(rows)) + 1))
    for kind, names in (
        ("members", explored.governing.state.members),
        ("proposals", explored.governing.proposals),
        ("consents", record.consents),
        ("transactions", record.transactions),
        ("blocks", record.blocks),
        ("events", range(len(record.entries))),
    ):
        yield from (f"/{kind}/{name}" for name in names)


def page(explored: Explored, path: str, at: AsOf | None = None) -> Page | None:
    """Return the template of a page and its values; None where there is no such page.

    What comes after a slash is compared with names that the record has, and never read as a path.

    at  the moment that a consent is shown as of, by default the record's last block
    """
    kind, _, name = path.removeprefix("/").partition("/")
    if not name:
        found = _ALONE.get(kind)
        return None if found is None else found(explored)
    if kind in _LISTS and name.startswith("page-"):
        number = _number(name.removeprefix("page-"))
        return _LISTS[kind](explored, number) if number not in {None, 1} else None
    if kind == "consents":
        return _consent(explored, name, at)
    return _OF[kind](explored, name) if kind in _OF else None


def _verdict(explored: Explored) -> Page:
    report = explored.report
    order = {severity: place for place, severity in enumerate(Severity)}
    rules = sorted((RULES[name] for name in report.counts if report.counts[name]), key=lambda r: order[r.severity])
    found = [(rule, report.counts[rule.id], [f for f in report.findings if f.rule == rule.id][:20]) for rule in rules]
    breaches = sum(count for rule, count, _ in found if rule.severity is Severity.BREACH)
    is_built = "code-unchecked" not in report.counts
    return "verdict.html", {"found": found, "breaches": breaches, "is_built": is_built}


def _list(name: str) -> Callable[..., Page | None]:
    def made(explored: Explored, number: int = 1) -> Page | None:
        record = explored.record
        rows: Sequence[Any] = list(record.consents) if name == "consents" else record.entries
        count = _pages(len(rows))
        if not 1 <= number <= count:
            return None
        # The oldest first, so that a full page of an export stays what it is.
        shown = rows[(number - 1) * PER_PAGE : number * PER_PAGE]
        ways = (("before", number - 1), ("after", number + 1))
        others = {way: _list_path(name, to) for way, to in ways if 1 <= to <= count}
        return f"{name}.html", {"rows": shown, "number": number, "count": count, "others": others, "total": len(rows)}

    return made


def _consent(explored: Explored, name: str, at: AsOf | None) -> Page | None:
    consent = consent_seen(explored.record, name, at)
    return None if consent is None else ("consent.html", {"consent": consent, "is_past": at is not None})


def _member(explored: Explored, name: str) -> Page | None:
    number = _number(name)
    member = None if number is None else explored.governing.member(number)
    return None if member is None else ("member.html", {"member": member})


def _proposal(explored: Explored, name: str) -> Page | None:
    proposal = explored.governing.proposals.get(name)
    if proposal is None:
        return None
    return "proposal.html", {"id": name, "proposal": proposal, "changes": explored.governing.changes(proposal)}


def _transaction(explored: Explored, name: str) -> Page | None:
    entries = explored.record.transactions.get(name)
    return None if entries is None else ("transaction.html", {"hash": name, "entries": entries})


def _block(explored: Explored, name: str) -> Page | None:
    number, record = _number(name), explored.record
    if number is None or not record.deployment.block <= number <= record.last.number:
        return None
    return "block.html", {"block": number, "entries": record.blocks.get(number, [])}


def _find(explored: Explored) -> Page:
    record, governing = explored.record, explored.governing
    names = sorted(governing.names.items(), key=lambda pair: pair[0].casefold())
    listed = {"beginnings": index.beginnings(record, governing), "ranges": index.ranges(record), "names": names}
    return "find.html", {**listed, "blocks": index.BLOCKS}


def _found(explored: Explored, name: str) -> Page | None:
    first = _number(name.removeprefix(_BLOCKS)) if name.startswith(_BLOCKS) else None
    groups = {} if first is not None else index.beginning(explored.record, explored.governing, name)
    blocks = [] if first is None or first % index.BLOCKS else index.blocks_from(explored.record, first)
    if not groups and not blocks:
        return None
    last = (first or 0) + index.BLOCKS - 1
    return "found.html", {"start": name, "groups": groups, "blocks": blocks, "first": first, "last": last}


def _event(explored: Explored, name: str) -> Page | None:
    number, log = _number(name), explored.log
    if number is None or number >= len(explored.record.entries):
        return None
    proof = log.proof(number) if log is not None and log.proves(number) else None
    return "event.html", {"entry": explored.record.entries[number], "proof": proof}


def _pages(rows: int) -> int:
    return max(1, -(-rows // PER_PAGE))


def _list_path(name: str, number: int) -> str:
    return f"/{name}" if number == 1 else f"/{name}/page-{number}"


def _number(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) <= 15 and str(int(text)) == text
    return int(text) if fits else None


_ALONE: Final[Mapping[str, Callable[[Explored], Page | None]]] = {
    "": _verdict,
    "members": lambda _: ("members.html", {}),
    "governing": lambda _: ("governing.html", {}),
    "consents": _list("consents"),
    "events": _list("events"),
    "log": lambda _: ("log.html", {}),
    "limits": lambda _: ("limits.html", {}),
    "find": _find,
}
_LISTS: Final = {name: _list(name) for name in ("consents", "events")}
_OF: Final[Mapping[str, Callable[[Explored, str], Page | None]]] = {
    "members": _member,
    "proposals": _proposal,
    "transactions": _transaction,
    "blocks": _block,
    "events": _event,
    "find": _found,
}
