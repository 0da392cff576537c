"""Pages about clients: what waits, looking at it, what may be kept, and advice."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from jamjar.adviser.clients import Client, clients, name_client
from jamjar.adviser.seen import Seen
from jamjar.adviser.waiting import WaitingPackage, waiting_packages
from jamjar.adviser_pages.desk import OpenAdviser
from jamjar.adviser_pages.figures import groups_of, picture_of
from jamjar.adviser_pages.vouching import vouching
from jamjar.consent.terms import Terms
from jamjar.disclosure.named_set import value_words
from jamjar.errors import InvalidInput
from jamjar.model.status_words import STATUS
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.service.refusal import Refused

PATIENCE: Final = 20
"""Seconds that one press waits for blocks; after that the page says to press again, which costs no other look."""
_NO_LONGER: Final = "That is no longer here: what may only be viewed is gone once you leave it; look again if you must."


class LookingPages:
    """The pages; `desk` is what the door opened, `pause` waits a second and returns how long it waited in all."""

    def __init__(self, guard: Guard, desk: OpenAdviser, pause: Callable[[float], None] = time.sleep) -> None:
        self._guard, self._desk, self._pause = guard, desk, pause
        guard.get("/", self._home)
        guard.post("/label", self._label)
        guard.get("/label", self._home)
        guard.get("/look/{name}", self._before)
        guard.post("/look/{name}", self._look)
        guard.get("/kept", self._kept)
        guard.post("/kept", self._expire)
        guard.get("/kept/{name}", self._one)
        guard.post("/advise/{name}", self._advise)
        guard.get("/advise/{name}", self._one)

    def _home(self, request: Request, _: Form) -> Response:
        self._desk.viewing = None
        ledger, vault = self._desk.ledger, self._desk.vault
        found = waiting_packages(self._desk.mailbox, ledger, vault)
        ends = {each.consent: ledger.consent(each.consent).valid_until for each in found}
        others = [each for each in clients(vault).values() if each.consent not in ends]
        known = [(each, STATUS[ledger.status(each.consent)]) for each in others]
        open_to = {each.consent for each in clients(vault).values() if self._may_be_asked(each)}
        vouched = vouching(self._desk, [*ends, *(each.consent for each in others)])
        return self._guard.page(
            request,
            "clients.html",
            found=found,
            ends=ends,
            words=STATUS,
            known=known,
            open_to=open_to,
            vouched=vouched,
        )

    def _label(self, _: Request, form: Form) -> Response:
        consent = form["consent"]
        if consent not in {*clients(self._desk.vault), *(each.consent for each in self._waiting())}:
            raise InvalidInput("There is no such client here; go to the list of clients.")
        name_client(self._desk.vault, consent, form["label"])
        return self._guard.answers.go("/")

    def _before(self, request: Request, _: Form) -> Response:
        self._desk.viewing = None
        package = self._package(request)
        if package.name in self._desk.mail.kept():
            return self._guard.answers.go(f"/kept/{package.name}")
        return self._page_before(request, package, 0)

    def _look(self, request: Request, form: Form) -> Response:
        """Record the look and show what it shows; no page is good twice, as it was made from the uses so far."""
        self._desk.viewing = None
        package = self._package(request)
        check_fresh(form, self._state(package))
        if package.seen and not form["again"]:
            raise InvalidInput("You looked at this already, so nothing was recorded; say that you mean another look.")
        vouching(self._desk, [package.consent])  # tokens that cannot be read are said in a reader's words
        waited, missing = 0, 0

        def wait(blocks: int) -> bool:
            nonlocal waited, missing
            missing, waited = blocks, waited + 1
            self._pause(1.0)
            return waited < PATIENCE

        try:
            seen = self._desk.mail.look(package.name, wait, again=bool(form["again"]))
        except Refused:
            if not waited:
                raise
            return self._page_before(request, self._package(request), missing or 1)
        if seen.keep_until:
            return self._guard.answers.go(f"/kept/{package.name}")
        self._desk.viewing = (package.name, seen)
        return self._shown(request, package.name, seen)

    def _kept(self, request: Request, _: Form) -> Response:
        self._desk.viewing = None
        known = clients(self._desk.vault)
        rows = [
            (name, known[seen.disclosure.consent].label if seen.disclosure.consent in known else "", seen)
            for name, seen in self._desk.mail.kept().items()
        ]
        now = self._desk.ledger.time()
        due = [name for name, _, seen in rows if seen.keep_until <= now]
        return self._guard.page(request, "kept.html", rows=rows, due=due, here="/kept")

    def _expire(self, _: Request, __: Form) -> Response:
        self._desk.viewing = None
        self._desk.mail.expire(self._desk.ledger.time())
        return self._guard.answers.go("/kept")

    def _one(self, request: Request, _: Form) -> Response:
        self._desk.viewing = None
        name, kept = str(request.path_params["name"]), self._desk.mail.kept()
        if name not in kept:
            raise InvalidInput(_NO_LONGER)
        return self._shown(request, name, kept[name])

    def _advise(self, request: Request, form: Form) -> Response:
        """Record advice and send it; one form is good once, and of a viewed package only beside what it showed."""
        name, viewing = str(request.path_params["name"]), self._desk.viewing
        seen = viewing[1] if viewing and viewing[0] == name else self._desk.mail.kept().get(name)
        if seen is None:
            raise InvalidInput(_NO_LONGER)
        check_fresh(form, self._advice_state(name))
        try:
            self._desk.mail.advise(seen, form["text"].replace("\r\n", "\n"))
        except InvalidInput as error:
            return self._shown(request, name, seen, str(error), form["text"])
        self._desk.advised += 1
        self._desk.viewing = None
        return self._guard.page(request, "advised.html", here="/")

    # ------------------------------------------------------------------ what they show

    def _shown(self, request: Request, name: str, seen: Seen, problem: str = "", text: str = "") -> Response:
        terms: Terms = seen.disclosure.terms
        client = clients(self._desk.vault).get(seen.disclosure.consent)
        self._desk.askable[seen.disclosure.consent] = terms.asked
        return self._guard.page(
            request,
            "shown.html",
            400 if problem else 200,
            name=name,
            label=client.label if client else "",
            consent=seen.disclosure.consent,
            terms=terms,
            until=seen.keep_until,
            groups=groups_of(seen.figures),
            values=[(name, value_words(value)) for name, value in seen.values.items()],
            answer=seen.opened.answer,
            picture=picture_of(seen.figures),
            state=self._advice_state(name),
            problem=problem,
            text=text,
            here="/",
        )

    def _page_before(self, request: Request, package: WaitingPackage, missing: int) -> Response:
        status = STATUS[package.status]
        return self._guard.page(
            request,
            "look.html",
            package=package,
            words=status,
            state=self._state(package),
            missing=missing,
            vouched=vouching(self._desk, [package.consent]),
            here="/",
        )

    def _may_be_asked(self, client: Client) -> bool:
        """Whether questions can go to a client: after a first look, unless it is known that they agreed to none."""
        return bool(client.reply_key) and self._desk.askable.get(client.consent) != ()

    def _waiting(self) -> tuple[WaitingPackage, ...]:
        return waiting_packages(self._desk.mailbox, self._desk.ledger, self._desk.vault)

    def _package(self, request: Request) -> WaitingPackage:
        name = str(request.path_params["name"])
        for package in self._waiting():
            if package.name == name:
                return package
        raise InvalidInput("Nothing of that name waits for you; go to the list of clients.")

    def _state(self, package: WaitingPackage) -> str:
        return fingerprint(package.name, package.seen, package.uses_left)

    def _advice_state(self, name: str) -> str:
        return fingerprint(name, self._desk.advised)
