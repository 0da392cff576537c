"""Pages about what came of it: who looked, expected or not; advice, and acknowledging it."""

from __future__ import annotations

from dataclasses import dataclass

from jamjar.errors import InvalidInput
from jamjar.model.state import AdviceStage
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.plan.period import AssessmentPeriod
from jamjar.protocol.typed_data import Acknowledge
from jamjar.wallet.access_log import access_log
from jamjar.wallet.mail import Letter
from jamjar.wallet_pages.claimant import OpenClaimant


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look: whose consent's, who looked, in which block and when, at the budget of which days; expected or not."""

    consent: str
    who: str
    block: int
    at: int
    period: AssessmentPeriod | None
    is_expected: bool


class SeenPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/looks", self._looks)
        guard.get("/advice", self._advice)
        guard.post("/advice", self._fetch)
        guard.post("/advice/{number}/acknowledge", self._acknowledge)
        guard.get("/advice/{number}/acknowledge", self._advice)

    def _looks(self, request: Request, _: Form) -> Response:
        ledger, wallet = self._claimant.ledger(), self._claimant.wallet
        found = [
            LookLine(
                look.consent,
                wallet.stored(look.consent).terms.recipient_name,
                look.block,
                ledger.time(look.block),
                look.period,
                look.is_expected,
            )
            for look in access_log(wallet, ledger)
        ]
        found.sort(key=lambda look: -look.block)
        return self._guard.page(
            request, "looks.html", found=found, odd=[each for each in found if not each.is_expected]
        )

    def _advice(self, request: Request, _: Form) -> Response:
        return self._page(request, ())

    def _fetch(self, request: Request, _: Form) -> Response:
        wrong = self._claimant.fetch_letters()
        return self._page(request, wrong) if wrong else self._guard.answers.go("/advice")

    def _acknowledge(self, request: Request, form: Form) -> Response:
        mail, number = self._claimant.mail, str(request.path_params["number"])
        letters = mail.letters()
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= len(letters)):
            raise InvalidInput("There is no such letter; go to the list of advice.")
        letter = letters[int(number) - 1]
        check_fresh(form, self._state(letter))
        sent = self._claimant.send(mail.acknowledge(letter))
        if not sent.is_on_ledger and sent.answer is None:
            raise InvalidInput(f"It is signed, and waits to be sent. {sent.sentence}")
        return self._guard.answers.go("/advice")

    def _page(self, request: Request, wrong: tuple[str, ...]) -> Response:
        wallet = self._claimant.wallet
        letters = [
            (number, letter, wallet.stored(letter.consent).terms.recipient_name, *self._how(letter))
            for number, letter in enumerate(self._claimant.mail.letters(), 1)
        ]
        letters.reverse()
        has_mail = self._claimant.connect is not None
        return self._guard.page(request, "advice.html", letters=letters, wrong=wrong, has_mail=has_mail, here="/advice")

    def _how(self, letter: Letter) -> tuple[str, str]:
        """Return how far acknowledging a letter is (none, queued, done, or nothing to do), and its form's state."""
        if not letter.digest:
            return "nothing", ""
        return self._stage(letter), self._state(letter)

    def _stage(self, letter: Letter) -> str:
        message = Acknowledge(letter.consent, letter.commitment, letter.digest)
        queued = any(each.message == message for each in self._claimant.wallet.outgoing())
        ledger = self._claimant.ledger_or_none()
        if ledger is not None:
            stage = ledger.read("AdviceLog", "stageOf", (letter.consent, letter.commitment, letter.digest))
            if stage == AdviceStage.ACKNOWLEDGED:
                return "done"
        return "queued" if queued else "none"

    def _state(self, letter: Letter) -> str:
        return fingerprint(letter.consent, letter.digest, self._stage(letter))
