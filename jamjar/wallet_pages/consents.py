"""Pages about consents: who can see what now, each consent, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jamjar.consent.terms import Terms
from jamjar.errors import InvalidInput, LedgerError
from jamjar.model.state import ENDED
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.protocol.events import ConsentUsed, ConsentWithdrawn
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Withdraw
from jamjar.wallet.answering import open_questions
from jamjar.wallet.requests import RequestAnswer, agreed_limits, received
from jamjar.wallet.sending import Sent
from jamjar.wallet.spare import token_of
from jamjar.wallet_pages.claimant import OpenClaimant
from jamjar.wallet_pages.tokens import names_of

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

_ENDED: Final = tuple(status.name for status in ENDED)
_RECONFIRM_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One consent as a page shows it.

    status        on the ledger; "" while no node answers
    queued        the kinds of its messages that wait to be carried
    recipient     as the ledger has the name now, else as in the terms
    used, most    looks recorded, and the most there may be; last_look in Unix seconds, 0 for none
    state         what a form about it is made from
    """

    consent: str
    terms: Terms
    recipient: str
    status: str
    valid_from: int
    valid_until: int
    used: int
    most: int
    last_look: int
    has_budget: bool
    queued: tuple[str, ...]
    state: str

    @property
    def is_ended(self) -> bool:
        """Whether it ended on the ledger."""
        return self.status in _ENDED

    @property
    def ends_when_sent(self) -> bool:
        """Whether its withdrawal is signed, and not on the ledger."""
        return not self.is_ended and Withdraw.__name__ in self.queued


class ConsentPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/", self._home)
        guard.get("/consents/{consent}", self._consent)
        guard.post("/consents/{consent}/end", self._end)
        guard.get("/consents/{consent}/end", self._ended)
        for action in ("pause", "resume", "confirm"):
            guard.post(f"/consents/{{consent}}/{action}", self._change)
            guard.get(f"/consents/{{consent}}/{action}", self._consent)

    # ------------------------------------------------------------------ pages

    def _home(self, request: Request, _: Form) -> Response:
        ledger = self._claimant.ledger_or_none()
        found = [self.line(consent, ledger) for consent in self._claimant.wallet.consents()]
        asked = [each for each in received(self._claimant.wallet.vault) if each.answer is RequestAnswer.NONE]
        return self._guard.page(
            request,
            "home.html",
            now=[each for each in found if each.status == "ACTIVE" or (not each.status and not each.is_ended)],
            later=[each for each in found if each.status and each.status != "ACTIVE" and not each.is_ended],
            ended=[each for each in found if each.is_ended],
            asked=len(asked),
            questions=len(open_questions(self._claimant.wallet)),
            has_node=ledger is not None,
        )

    def _consent(self, request: Request, _: Form) -> Response:
        return self._one(request, self._named(request), None)

    def _end(self, request: Request, _: Form) -> Response:
        """Sign the withdrawal and send it; pressed again it sends it again, and what has ended is left alone."""
        consent, ledger = self._named(request), self._claimant.ledger_or_none()
        if ledger is None or not self.line(consent, ledger).is_ended:
            sent = self._claimant.send(self._claimant.wallet.withdraw(consent))
            if not sent.is_on_ledger and sent.answer is None:
                return self._not_sent(request, consent, sent)
        return self._guard.answers.go(f"/consents/{consent}/end")

    def _ended(self, request: Request, _: Form) -> Response:
        """Say what the ledger says of the end: when and in which block, or that it is on its way, or not sent."""
        consent, ledger = self._named(request), self._claimant.ledger_or_none()
        line = self.line(consent, ledger)
        found = [] if ledger is None else ledger.events("ConsentWithdrawn", consent)
        block, at = 0, 0
        for event in found:
            if ledger is not None and isinstance(event, ConsentWithdrawn):
                block, at = event.origin.block, ledger.time(event.origin.block)
        if block:
            self._settle(consent, block)
        return self._guard.page(
            request, "ended.html", line=line, block=block, at=at, why="", has_node=ledger is not None, here="/"
        )

    def _change(self, request: Request, form: Form) -> Response:
        wallet, consent, action = self._claimant.wallet, self._named(request), request.url.path.rpartition("/")[2]
        ledger = self._claimant.ledger()
        line = self.line(consent, ledger)
        check_fresh(form, line.state)
        possible = {"pause": "ACTIVE", "resume": "PAUSED", "confirm": "STALE"}
        if line.status != possible[action] and (action, line.status) != ("confirm", "ACTIVE"):
            raise InvalidInput("That cannot be done with this consent now; look at how it is, and choose again.")
        signed: SignedMessage
        if action == "confirm":
            limits = agreed_limits(wallet.vault, consent)
            days, now = limits.reconfirm_days if limits else _RECONFIRM_DAYS, self._claimant.later(ledger)
            signed = wallet.reconfirm(consent, min(now - now % DAY + days * DAY, wallet.stored(consent).valid_until))
        else:
            signed = wallet.pause(consent) if action == "pause" else wallet.resume(consent)
        return self._one(request, consent, self._claimant.send(signed))

    # ------------------------------------------------------------------ what they show

    def _one(self, request: Request, consent: str, sent: Sent | None) -> Response:
        ledger, token = self._claimant.ledger_or_none(), token_of(self._claimant.wallet.vault, consent)
        line, names = self.line(consent, ledger), names_of(ledger, [token.admitter] if token else [])
        return self._guard.page(request, "consent.html", line=line, token=token, names=names, sent=sent, here="/")

    def line(self, consent: str, ledger: Ledger | None) -> ConsentLine:
        """Return a consent as the vault and the ledger have it."""
        wallet = self._claimant.wallet
        stored = wallet.stored(consent)
        queued = tuple(type(each.message).__name__ for each in wallet.outgoing() if each.message.consent == consent)
        status, used, most, last, name = "", 0, 0, 0, stored.terms.recipient_name
        if ledger is not None:
            state, status = ledger.consent(consent), ledger.status(consent)
            used, most = state.uses, state.max_uses
            name = self._name(ledger, stored.terms)
            blocks = [e.origin.block for e in ledger.events("ConsentUsed", consent) if isinstance(e, ConsentUsed)]
            last = ledger.time(max(blocks)) if blocks else 0
        return ConsentLine(
            consent, stored.terms, name, status, stored.valid_from, stored.valid_until, used, most, last,
            any(stored.head), queued, fingerprint(consent, status, stored.sequence, queued),
        )  # fmt: skip

    def _not_sent(self, request: Request, consent: str, sent: Sent) -> Response:
        ledger = self._claimant.ledger_or_none()
        line = self.line(consent, ledger)
        has_node = ledger is not None
        return self._guard.page(
            request, "ended.html", line=line, block=0, at=0, why=sent.sentence, has_node=has_node, here="/"
        )

    def _name(self, ledger: Ledger, terms: Terms) -> str:
        try:
            return ledger.member(terms.recipient).name or terms.recipient_name
        except LedgerError:
            return terms.recipient_name

    def _settle(self, consent: str, block: int) -> None:
        wallet = self._claimant.wallet
        for signed in wallet.outgoing():
            if signed.message.consent == consent and isinstance(signed.message, Withdraw):
                wallet.settle(signed, block)

    def _named(self, request: Request) -> str:
        consent = str(request.path_params["consent"])
        if consent not in self._claimant.wallet.consents():
            raise InvalidInput("There is no such consent in your vault; go to the first page.")
        return consent
