"""Pages that put payees into jars: those without one, the rules that do it, and taking the last change back."""

from __future__ import annotations

from typing import Final

from jamjar.bank.rules import TRANSFER, Rule, Rules, Unassigned, codes_for
from jamjar.errors import InvalidInput
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh, fingerprint
from jamjar.wallet_pages.claimant import OpenClaimant

_A_PAGE: Final = 20


class PayeePages:
    """The pages; `claimant` is what the door opened. Payees and rules are named by their places, counted from 1."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/payees", self._payees)
        guard.post("/payees", self._put)
        guard.post("/rules/undo", self._undo)
        guard.get("/rules/undo", self._rules)
        guard.get("/rules", self._rules)
        guard.get("/rules/{number}", self._one)
        guard.post("/rules/{number}", self._change)
        guard.post("/rules/{number}/remove", self._remove)
        guard.get("/rules/{number}/remove", self._rules)

    def _payees(self, request: Request, _: Form) -> Response:
        """List a page of payees that have no jar, each with its sum and one choice."""
        found = self._claimant.jars.without_jar()
        first = min(_number(request.query_params.get("from", "1")), max(len(found), 1))
        return self._guard.page(
            request,
            "payees.html",
            payees=list(enumerate(found, 1))[first - 1 : first - 1 + _A_PAGE],
            following=first + _A_PAGE if first + _A_PAGE <= len(found) else 0,
            count=len(found),
            paid=codes_for(-1),
            received=codes_for(1),
            transfer=TRANSFER,
            state=self._payee_state(found),
            undo_state=self._undo_state(),
            here="/bank",
        )

    def _put(self, _: Request, form: Form) -> Response:
        jars, found = self._claimant.jars, self._claimant.jars.without_jar()
        check_fresh(form, self._payee_state(found))
        chosen = [(each, code) for place, each in enumerate(found, 1) if (code := form[f"jar-{place}"])]
        if not chosen:
            raise InvalidInput("No jar was chosen, so nothing was changed; choose one of the list.")
        jars.put_into_jars(chosen)
        return self._guard.answers.go("/payees")

    def _rules(self, request: Request, _: Form) -> Response:
        rules = self._claimant.jars.rules()
        return self._guard.page(
            request,
            "rules.html",
            rules=rules.rules,
            single=len(rules.corrections),
            transfer=TRANSFER,
            undo_state=self._undo_state(),
            here="/bank",
        )

    def _one(self, request: Request, _: Form) -> Response:
        rules = self._claimant.jars.rules()
        number, rule = self._rule(request, rules)
        return self._guard.page(
            request,
            "rule.html",
            number=number,
            rule=rule,
            codes=codes_for(1),
            transfer=TRANSFER,
            state=_state(rules),
            here="/bank",
        )

    def _change(self, request: Request, form: Form) -> Response:
        rules = self._claimant.jars.rules()
        check_fresh(form, _state(rules))
        number, rule = self._rule(request, rules)
        if form["jar"] not in codes_for(1):
            raise InvalidInput("No jar was chosen, so nothing was changed; choose one of the list.")
        if form["jar"] != rule.code:
            self._claimant.jars.follow(rules.changing(number - 1, form["jar"]))
        return self._guard.answers.go("/rules")

    def _remove(self, request: Request, form: Form) -> Response:
        rules = self._claimant.jars.rules()
        check_fresh(form, _state(rules))
        number, _ = self._rule(request, rules)
        self._claimant.jars.follow(rules.removing(number - 1))
        return self._guard.answers.go("/rules")

    def _undo(self, _: Request, form: Form) -> Response:
        check_fresh(form, self._undo_state() or "-")
        self._claimant.jars.follow_before()
        return self._guard.answers.go("/rules")

    def _undo_state(self) -> str:
        """Return what a form that takes the last change back is made from; "" where there is none."""
        before = self._claimant.jars.rules_before()
        return "" if before is None else fingerprint(before.to_json(), self._claimant.jars.rules().to_json())

    def _payee_state(self, found: tuple[Unassigned, ...]) -> str:
        return fingerprint(
            [(each.payee, each.count, each.pence) for each in found], self._claimant.jars.rules().to_json()
        )

    def _rule(self, request: Request, rules: Rules) -> tuple[int, Rule]:
        number = _number(str(request.path_params["number"]))
        if number > len(rules.rules):
            raise InvalidInput("There is no such rule; go to the list of rules.")
        return number, rules.rules[number - 1]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 10):
        raise InvalidInput("There is nothing of that number; go to the list, and choose one of it.")
    return int(text)


def _state(rules: Rules) -> str:
    return fingerprint(rules.to_json())
