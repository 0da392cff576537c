"""Pages that ask a client whether something is true of figures that are not shown, and list what was asked."""

from __future__ import annotations

from jamjar.adviser.clients import clients
from jamjar.adviser.questions import asked_questions
from jamjar.adviser_pages.desk import OpenAdviser
from jamjar.consent.scope import ASKABLE_FIGURES
from jamjar.disclosure.statement_text import chosen_statement
from jamjar.errors import InvalidInput
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint


class QuestioningPages:
    """The pages; `desk` is what the door opened."""

    def __init__(self, guard: Guard, desk: OpenAdviser) -> None:
        self._guard, self._desk = guard, desk
        guard.get("/questions", self._list)
        guard.get("/question/{consent}", self._form)
        guard.post("/question/{consent}", self._ask)

    def _list(self, request: Request, _: Form) -> Response:
        self._desk.viewing = None
        known = clients(self._desk.vault)
        found = [
            (each, client.label if (client := known.get(each.question.consent)) else "")
            for each in asked_questions(self._desk.vault)
        ]
        return self._guard.page(request, "questions.html", found=found, here="/questions")

    def _form(self, request: Request, _: Form) -> Response:
        return self._filled(request, {}, "")

    def _ask(self, request: Request, form: Form) -> Response:
        """Ask, sealed; a form is good once, as another question is another look."""
        consent = self._named(request)
        check_fresh(form, self._state(consent))
        try:
            stated = chosen_statement(form["relation"], form["first"], form["amount"], form["sign"], form["second"])
            self._desk.mail.ask_question(stated, consent)
        except InvalidInput as error:
            return self._filled(request, dict(form.fields), str(error))
        return self._guard.answers.go("/questions")

    def _filled(self, request: Request, typed: dict[str, str], problem: str) -> Response:
        consent = self._named(request)
        self._desk.viewing = None
        allowed = self._desk.askable.get(consent)
        given = {"first": "", "relation": "at_least", "amount": "", "sign": "", "second": ""}
        return self._guard.page(
            request,
            "question.html",
            400 if problem else 200,
            client=self._desk.mail.client(consent),
            figures=ASKABLE_FIGURES if allowed is None else allowed,
            is_known=allowed is not None,
            typed={**given, **typed},
            state=self._state(consent),
            problem=problem,
            here="/questions",
        )

    def _named(self, request: Request) -> str:
        consent = str(request.path_params["consent"])
        if consent not in clients(self._desk.vault):
            raise InvalidInput("There is no such client here; go to the list of clients.")
        return consent

    def _state(self, consent: str) -> str:
        asked = [each.question.id for each in asked_questions(self._desk.vault) if each.question.consent == consent]
        return fingerprint(consent, asked)
