"""The operator's pages: how its services are, and what the members are to decide; each reads everything again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from jamjar.errors import InvalidInput, LedgerError
from jamjar.ledger.governed_words import standing_in_words
from jamjar.ledger.proposal_words import changes_of, text_in_line
from jamjar.operator_pages.services import ServiceSeen
from jamjar.pages.app import Answers
from jamjar.pages.guard import Guard
from jamjar.pages.session import Door
from jamjar.pages.site import Site

if TYPE_CHECKING:
    from fastapi import Request, Response

    from jamjar.ledger.governed import ProposalRecord
    from jamjar.operator_pages.unlocking import OpenOperator
    from jamjar.pages.app import Form

TITLE: Final = "What we operate"
NAVIGATION: Final = (("/", "Services"), ("/governance", "Governance"))
_UNITS: Final = ((86400, "%(n)s d"), (3600, "%(n)s h"), (60, "%(n)s min"), (1, "%(n)s s"))


def duration(seconds: int) -> str:
    """Return how long something is, in its largest two units, such as 3 h 5 min; a sign where it is in the future."""
    left, parts = abs(seconds), list[str]()
    for size, words in _UNITS:
        count, left = divmod(left, size)
        if count or (size == 1 and not parts):
            parts.append(words % {"n": count})
    return ("−" if seconds < 0 else "") + " ".join(parts[:2])


def operator_guard(door: Door, opened: OpenOperator, looks: Sequence[Callable[[], ServiceSeen]]) -> Guard:
    """Return the guard of the operator's pages; `looks` has, of each service, what looks at it now."""
    site = Site(
        "jamjar.operator_pages",
        TITLE,
        base=door.base,
        navigation=NAVIGATION,
        filters={"duration": duration},
        values={"has_account": opened.has_account},
    )
    guard = Guard(Answers(site), door, opened)

    def services(request: Request, _: Form) -> Response:
        try:
            governor = opened.governor()
            needs = governor.needs(governor.read())
        except LedgerError as error:
            needs = [str(error)]
        seen = [look() for look in looks]
        wrong = [f"{each.kind}: {sentence}" for each in seen for sentence in each.problems]
        return guard.page(request, "services.html", services=seen, needs=[*wrong, *needs], now=int(time.time()))

    def governance(request: Request, _: Form) -> Response:
        governor = opened.governor()
        found = governor.read()
        member, state = governor.member(found), found.state
        return guard.page(
            request,
            "governance.html",
            pending=[(each, changes_of(each.content, state, governor.ledger.deployment)) for each in found.pending],
            governed_now=found.now,
            member=member,
            member_name=text_in_line(state.member(member).name) if member else "",
            members=[
                (number, text_in_line(each.name), standing_in_words(found, number))
                for number, each in sorted(state.members.items())
            ],
        )

    def proposal(request: Request, _: Form) -> Response:
        governor = opened.governor()
        found = governor.read()
        record = _of_id(found.proposals, request.path_params["name"])
        return guard.page(
            request,
            "proposal.html",
            proposal=record,
            rows=changes_of(record.content, found.state, governor.ledger.deployment),
            may_veto=governor.may_veto(found, record),
            may_execute=governor.may_execute(found, record),
        )

    def acted(act: str) -> Callable[[Request, Form], Response]:
        def post(request: Request, _: Form) -> Response:
            governor, name = opened.governor(), request.path_params["name"]
            record = _of_id(governor.read().proposals, name)
            getattr(governor, act)(record.id.hex())
            return guard.answers.go(f"/proposals/{record.id.hex()}")

        return post

    guard.get("/", services)
    guard.get("/governance", governance)
    guard.get("/proposals/{name}", proposal)
    guard.post("/proposals/{name}/veto", acted("veto"))
    guard.post("/proposals/{name}/execute", acted("execute"))
    return guard


def _of_id(proposals: Mapping[Any, ProposalRecord], name: str) -> ProposalRecord:
    for each in proposals.values():
        if each.id.hex() == name:
            return each
    raise InvalidInput("No proposal has this number; see the list of those that are pending.")
