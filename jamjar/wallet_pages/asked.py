"""Pages about what advisers ask: the list, one request with its notice, and the answer."""

from __future__ import annotations

from typing import Final

from jamjar.consent.notice import terms_of
from jamjar.consent.request import MAX_BYTES, SignedConsentRequest
from jamjar.consent.schedule import Begin
from jamjar.errors import InvalidInput, JamjarError
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.wallet.granting import Agreement, agreement, day_of, refuse_asked, sign_agreement
from jamjar.wallet.requests import ReceivedRequest, numbered, receive, received
from jamjar.wallet_pages.claimant import OpenClaimant

_BEGINS: Final = {each.value: each for each in Begin}


class RequestPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/requests", self._list)
        guard.post("/requests", self._take_in)
        guard.get("/requests/{number}", self._one)
        guard.post("/requests/{number}/agree", self._agree)
        guard.get("/requests/{number}/agree", self._one)
        guard.post("/requests/{number}/no", self._refuse)
        guard.get("/requests/{number}/no", self._one)

    def _list(self, request: Request, _: Form) -> Response:
        today = day_of(self._claimant.now())
        found = received(self._claimant.wallet.vault)
        return self._guard.page(
            request, "requests.html", found=found, today=today, has_mail=bool(self._claimant.connect)
        )

    def _take_in(self, _: Request, form: Form) -> Response:
        """Take in a file, or fetch what came by mail."""
        if form["what"] == "fetch":
            self._claimant.ledger()
            self._claimant.mail.fetch()
        else:
            if len(form.file) > MAX_BYTES:
                raise InvalidInput("The file is larger than any request; choose the one that your adviser gave you.")
            try:
                signed = SignedConsentRequest.from_json(form.file.decode("utf-8-sig"))
            except UnicodeDecodeError:
                raise InvalidInput("The file is no request; choose the one that your adviser gave you.") from None
            with self._claimant.wallet.vault.writing() as transaction:
                receive(transaction, signed, self._claimant.now())
        return self._guard.answers.go("/requests")

    def _one(self, request: Request, _: Form) -> Response:
        kept = self._kept(request)
        begin = _BEGINS.get(request.query_params.get("begin", ""), Begin.MIDNIGHT)
        problem, agreed, at = "", None, 0
        if kept.answer.value == "none":
            try:
                at = self._claimant.later(self._claimant.ledger())
                agreed = self._agreement(kept, begin, at)
            except JamjarError as error:
                problem = str(error)
        return self._guard.page(
            request,
            "request.html",
            kept=kept,
            asked=kept.request,
            notice=terms_of(kept.request).notice,
            agreed=agreed,
            problem=problem,
            begin=begin,
            at=at,
            state=_state(kept, agreed),
            here="/requests",
        )

    def _agree(self, request: Request, form: Form) -> Response:
        kept, begin = self._kept(request), _BEGINS.get(form["begin"], Begin.MIDNIGHT)
        kept.check_unanswered()
        ledger = self._claimant.ledger()
        agreed = self._agreement(kept, begin, _read_at(form, begin, self._claimant.later(ledger)))
        check_fresh(form, _state(kept, agreed))
        signed = sign_agreement(self._claimant.wallet, agreed, lambda: self._claimant.later(ledger))
        sent = self._claimant.send(signed)
        return self._guard.page(
            request,
            "agreed.html",
            sent=sent,
            name=kept.request.recipient_name,
            consent=signed.message.consent,
            times=agreed.times,
            here="/requests",
        )

    def _refuse(self, request: Request, form: Form) -> Response:
        kept = self._kept(request)
        kept.check_unanswered()
        if form["state"].partition(".")[0] != _unanswered(kept):
            check_fresh(form, "")
        refuse_asked(self._claimant.wallet.vault, kept.signed, self._claimant.now())
        return self._guard.answers.go(f"/requests/{kept.number}")

    def _agreement(self, kept: ReceivedRequest, begin: Begin, at: int) -> Agreement:
        """Return what would be agreed to at a moment: with a node always, as nobody else knows who asks."""
        limits, ledger = kept.request.lowered(), self._claimant.ledger()
        return agreement(self._claimant.wallet, kept.signed, limits, at, ledger, begin=begin)

    def _kept(self, request: Request) -> ReceivedRequest:
        number = str(request.path_params["number"])
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise InvalidInput("There is no such request; go to the list of requests.")
        return numbered(self._claimant.wallet.vault, int(number))


def _read_at(form: Form, begin: Begin, now: int) -> int:
    """Return when the page was made of which a form is, where its beginning counts from then and is still ahead."""
    made = form["at"]
    if begin is not Begin.NOW or not (made.isascii() and made.isdigit() and len(made) < 12):
        return now
    return int(made) if now - begin.ahead < int(made) <= now else now


def _unanswered(kept: ReceivedRequest) -> str:
    return fingerprint(kept.name, kept.answer.value)


def _state(kept: ReceivedRequest, agreed: Agreement | None) -> str:
    """Return what the page was made from: the request and its answer; what would be agreed to."""
    return f"{_unanswered(kept)}.{fingerprint(agreed.times, agreed.key) if agreed else ''}"
