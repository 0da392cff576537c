"""Pages of a plan's debts: a new one, what is owed or paid to a creditor, one that is paid off."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, get_args

from jamjar.errors import InvalidInput
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh
from jamjar.plan.budget import DebtKind
from jamjar.plan.debt_changes import DebtChange, applied
from jamjar.plan.frequency import FREQUENCIES, MONTHLY, frequency
from jamjar.plan.money import from_pounds, typed_pounds
from jamjar.plan.plan import PlannedDebt
from jamjar.plan.typed_amount import TypedAmount
from jamjar.wallet_pages.claimant import OpenClaimant
from jamjar.wallet_pages.plan_in_hand import PlanInHand, plan_in_hand

_KINDS: Final[tuple[DebtKind, ...]] = get_args(DebtKind)


class DebtPages:
    """The pages; `claimant` is what the door opened. A debt is named by its place in the plan, counted from 1."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        for path in ("/plan/debt", "/plan/debt/{number}"):
            guard.get(path, self._question)
            guard.post(path, self._answer)

    def _question(self, request: Request, _: Form) -> Response:
        return self._ask(request, "", {})

    def _answer(self, request: Request, form: Form) -> Response:
        found = plan_in_hand(self._claimant)
        check_fresh(form, found.state)
        debt = self._debt(request, found)
        try:
            offer = TypedAmount(from_pounds(form["offer"] or "0"), frequency(form["often"]))
            kind = debt.kind if debt else next((each for each in _KINDS if each == form["kind"]), None)
            if kind is None:
                raise InvalidInput("It was not said which kind of debt it is; choose one of the two.")
            change = DebtChange(kind, debt.creditor if debt else form["creditor"], offer, from_pounds(form["owed"]))
            base = found.base
            made = replace(base, period=found.period, debts=applied(base.debts, [change]))
        except InvalidInput as error:
            return self._ask(request, str(error), dict(form.fields))
        self._claimant.jars.plan(made)
        return self._guard.answers.go("/plan")

    def _ask(self, request: Request, problem: str, entered: dict[str, str]) -> Response:
        found = plan_in_hand(self._claimant)
        debt = self._debt(request, found)
        offer = debt.offer if debt else TypedAmount(0)
        return self._guard.page(
            request,
            "plan_debt.html",
            400 if problem else 200,
            debt=debt,
            path=request.url.path.removeprefix(self._guard.answers.site.base),
            kind=entered.get("kind", ""),
            creditor=entered.get("creditor", ""),
            owed=entered.get("owed") or (typed_pounds(debt.owed) if debt else ""),
            offer=entered.get("offer") or (typed_pounds(offer.pence) if debt else ""),
            often=entered.get("often") or (offer.often.name if debt else MONTHLY.name),
            others=list({**FREQUENCIES, offer.often.name: offer.often}),
            state=found.state,
            problem=problem,
            here="/plan",
        )

    def _debt(self, request: Request, found: PlanInHand) -> PlannedDebt | None:
        """Return the debt that a path names, None for a new one."""
        number = request.path_params.get("number")
        if number is None:
            return None
        debts = {str(place): debt for place, debt in enumerate(found.base.debts, 1)}
        if number not in debts:
            raise InvalidInput("There is no such debt in the plan; choose one of those that it has.")
        return debts[number]
