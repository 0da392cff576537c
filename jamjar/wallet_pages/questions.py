"""Pages about questions on figures that are not shown: the list with what was told, one question, and its answer."""

from __future__ import annotations

from jamjar.errors import InvalidInput, JamjarError
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.wallet.answering import AnswerPreview, check_answerable, known, outlook, send_answer
from jamjar.wallet.questions import QuestionAnswer, ReceivedQuestion, numbered_question, received_questions
from jamjar.wallet_pages.claimant import OpenClaimant


class QuestionPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/questions", self._list)
        guard.post("/questions", self._fetch)
        guard.get("/questions/{number}", self._one)
        for answer in ("answer", "decline"):
            guard.post(f"/questions/{{number}}/{answer}", self._answer)
            guard.get(f"/questions/{{number}}/{answer}", self._one)

    def _list(self, request: Request, _: Form) -> Response:
        return self._page(request, ())

    def _fetch(self, request: Request, _: Form) -> Response:
        wrong = self._claimant.fetch_letters()
        return self._page(request, wrong) if wrong else self._guard.answers.go("/questions")

    def _page(self, request: Request, wrong: tuple[str, ...]) -> Response:
        wallet = self._claimant.wallet
        found = [(each, self._name(each.question.consent)) for each in reversed(received_questions(wallet.vault))]
        asked = dict.fromkeys(each.question.consent for each, _ in found)
        told = [(self._name(consent), each) for consent in asked if (each := known(wallet, consent))]
        has_mail = self._claimant.connect is not None
        return self._guard.page(
            request, "questions.html", found=found, told=told, wrong=wrong, has_mail=has_mail, here="/questions"
        )

    def _one(self, request: Request, _: Form) -> Response:
        """Show a question, and what its recipient will know after the answer: with a node always, for the uses."""
        kept = self._kept(request)
        problem, expected = "", None
        if kept.answer is QuestionAnswer.NONE:
            try:
                expected = self._outlook(kept)
            except JamjarError as error:
                problem = str(error)
        return self._guard.page(
            request,
            "question.html",
            kept=kept,
            statement=kept.question.statement,
            name=self._name(kept.question.consent),
            expected=expected,
            problem=problem,
            has_mail=self._claimant.connect is not None,
            state=_state(kept, expected),
            here="/questions",
        )

    def _answer(self, request: Request, form: Form) -> Response:
        """Answer or decline, as the page showed it: either is one package of one size."""
        kept = self._kept(request)
        if self._claimant.connect is None:
            raise InvalidInput("No mailbox is named; start Jamjar with --mailbox to answer questions.")
        check_fresh(form, _state(kept, self._outlook(kept)))
        prove = request.url.path.endswith("/answer")
        send_answer(self._claimant.wallet, self._claimant.ledger(), self._claimant.mail, kept, prove=prove)
        return self._guard.answers.go(f"/questions/{kept.number}")

    def _outlook(self, kept: ReceivedQuestion) -> AnswerPreview:
        check_answerable(self._claimant.wallet, self._claimant.ledger(), kept)
        return outlook(self._claimant.wallet, kept)

    def _name(self, consent: str) -> str:
        return self._claimant.wallet.stored(consent).terms.recipient_name

    def _kept(self, request: Request) -> ReceivedQuestion:
        number = str(request.path_params["number"])
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise InvalidInput("There is no such question; go to the list of questions.")
        return numbered_question(self._claimant.wallet.vault, int(number))


def _state(kept: ReceivedQuestion, expected: AnswerPreview | None) -> str:
    """Return what the page was made from: the question, its answer, and what an answer would tell."""
    return fingerprint(kept.name, kept.answer.value, expected)
