"""The page that erases an ended consent: it says what goes and what stays, and asks before anything is done."""

from __future__ import annotations

from jamjar.errors import InvalidInput
from jamjar.model.state import Status
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.wallet.erasure import check_ended, entries_of, erase, records_of
from jamjar.wallet_pages.claimant import OpenClaimant


class ErasingPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/consents/{consent}/erase", self._before)
        guard.post("/consents/{consent}/erase", self._erase)

    def _before(self, request: Request, _: Form) -> Response:
        return self._page(request, "")

    def _page(self, request: Request, problem: str) -> Response:
        consent, wallet, ledger = self._named(request), self._claimant.wallet, self._claimant.ledger()
        status = check_ended(wallet, consent, ledger)
        return self._guard.page(
            request,
            "erase.html",
            400 if problem else 200,
            consent=consent,
            name=wallet.stored(consent).terms.recipient_name,
            records=records_of(wallet, consent),
            entries=entries_of(ledger, consent),
            has_mail=self._has_mail(status),
            state=self._state(consent, status),
            problem=problem,
            here="/",
        )

    def _erase(self, request: Request, form: Form) -> Response:
        """Clear the mailbox where that is wanted, as nobody has the key afterwards, then erase."""
        consent, wallet, ledger = self._named(request), self._claimant.wallet, self._claimant.ledger()
        status = check_ended(wallet, consent, ledger)
        check_fresh(form, self._state(consent, status))
        if not form["sure"]:
            return self._page(request, "It was not confirmed, so nothing was erased; tick the box if you mean it.")
        has_mail = self._has_mail(status)
        is_cleared = bool(form["mailbox"]) and has_mail
        if is_cleared:
            self._claimant.mail.take_back(consent)
        done = erase(wallet, consent, ledger)
        return self._guard.page(request, "erased.html", done=done, is_cleared=is_cleared, has_mail=has_mail, here="/")

    def _has_mail(self, status: str) -> bool:
        """Whether a mailbox may have something: of a consent that never began it has nothing."""
        return self._claimant.connect is not None and status != Status.NONE.name

    def _state(self, consent: str, status: str) -> str:
        return fingerprint(consent, status, sorted(records_of(self._claimant.wallet, consent).items()))

    def _named(self, request: Request) -> str:
        consent = str(request.path_params["consent"])
        if consent not in self._claimant.wallet.consents():
            raise InvalidInput("There is no such consent in your vault; go to the first page.")
        return consent
