"""Pages for another day: the panic card to print, a backup, and what leaves this machine."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.model.state import ENDED
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, own_style_policy
from jamjar.protocol import panic_card_page
from jamjar.protocol.panic_card import Card
from jamjar.wallet_pages.claimant import OpenClaimant

_OVER: Final = (*(status.name for status in ENDED), "NONE")


class KeepingPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/card", self._card)
        guard.get("/card/print", self._print)
        guard.get("/card/file", self._file)
        guard.get("/backup", self._backup)
        guard.post("/backup/file", self._backup_file)
        guard.get("/backup/file", self._backup)
        guard.get("/about", self._about)

    def _card(self, request: Request, _: Form) -> Response:
        live = self._live()
        names = [self._claimant.wallet.stored(each).terms.recipient_name for each in live]
        return self._guard.page(request, "card.html", names=names, here="/card")

    def _print(self, _: Request, __: Form) -> Response:
        text = panic_card_page.page(self._made())
        headers = {"Content-Security-Policy": own_style_policy(text)}
        return Response(text, media_type="text/html; charset=utf-8", headers=headers)

    def _file(self, _: Request, __: Form) -> Response:
        return _download(self._made().to_json().encode(), "jamjar-card.json", "application/json")

    def _backup(self, request: Request, _: Form) -> Response:
        return self._guard.page(request, "backup.html", problem="", here="/backup")

    def _backup_file(self, request: Request, form: Form) -> Response:
        """Write the backup, encrypted, below a folder for its owner only, hand it over, and delete it there."""
        passphrase = form.fields.get("passphrase", "")
        if passphrase != form.fields.get("again", ""):
            problem = "The two entries differ, so nothing was done; try again."
            return self._guard.page(request, "backup.html", 400, problem=problem, here="/backup")
        try:
            with tempfile.TemporaryDirectory(prefix="jamjar-") as folder:
                file = Path(folder) / "backup"
                self._claimant.wallet.vault.backup(file, passphrase)
                content = file.read_bytes()
        except InvalidInput as error:
            return self._guard.page(request, "backup.html", 400, problem=str(error), here="/backup")
        return _download(
            content, f"jamjar-{date.fromtimestamp(self._claimant.now())}.backup", "application/octet-stream"
        )

    def _about(self, request: Request, _: Form) -> Response:
        return self._guard.page(request, "about.html", place=self._claimant.place)

    def _made(self) -> Card:
        live, at = self._live(), self._claimant.wallet.deployment
        if not live:
            raise InvalidInput("There is no consent that a card could end; make one when a grant was carried.")
        withdrawals = self._claimant.wallet.withdrawals(live)
        return Card(at.chain_id, at.consent_registry.address, withdrawals, date.fromtimestamp(self._claimant.now()))

    def _live(self) -> list[str]:
        """Return the consents that a card could end: all of them while no node says which have ended."""
        ledger, consents = self._claimant.ledger_or_none(), self._claimant.wallet.consents()
        return [each for each in consents if ledger is None or ledger.status(each) not in _OVER]


def _download(content: bytes, name: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
