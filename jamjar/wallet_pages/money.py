"""Pages about money: this month, and the bank's files; nothing of them leaves the vault."""

from __future__ import annotations

import io
from datetime import date

from jamjar.errors import InvalidInput
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.wallet.imports import Given, How, Imported, Imports, NotImported
from jamjar.wallet_pages.claimant import ChosenFile, OpenClaimant


class MoneyPages:
    """The pages; `claimant` is what the door opened, and `today` gives the day."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/month", self._month)
        guard.get("/bank", self._bank)
        guard.post("/bank/look", self._look)
        for action, does in (("take", self._take), ("undo", self._undo)):
            guard.post(f"/bank/{action}", does)
        for action in ("look", "take", "undo"):
            guard.get(f"/bank/{action}", self._bank)

    def _month(self, request: Request, _: Form) -> Response:
        today = date.fromtimestamp(self._claimant.now())
        jars = self._claimant.jars
        if not any(plan.period.start <= today <= plan.period.end for plan in jars.plans()):
            return self._guard.page(request, "month.html", ahead=None, running=None, spending=None)
        ahead, running = jars.ahead(today)
        return self._guard.page(request, "month.html", ahead=ahead, running=running, spending=ahead.month.spending)

    def _bank(self, request: Request, _: Form) -> Response:
        return self._page(request, None)

    def _look(self, request: Request, form: Form) -> Response:
        """Say what a file would bring, and store nothing."""
        if not form.file:
            raise InvalidInput("No file was chosen, or it is empty; choose the file that your bank gave you.")
        self._claimant.chosen = ChosenFile(form.file_name or "file", form.file, form["account"])
        try:
            found = self._imported(self._claimant.chosen, trial=True)
        except InvalidInput:
            self._claimant.chosen = None
            raise
        return self._page(request, found)

    def _take(self, _: Request, form: Form) -> Response:
        chosen = self._claimant.chosen
        check_fresh(form, fingerprint(chosen.name, chosen.content, chosen.account) if chosen else "-")
        if chosen is not None:
            self._imported(chosen, trial=False)
            self._claimant.chosen = None
        return self._guard.answers.go("/bank")

    def _undo(self, _: Request, form: Form) -> Response:
        jars = self._claimant.jars
        check_fresh(form, fingerprint(*jars.last_import()))
        jars.undo()
        return self._guard.answers.go("/bank")

    def _imported(self, chosen: ChosenFile, *, trial: bool) -> Imported:
        given = Given(chosen.name, lambda: io.BytesIO(chosen.content))
        (found,) = Imports(self._claimant.wallet.vault).take([given], How(chosen.account), trial=trial)
        if isinstance(found, NotImported):
            raise InvalidInput(f"The file {found.reason}")
        return found

    def _page(self, request: Request, found: Imported | None) -> Response:
        jars, chosen = self._claimant.jars, self._claimant.chosen
        number, files = jars.last_import()
        return self._guard.page(
            request,
            "bank.html",
            found=found,
            chosen=chosen.name if chosen and found else "",
            state=fingerprint(chosen.name, chosen.content, chosen.account) if chosen and found else "",
            last=files,
            undo_state=fingerprint(number, files),
            payees=len(jars.without_jar()),
            here="/bank",
        )
