"""The routes of a door: each answers only the browser that entered, while the passphrase is known, one at a time.

What is opened by the passphrase is closed when the door locks: by its button, or when nobody used it for a while.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, Protocol, TypeAlias

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from jamjar.errors import InvalidInput, JamjarError
from jamjar.pages.app import Answers, Form, create_app, read_form
from jamjar.pages.session import COOKIE, Door

Handler: TypeAlias = "Callable[[Request, Form], Response]"
LOOK_SECONDS: Final = 5.0
"""How often it is looked whether the door is idle."""
_STRANGER: Final = (
    "This browser has not entered here; start Jamjar again in the terminal, and open the address that it prints."
)
_TAKEN: Final = (
    "This address was opened before, or is not whole; start Jamjar again, and open the new address. If you did not open"
    " it, somebody else on this machine may have: without your passphrase they saw nothing."
)
_OLD_FORM: Final = "That page was from before Jamjar was locked, so nothing was done; open the page again."
_STALE: Final = (
    "What you saw has changed since, so nothing was done; look at how it is now, and press again if you still want to."
)


class BehindDoor(Protocol):
    """What a passphrase opens, and locking closes."""

    def open(self, passphrase: str) -> None:
        """Open it; raises the vault's errors, such as WrongPassphrase."""

    def close(self) -> None:
        """Close it; nothing of it is in memory where that can be helped."""


class StalePage(InvalidInput):
    """A form was made from a state that is no more: nothing was done."""


class Guard:
    """Adds pages to an application that only a door's browser is shown."""

    def __init__(self, answers: Answers, door: Door, opened: BehindDoor) -> None:
        self.answers, self.door, self.opened = answers, door, opened
        self._turn = threading.Lock()
        self.app = create_app(answers, lifespan=self._lifespan)
        self._add()

    # ------------------------------------------------------------------ for pages

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> Response:
        """Return a page whose forms have this time's token."""
        return self.answers.page(request, template, status, is_open=self.door.is_open, csrf=self.door.csrf, **context)

    def get(self, path: str, handler: Handler) -> None:
        """Add a page at a path below the base."""
        self._route(path, handler, "GET")

    def post(self, path: str, handler: Handler) -> None:
        """Add what a form at a path below the base does."""
        self._route(path, handler, "POST")

    def lock(self) -> None:
        """Lock the door, and close what the passphrase opened."""
        with self._turn:
            self._lock()

    def lock_if_idle(self) -> None:
        """Lock the door when nobody used it for too long."""
        if self.door.is_idle:
            self.lock()

    # ------------------------------------------------------------------ what every door has

    def _add(self) -> None:
        self.app.add_route(f"{self.door.base}/enter/{{token}}", self._enter, methods=["GET"])
        self.app.add_route(f"{self.door.base}/unlock", self._unlock_page, methods=["GET"])
        self.app.add_route(f"{self.door.base}/unlock", self._unlock, methods=["POST"])
        self.post("/lock", self._locked)

    def _enter(self, request: Request) -> Response:
        if self._is_known(request):
            return self.answers.go("/")  # its own browser went back to the address
        cookie = self.door.enter(request.path_params["token"])
        if cookie is None:
            return self.answers.error(request, _TAKEN, 403)
        response = self.answers.go("/")
        response.set_cookie(COOKIE, cookie, path=f"{self.door.base}/", httponly=True, samesite="strict")
        return response

    def _unlock_page(self, request: Request) -> Response:
        if not self._is_known(request):
            return self.answers.error(request, _STRANGER, 403)
        if self.door.is_open:
            return self.answers.go("/")
        return self.answers.page(request, "unlock.html", problem="")

    async def _unlock(self, request: Request) -> Response:
        if not self._is_known(request):
            return self.answers.error(request, _STRANGER, 403)
        form = await read_form(request)
        return await run_in_threadpool(self._open, request, form.fields.get("passphrase", ""))

    def _open(self, request: Request, passphrase: str) -> Response:
        with self._turn:
            if not self.door.is_open:
                try:
                    self.opened.open(passphrase)
                except JamjarError as error:
                    return self.answers.page(request, "unlock.html", 400, problem=str(error))
                self.door.unlock()
            return self.answers.go("/")

    def _locked(self, _: Request, __: Form) -> Response:
        self._lock()
        return self.answers.go("/unlock")

    def _lock(self) -> None:
        self.door.lock()
        self.opened.close()

    def _is_known(self, request: Request) -> bool:
        return self.door.is_known(request.cookies.get(COOKIE, ""))

    # ------------------------------------------------------------------ every other route

    def _route(self, path: str, handler: Handler, method: str) -> None:
        async def answer(request: Request) -> Response:
            if not self._is_known(request):
                return self.answers.error(request, _STRANGER, 403)
            form = await read_form(request) if method == "POST" else Form({})
            return await run_in_threadpool(self._answer, request, form, handler)

        self.app.add_route(f"{self.door.base}{path}", answer, methods=[method])

    def _answer(self, request: Request, form: Form, handler: Handler) -> Response:
        with self._turn:
            if self.door.is_idle:
                self._lock()
            if not self.door.is_open:
                return self.answers.go("/unlock")
            self.door.note_use()
            context: dict[str, Any] = {"is_open": True, "csrf": self.door.csrf}
            if request.method == "POST" and not self.door.accepts(form["csrf"]):
                return self.answers.error(request, _OLD_FORM, 403, **context)
            try:
                return handler(request, form)
            except JamjarError as error:
                return self.answers.error(request, str(error), **context)

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        async def look() -> None:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                await run_in_threadpool(self.lock_if_idle)

        looking = asyncio.create_task(look())
        yield
        looking.cancel()
        self.lock()


def fingerprint(*state: object) -> str:
    """Return a short digest of what a page was made from, for its form."""
    return hashlib.sha256(repr(state).encode()).hexdigest()[:32]


def check_fresh(form: Form, now: str) -> None:
    """Raise StalePage unless a form was made from what is there now, by its `state`."""
    if form["state"] != now:
        raise StalePage(_STALE)


def own_style_policy(page: str) -> str:
    """Return the policy of a page to print, whose only style is in it and is named by its hash (CSP level 3)."""
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
