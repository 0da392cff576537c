"""The page that shows a recipient what was agreed: the plan is committed to, then its figures go to the mailbox."""

from __future__ import annotations

from jamjar.errors import InvalidInput
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.wallet.showing import allowed_names, commit_newest, shown_words
from jamjar.wallet_pages.claimant import OpenClaimant


class ShowingPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/consents/{consent}/show", self._before)
        guard.post("/consents/{consent}/show", self._show)
        guard.post("/consents/{consent}/commit", self._commit)
        guard.get("/consents/{consent}/commit", self._before)

    def _before(self, request: Request, _: Form) -> Response:
        """Say which figures would be shown; where the newest plan is not on the ledger, that it goes there first."""
        consent, ledger = self._named(request), self._claimant.ledger()
        wallet = self._claimant.wallet
        status, is_ready = ledger.status(consent), self._is_ready(consent)
        figures = shown_words(wallet, consent) if is_ready else []
        return self._guard.page(
            request,
            "show.html",
            consent=consent,
            terms=wallet.stored(consent).terms,
            is_active=status == "ACTIVE",
            is_ready=is_ready,
            figures=figures,
            only_month=is_ready and not allowed_names(wallet, consent),
            has_mail=self._claimant.connect is not None,
            state=self._state(consent),
            here="/",
        )

    def _commit(self, request: Request, form: Form) -> Response:
        consent = self._named(request)
        check_fresh(form, self._state(consent))
        self._check_active(consent)
        signed = commit_newest(self._claimant.wallet, consent)
        if signed is not None:
            sent = self._claimant.send(signed)
            if not sent.is_on_ledger and sent.answer is None:
                raise InvalidInput(f"It is signed, and waits to be sent. {sent.sentence}")
        return self._guard.answers.go(f"/consents/{consent}/show")

    def _show(self, request: Request, form: Form) -> Response:
        consent = self._named(request)
        check_fresh(form, self._state(consent))
        self._check_active(consent)
        if self._claimant.connect is None:
            raise InvalidInput("No mailbox is named; start Jamjar with --mailbox to show anything.")
        self._claimant.mail.show(consent, allowed_names(self._claimant.wallet, consent))
        self._claimant.shown += 1
        name = self._claimant.wallet.stored(consent).terms.recipient_name
        return self._guard.page(request, "shown.html", name=name, here="/")

    def _is_ready(self, consent: str) -> bool:
        """Whether the ledger has what was committed to last."""
        head = self._claimant.wallet.head_of(consent)
        return any(head) and self._claimant.ledger().head_of(consent) == head

    def _check_active(self, consent: str) -> None:
        if self._claimant.ledger().status(consent) != "ACTIVE":
            raise InvalidInput("Nothing can be shown under this consent now; look at how it is.")

    def _state(self, consent: str) -> str:
        wallet = self._claimant.wallet
        return fingerprint(consent, wallet.head_of(consent), self._claimant.shown)

    def _named(self, request: Request) -> str:
        consent = str(request.path_params["consent"])
        if consent not in self._claimant.wallet.consents():
            raise InvalidInput("There is no such consent in your vault; go to the first page.")
        return consent
