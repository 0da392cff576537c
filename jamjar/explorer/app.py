"""The explorer over HTTP: its pages, a search, a consent as at a moment, a receipt to keep, and a file to check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from jamjar.errors import InvalidInput, JamjarError
from jamjar.explorer import checking, search
from jamjar.explorer.asked import moment_asked
from jamjar.explorer.pages import Explored, page
from jamjar.explorer.site import found_path
from jamjar.pages.app import Answers, read_form

if TYPE_CHECKING:
    from jamjar.explorer.consents import AsOf
    from jamjar.tlog.policy import Policy

NO_PAGE: Final = "Nothing has this name, up to the block that these pages are as of; look in the lists, or search."
NO_POLICY: Final = "No policy was named, so no file can be believed; start again with --policy."
NO_FILE: Final = "No file was chosen; choose a receipt or evidence."
_KIND: Final = ".tlog-proof"


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of what was explored, served to a browser on this machine.

    time_of  the time of a block, as the node has it
    policy   whose receipts are believed; None where none was named
    """

    explored: Explored
    time_of: Callable[[int], int]
    policy: Policy | None = None

    def add(self, app: FastAPI, answers: Answers) -> None:
        """Add the routes to an application."""
        base = answers.site.base

        @app.get(f"{base}/search")
        def searched(request: Request) -> Response:
            return self._search(answers, request)

        @app.get(f"{base}/check")
        def form(request: Request) -> Response:
            return self._form(answers, request)

        @app.post(f"{base}/check")
        async def check(request: Request) -> Response:
            form = await read_form(request)
            return await run_in_threadpool(self._checked, answers, request, form.file)

        @app.get(f"{base}/{{path:path}}")
        def shown(request: Request, path: str) -> Response:
            return self._shown(answers, request, f"/{path}")

    def _shown(self, answers: Answers, request: Request, path: str) -> Response:
        if path.startswith("/events/") and path.endswith(_KIND):
            return self._receipt(answers, request, path.removeprefix("/events/").removesuffix(_KIND))
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
            return self._answer(answers, request, "search.html", 404, wrong=NO_PAGE, found=[])
        return self._answer(answers, request, found[0], 400 if "wrong" in typed else 200, **found[1], **typed)

    def _receipt(self, answers: Answers, request: Request, name: str) -> Response:
        log, number = self.explored.log, int(name) if name.isascii() and name.isdigit() and len(name) < 16 else -1
        if log is None or number < 0 or not log.proves(number):
            return self._answer(answers, request, "search.html", 404, wrong=NO_PAGE, found=[])
        return Response(log.receipt(number), media_type="application/octet-stream")

    def _search(self, answers: Answers, request: Request) -> Response:
        wanted = request.query_params.get("q", "")
        found, wrong = list[search.Found](), ""
        try:
            found = search.find(self.explored.record, self.explored.governing, wanted)
        except InvalidInput as error:
            wrong = str(error)
        if len(found) == 1:
            return answers.go(found_path(found[0]))
        shown = wanted if wanted.isprintable() else ""
        context: dict[str, Any] = {"found": found, "wrong": wrong, "wanted": shown[: search.MOST_CHARACTERS]}
        return self._answer(answers, request, "search.html", 200 if found else 404, **context)

    def _form(self, answers: Answers, request: Request) -> Response:
        return self._answer(answers, request, "check.html", wrong="" if self.policy else NO_POLICY)

    def _checked(self, answers: Answers, request: Request, data: bytes) -> Response:
        context: dict[str, Any] = {"here": "/check"}
        try:
            if self.policy is None:
                raise InvalidInput(NO_POLICY)
            if not data:
                raise InvalidInput(NO_FILE)
            context["checked"] = checking.check(data, self.policy, self.explored.record)
        except JamjarError as error:
            context["wrong"] = str(error)
        return self._answer(answers, request, "check.html", 400 if "wrong" in context else 200, **context)

    def _answer(self, answers: Answers, request: Request, name: str, status: int = 200, **context: Any) -> Response:
        return answers.page(request, name, status, **shared(self.explored), **context)


def shared(explored: Explored) -> dict[str, Any]:
    """Return what every template names."""
    names = ("report", "record", "governing", "log")
    return {name: getattr(explored, name) for name in names}
