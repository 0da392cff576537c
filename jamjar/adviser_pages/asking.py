"""Pages that ask a claimant for a consent: the form, the notice as the claimant will read it, and what to hand over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from jamjar.adviser.asking import make_request, sign_asked
from jamjar.adviser.clients import clients
from jamjar.adviser_pages.desk import OpenAdviser
from jamjar.consent import request_page
from jamjar.consent.notice import notice
from jamjar.consent.purpose import ALLOWED_PURPOSES
from jamjar.consent.request import SignedConsentRequest
from jamjar.consent.schedule import LENGTHS, RECONFIRMATIONS, USES
from jamjar.consent.scope import ASKABLE, Detail, ScopeItem
from jamjar.consent.terms import MOST_QUESTIONS
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint, own_style_policy
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS

_TOTALS: Final = ("income", "fixed", "flexible", "savings", "debts", "outgoings", "balance")
_MONTHS: Final = 182


class AskingPages:
    """The pages; `desk` is what the door opened."""

    def __init__(self, guard: Guard, desk: OpenAdviser) -> None:
        self._guard, self._desk = guard, desk
        guard.get("/ask", self._form)
        guard.post("/ask", self._preview)
        guard.post("/ask/sign", self._sign)
        guard.get("/ask/sign", self._form)
        guard.get("/ask/done", self._done)
        guard.get("/ask/print", self._print)
        guard.get("/ask/file", self._file)
        guard.post("/ask/send", self._send)
        guard.get("/ask/send", self._done)

    def _form(self, request: Request, _: Form) -> Response:
        return self._filled(request, {}, "")

    def _preview(self, request: Request, form: Form) -> Response:
        """Show the notice in both languages; nothing is signed."""
        self._desk.viewing = None
        try:
            self._desk.draft = make_request(
                self._desk.ledger,
                self._desk.account,
                purpose=form["purpose"],
                contact=form["contact"],
                about=form["about"],
                scope=_scope(form),
                data_from=_day(form["data_from"]),
                data_until=_day(form["data_until"]),
                keep=_number(form["keep"] or "0"),
                looks=_number(form["looks"]),
                days=_number(form["days"]),
                reconfirm_days=_number(form["reconfirm_days"]),
                questions=_number(form["questions"] or "1") if _threshold(form) else 0,
            )
        except InvalidInput as error:
            return self._filled(request, dict(form.fields), str(error))
        draft = self._desk.draft
        state = fingerprint(draft.id)
        return self._guard.page(request, "preview.html", notice=notice(draft), state=state, here="/ask")

    def _sign(self, _: Request, form: Form) -> Response:
        draft = self._desk.draft
        check_fresh(form, fingerprint(draft.id) if draft else "-")
        if draft is not None:
            self._desk.asked = sign_asked(draft, self._desk.ledger, self._desk.account)
            self._desk.draft = None
        return self._guard.answers.go("/ask/done")

    def _done(self, request: Request, _: Form) -> Response:
        signed = self._signed()
        to = [each for each in clients(self._desk.vault).values() if each.reply_key]
        state = fingerprint(signed.request.id)
        return self._guard.page(request, "asked.html", asked=signed.request, to=to, state=state, here="/ask")

    def _print(self, _: Request, __: Form) -> Response:
        text = request_page.page(self._signed())
        headers = {"Content-Security-Policy": own_style_policy(text)}
        return Response(text, media_type="text/html; charset=utf-8", headers=headers)

    def _file(self, _: Request, __: Form) -> Response:
        text = f"{self._signed().to_json()}\n"
        headers = {"Content-Disposition": 'attachment; filename="jamjar-request.json"'}
        return Response(text, media_type="application/json", headers=headers)

    def _send(self, request: Request, form: Form) -> Response:
        """Send the request as a letter to a client's claimant; sent twice, it is the same letter."""
        signed = self._signed()
        check_fresh(form, fingerprint(signed.request.id))
        self._desk.mail.ask(signed, form["client"])
        return self._guard.page(request, "sent.html", here="/ask")

    def _filled(self, request: Request, typed: dict[str, str], problem: str) -> Response:
        self._desk.viewing = None
        today = date.today()
        given = {
            "data_from": today.replace(day=1).isoformat(),
            "data_until": (today + timedelta(days=_MONTHS)).isoformat(),
            "purpose": next(iter(ALLOWED_PURPOSES)), "contact": "", "about": "", "keep": "0", "questions": "3",
            "looks": str(USES[1]), "days": str(LENGTHS[2]), "reconfirm_days": str(RECONFIRMATIONS[-1]),
        }  # fmt: skip
        return self._guard.page(
            request,
            "ask.html",
            400 if problem else 200,
            typed={**given, **typed},
            problem=problem,
            asks=any(name.startswith("threshold-") for name in typed),
            purposes=list(ALLOWED_PURPOSES),
            sections=[(code, f"{GROUPS[code.partition('.')[0]]}: {label}") for code, label in SECTIONS.items()],
            totals=_TOTALS,
            askable=[code for code in ASKABLE if code not in LINES],
            lines=[code for code in ASKABLE if code in LINES],
            most_questions=MOST_QUESTIONS,
            uses=USES,
            lengths=LENGTHS,
            reconfirmations=RECONFIRMATIONS,
            here="/ask",
        )

    def _signed(self) -> SignedConsentRequest:
        self._desk.viewing = None
        if self._desk.asked is None:
            raise InvalidInput("There is no request in hand; make one on the page that asks.")
        return self._desk.asked


def _scope(form: Form) -> frozenset[ScopeItem]:
    lines = {ScopeItem(code, Detail.LINES) for code in SECTIONS if form[f"line-{code}"]}
    totals = {ScopeItem(code, Detail.TOTAL) for code in _TOTALS if form[f"total-{code}"]}
    return frozenset(lines | totals | _threshold(form))


def _threshold(form: Form) -> frozenset[ScopeItem]:
    return frozenset(ScopeItem(code, Detail.THRESHOLD) for code in ASKABLE if form[f"threshold-{code}"])


def _day(text: str) -> date:
    day = strict_json.day(text)
    if day is None:
        raise InvalidInput("A day is not written as 2026-11-05; correct it.")
    return day


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise InvalidInput("A number is none; write it in digits.")
    return int(text)
