"""The explorer's answers: its pages, a search, a consent as at a moment, a receipt to keep, and a file to check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jamjar.errors import InvalidInput, JamjarError
from jamjar.explorer import checking, search
from jamjar.explorer.asked import moment_asked
from jamjar.explorer.following import Reading
from jamjar.explorer.pages import Explored, page
from jamjar.explorer.site import explorer_site, found_path
from jamjar.pages.app import Answers, Request, Response

if TYPE_CHECKING:
    from jamjar.explorer.consents import AsOf
    from jamjar.tlog.policy import Policy

NO_PAGE: Final = "Nothing has this name, up to the block that these pages are as of; look in the lists, or search."
NO_POLICY: Final = "No policy was named, so no file can be believed; start again with --policy."
NO_FILE: Final = "No file was chosen; choose a receipt or evidence."
_KIND: Final = ".tlog-proof"


@dataclass(frozen=True, slots=True)
class ExploredPages:
    """The pages of what was explored.

    answers  makes them
    time_of  the time of a block, as the node has it
    policy   whose receipts are believed; None where none was named
    """

    explored: Explored
    answers: Answers
    time_of: Callable[[int], int]
    policy: Policy | None = None

    def page_at(self, request: Request, read: Reading, path: str) -> Response:
        """Return the page at a path, or a receipt."""
        if path.startswith("/events/") and path.endswith(_KIND):
            return self._receipt(request, read, path.removeprefix("/events/").removesuffix(_KIND))
        block, time = (request.query_params.get(name, "") for name in ("block", "time"))
        typed: dict[str, Any] = {"asked_block": block, "asked_time": time}
        at: AsOf | None = None
        if path.startswith("/consents/") and (block or time):
            try:
                at = moment_asked(self.explored.record, self.time_of, block, time)
            except JamjarError as error:
                typed["wrong"] = str(error)
        found = page(self.explored, path, at)
        if found is None:
            return self._answer(request, read, "search.html", 404, wrong=NO_PAGE, found=[])
        return self._answer(request, read, found[0], 400 if "wrong" in typed else 200, **found[1], **typed)

    def searched(self, request: Request, read: Reading) -> Response:
        """Return what a search finds, or send the browser to the one thing that it does."""
        wanted = request.query_params.get("q", "")
        found, wrong = list[search.Found](), ""
        try:
            found = search.find(self.explored.record, self.explored.governing, wanted)
        except InvalidInput as error:
            wrong = str(error)
        if len(found) == 1:
            return self.answers.go(found_path(found[0]))
        shown = wanted if wanted.isprintable() else ""
        context: dict[str, Any] = {"found": found, "wrong": wrong, "wanted": shown[: search.MOST_CHARACTERS]}
        return self._answer(request, read, "search.html", 200 if found else 404, **context)

    def form(self, request: Request, read: Reading) -> Response:
        """Return the page to choose a file on."""
        return self._answer(request, read, "check.html", wrong="" if self.policy else NO_POLICY)

    def checked(self, request: Request, read: Reading, data: bytes) -> Response:
        """Return what a file shows."""
        context: dict[str, Any] = {"here": "/check"}
        try:
            if self.policy is None:
                raise InvalidInput(NO_POLICY)
            if not data:
                raise InvalidInput(NO_FILE)
            context["checked"] = checking.check(data, self.policy, self.explored.record)
        except JamjarError as error:
            context["wrong"] = str(error)
        return self._answer(request, read, "check.html", 400 if "wrong" in context else 200, **context)

    def _receipt(self, request: Request, read: Reading, name: str) -> Response:
        log, number = self.explored.log, int(name) if name.isascii() and name.isdigit() and len(name) < 16 else -1
        if log is None or number < 0 or not log.proves(number):
            return self._answer(request, read, "search.html", 404, wrong=NO_PAGE, found=[])
        return Response(log.receipt(number), media_type="application/octet-stream")

    def _answer(self, request: Request, read: Reading, name: str, status: int = 200, **context: Any) -> Response:
        return self.answers.page(request, name, status, **{**shared(self.explored), "read": read, **context})


def pages_of(explored: Explored, time_of: Callable[[int], int], policy: Policy | None = None) -> ExploredPages:
    """Return the pages, with their templates read, so that no reader waits for that."""
    site = explorer_site(explored)
    site.read_templates()
    return ExploredPages(explored, Answers(site), time_of, policy)


def shared(explored: Explored) -> dict[str, Any]:
    """Return what every template names; `read` is None where pages are files."""
    names = ("report", "record", "governing", "log", "modules")
    return {name: getattr(explored, name) for name in names} | {"read": None}
