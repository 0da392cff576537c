"""The explorer over HTTP; before the first audit ended, each page says how far it is, and is loaded again by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from jamjar.explorer.following import Reading, Shown
from jamjar.pages.app import Answers, Request, Response, read_form

WAITING_SECONDS: Final = 1
"""After so long a browser asks again how far the audit is,"""
AGAIN_SECONDS: Final = 10
"""and after so long whether the node answers by now."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of what was explored, served to a browser on this machine.

    look  returns how far the record was read, as `Following.look`
    """

    look: Callable[[], Reading]

    def add(self, app: FastAPI, answers: Answers) -> None:
        """Add the routes to an application."""
        base = answers.site.base

        def answer(request: Request, shown: Callable[[Shown, Reading], Response]) -> Response:
            read = self.look()
            return _waiting(answers, request, read) if read.shown is None else shown(read.shown, read)

        @app.get(f"{base}/search")
        def searched(request: Request) -> Response:
            return answer(request, lambda pages, read: pages.searched(request, read))

        @app.get(f"{base}/check")
        def form(request: Request) -> Response:
            return answer(request, lambda pages, read: pages.form(request, read))

        @app.post(f"{base}/check")
        async def check(request: Request) -> Response:
            form = await read_form(request)
            return await run_in_threadpool(answer, request, lambda pages, read: pages.checked(request, read, form.file))

        @app.get(f"{base}/{{path:path}}")
        def page_at(request: Request, path: str) -> Response:
            return answer(request, lambda pages, read: pages.page_at(request, read, f"/{path}"))


def _waiting(answers: Answers, request: Request, read: Reading) -> Response:
    answer = answers.page(request, "auditing.html", read=read)
    answer.headers["Refresh"] = str(AGAIN_SECONDS if read.problem else WAITING_SECONDS)
    return answer
