"""Pages that make a month's plan: one question a page, beginning with what last month's plan says.

Every answer is stored at once in the plan of its period, so that nothing typed is lost when the door locks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from jamjar.bank.suggesting import Suggestion, suggestions
from jamjar.errors import InvalidInput
from jamjar.pages.app import Form, Request, Response
from jamjar.pages.guard import Guard, check_fresh
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS, CatalogueLine
from jamjar.plan.frequency import FREQUENCIES, MONTHLY, frequency
from jamjar.plan.money import from_pounds, typed_pounds
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import NATIONS, Plan, PlannedLine
from jamjar.plan.typed_amount import UNIVERSAL_CREDIT, TypedAmount
from jamjar.wallet_pages.claimant import OpenClaimant
from jamjar.wallet_pages.plan_in_hand import plan_in_hand

_FIRST_LINE: Final = "income.benefits.universal-credit"


class PlanPages:
    """The pages; `claimant` is what the door opened."""

    def __init__(self, guard: Guard, claimant: OpenClaimant) -> None:
        self._guard, self._claimant = guard, claimant
        guard.get("/plan", self._overview)
        guard.post("/plan/start", self._start)
        guard.get("/plan/start", self._overview)
        guard.get("/plan/line", self._choose)
        guard.get("/plan/line/{code}", self._question)
        guard.post("/plan/line/{code}", self._answer)

    def _overview(self, request: Request, _: Form) -> Response:
        jars = self._claimant.jars
        if not jars.plans():
            return self._guard.page(request, "plan_start.html", nations=NATIONS, here="/plan")
        found = plan_in_hand(self._claimant)
        return self._guard.page(
            request, "plan.html", found=found, lines=LINES, groups=GROUPS, state=found.state, here="/plan"
        )

    def _start(self, _: Request, form: Form) -> Response:
        """Begin the plan of a month: the first with Universal Credit, a later one with what the last one says."""
        jars = self._claimant.jars
        if not jars.plans():
            day, nation = form["claim_day"], form["nation"]
            if not (day.isascii() and day.isdigit() and 1 <= int(day[:3]) <= 31):
                raise InvalidInput("That is no day of a month; give a number from 1 to 31.")
            chosen = [each for each in NATIONS if each == nation]
            if not chosen:
                raise InvalidInput("It was not said where you live; choose one of the list.")
            amount = TypedAmount(from_pounds(form["amount"] or "0"))
            today = date.fromtimestamp(self._claimant.now())
            period = AssessmentPeriod.containing(date(today.year - 1, 1, int(day)), today)
            jars.plan(Plan(period, (PlannedLine(_FIRST_LINE, amount),), (), chosen[0]))
            return self._guard.answers.go("/plan")
        found = plan_in_hand(self._claimant)
        check_fresh(form, found.state)
        if found.plan is None and found.before is not None:
            jars.plan(replace(found.before, period=found.period))
        first = next((each.code for each in found.before.lines), "") if found.before else ""
        return self._guard.answers.go(f"/plan/line/{first}?next=1" if first else "/plan")

    def _choose(self, request: Request, _: Form) -> Response:
        """List the lines that can be planned, by their sections."""
        plan = plan_in_hand(self._claimant).plan
        planned = {each.code for each in plan.lines} if plan else set[str]()
        sections = [
            (GROUPS[section.partition(".")[0]], label, [each for each in LINES.values() if _is_of(each, section)])
            for section, label in (*SECTIONS.items(), ("savings", ""))
        ]
        return self._guard.page(request, "plan_choose.html", sections=sections, planned=planned, here="/plan")

    def _question(self, request: Request, _: Form) -> Response:
        return self._ask(request, "", {})

    def _answer(self, request: Request, form: Form) -> Response:
        line, found = self._line(request), plan_in_hand(self._claimant)
        check_fresh(form, found.state)
        try:
            direct = UNIVERSAL_CREDIT if form["direct"] and line.is_jar else ""
            often, carries = frequency(form["often"]), bool(form["carry"] and line.is_jar)
            amount = TypedAmount(from_pounds(form["amount"]), often, direct, carries)
            kept = [each for each in (found.plan.lines if found.plan else ()) if each.code != line.code]
            lines = (*kept, PlannedLine(line.code, amount)) if amount.pence else tuple(kept)
            made = replace(found.base, period=found.period, lines=lines)
        except InvalidInput as error:
            return self._ask(request, str(error), dict(form.fields))
        self._claimant.jars.plan(made)
        order = [each.code for each in (found.plan or made).lines]
        following = order[order.index(line.code) + 1 :] if form["next"] and line.code in order else []
        return self._guard.answers.go(f"/plan/line/{following[0]}?next=1" if following else "/plan")

    def _ask(self, request: Request, problem: str, typed: dict[str, str]) -> Response:
        line, found = self._line(request), plan_in_hand(self._claimant)
        planned = {each.code: each.amount for each in (found.plan or found.before or _NOTHING).lines}
        jars = self._claimant.jars
        hint: Suggestion | None = suggestions(jars.transactions(), jars.rules(), found.period).get(line.code)
        now = planned.get(line.code) or TypedAmount(hint.average if hint else 0)
        return self._guard.page(
            request,
            "plan_line.html",
            400 if problem else 200,
            line=line,
            period=found.period,
            before=next((each.amount for each in found.before.lines if each.code == line.code), None)
            if found.before
            else None,
            hint=hint,
            amount=typed.get("amount") or typed_pounds(now.pence),
            often=typed.get("often") or now.often.name,
            others=list({**FREQUENCIES, now.often.name: now.often}),
            monthly=MONTHLY.name,
            direct=bool(typed.get("direct") if typed else now.direct),
            carry=bool(typed.get("carry") if typed else now.carries),
            state=found.state,
            following="1" if request.query_params.get("next") or typed.get("next") else "",
            problem=problem,
            here="/plan",
        )

    def _line(self, request: Request) -> CatalogueLine:
        code = str(request.path_params["code"])
        if code not in LINES or code.startswith("debts."):
            raise InvalidInput("There is no such line of a plan; choose one of the list.")
        return LINES[code]


class _Empty:
    lines: tuple[PlannedLine, ...] = ()


_NOTHING: Final = _Empty()


def _is_of(line: CatalogueLine, section: str) -> bool:
    return section in {line.section, line.code}
