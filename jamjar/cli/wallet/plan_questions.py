"""Questions that make a plan, one at a time: each suggests an answer from the last plan and the last months."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import typer

from jamjar.cli import output
from jamjar.cli.wallet.prompts import Questions
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.plan.budget import DebtKind
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS, CatalogueLine
from jamjar.plan.money import format_pounds, from_pounds
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import NATIONS, Nation, Plan, PlannedDebt, PlannedLine
from jamjar.plan.typed_amount import TypedAmount, typed

if TYPE_CHECKING:
    from jamjar.bank.suggesting import Suggestion
    from jamjar.wallet.jars import Jars

_WORDS = (
    "Amounts are pounds a month, or such as: 26.05 weekly; 103 four-weekly; 150 10 months; 500, direct (paid out of"
    " Universal Credit before it arrives); 20, carry over."
)


def asked(jars: Jars, today: date) -> Plan:
    """Return the plan that the claimant's answers make; they are kept, and the plan is not stored."""
    if not sys.stdin.isatty():
        raise InvalidInput(
            "There is no terminal to ask at; name a plan's file, or print one to fill in with --template."
        )
    try:
        return _asked(jars, Questions(jars.draft(), today), today)
    except typer.Abort:
        typer.echo("\nYour answers are kept; go on with jamjar wallet plan.", err=True)
        raise


def _asked(jars: Jars, questions: Questions, today: date) -> Plan:
    from jamjar.bank.suggesting import suggestions

    plans = jars.plans()
    last = plans[-1] if plans else None
    period = _period(questions, last, today)
    asking = _Asking(questions, period, last.nation if last else _nation(questions))
    hints = suggestions(jars.transactions(), jars.rules(), period)
    typer.echo(f"Press Enter to take what stands in brackets, or type 0 to leave a line out. {_WORDS}")
    typer.echo("Each answer is kept: stop with Ctrl-C whenever you like, and go on later.")
    planned = {line.code: line.amount for line in last.lines} if last else {}
    for section, label in (*SECTIONS.items(), ("savings", "")):
        typer.echo(f"\n{': '.join(filter(None, (GROUPS[section.partition('.')[0]], label)))}")
        members = [line for line in LINES.values() if section in (line.section, line.code)]
        asking.section(members, planned, hints)
    typer.echo("\nDebts")
    asking.debts(last.debts if last else ())
    return asking.plan()


class _Asking:
    """The answers so far; an answer that no plan can have is asked for again."""

    def __init__(self, questions: Questions, period: AssessmentPeriod, nation: Nation) -> None:
        self._questions, self._period, self._nation = questions, period, nation
        self._lines: list[PlannedLine] = []
        self._debts: list[PlannedDebt] = []

    def plan(self, line: PlannedLine | None = None, debt: PlannedDebt | None = None) -> Plan:
        """Return the plan of the answers so far, and of one more."""
        lines, debts = [*self._lines, *filter(None, [line])], [*self._debts, *filter(None, [debt])]
        # A plan of debts alone is none yet, but what is said of a debt is checked with what is there.
        return Plan(self._period, tuple(lines), tuple(debts), self._nation)

    def section(
        self, members: list[CatalogueLine], planned: Mapping[str, TypedAmount], hints: Mapping[str, Suggestion]
    ) -> None:
        """Ask for the lines that were planned or have transactions, then for those of the others that are named."""
        others = list[CatalogueLine]()
        for line in members:
            if line.code in planned or line.code in hints:
                self._amount(line, planned.get(line.code), hints.get(line.code))
            else:
                others.append(line)
        for number, line in enumerate(others, 1):
            typer.echo(f"  {number} {line.label}")

        def read(text: str) -> list[CatalogueLine]:
            numbers = text.replace(",", " ").split()
            if not all(each.isascii() and each.isdigit() and 1 <= int(each) <= len(others) for each in numbers):
                raise InvalidInput(f"Those are no numbers of the list; give some of 1 to {len(others)}, such as 1 3.")
            return [others[int(each) - 1] for each in dict.fromkeys(numbers)]

        if others:
            name = f"which of {' '.join(each.code for each in others)}"
            question = "Which of these do you have? Numbers, or Enter for none"
            for line in self._questions.until(name, question, "", read):
                self._amount(line, None, None)

    def _amount(self, line: CatalogueLine, before: TypedAmount | None, hint: Suggestion | None) -> None:
        if hint is not None:
            did = "paid" if line.is_jar else "received"
            months = f", {format_pounds(hint.average)} a month on average of {hint.months}" if hint.months > 1 else ""
            typer.echo(f"  {line.label}: {format_pounds(hint.last)} {did} in the last month{months}.")
        suggested = before or TypedAmount(hint.average if hint else 0)

        def read(text: str) -> PlannedLine:
            found = PlannedLine(line.code, typed(text))
            if found.amount.pence:
                self.plan(line=found)
            return found

        found = self._questions.until(line.code, f"  {line.label}", suggested.written, read)
        if found.amount.pence:
            self._lines.append(found)

    def debts(self, before: Sequence[PlannedDebt]) -> None:
        """Ask about each debt of the last plan, then for others."""
        for debt in before:
            name = output.clean(debt.creditor)
            key = f"{debt.kind} debt to {debt.creditor}"
            question = f"  Owed to {name} (0: paid off)"
            owed = self._questions.until(f"{key}: owed", question, format_pounds(debt.owed), from_pounds)
            if owed:
                self._debt(key, debt.kind, debt.creditor, owed, debt.offer.written)
        for number in count(1):
            key, ask = f"new debt {number}", self._questions.until
            creditor = ask(f"{key}: creditor", "  A creditor's name, or Enter for none", "", self._creditor)
            if not creditor:
                return
            question = "  A priority debt, such as rent, council tax or energy (p), or not (n)"
            kind = ask(f"{key}: kind", question, "n", _kind)
            self._debt(key, kind, creditor, ask(f"{key}: owed", "  Owed in all", "0", from_pounds), "0")

    def _creditor(self, text: str) -> str:
        if text:
            PlannedDebt("priority", text, 0, TypedAmount(0)).debt  # noqa: B018 - it raises for a name that none has
        return text

    def _debt(self, key: str, kind: DebtKind, creditor: str, owed: int, suggested: str) -> None:
        try:
            if self._lines:
                self.plan(debt=PlannedDebt(kind, creditor, owed, TypedAmount(0)))
        except InvalidInput as error:
            typer.echo(f"  {error}")
            return

        def read(text: str) -> PlannedDebt:
            found = PlannedDebt(kind, creditor, owed, typed(text))
            if self._lines:
                self.plan(debt=found)
            return found

        self._debts.append(self._questions.until(f"{key}: offer", "  Paid or offered", suggested, read))


def _period(questions: Questions, last: Plan | None, today: date) -> AssessmentPeriod:
    """Ask for the period's days, suggesting the one after the last plan, or the one of today."""
    if last is not None:
        claim_day, found = last.period.claim_day, last.period.following()
        while found.end < today:
            found = found.following()
    else:
        question = "On which day of the month did you claim Universal Credit, or does your month begin"
        claim_day = questions.until("claim day", question, "1", _day_number)
        found = AssessmentPeriod.containing(date(today.year - 1, 1, claim_day), today)
    typer.echo("The period, as your statement or letter has it:")
    first = questions.until("first day", "First day", found.start.isoformat(), _month_from)
    suggested = found if first.start == found.start else first

    def read(text: str) -> AssessmentPeriod:
        end = _date(text)
        try:
            return AssessmentPeriod(claim_day, first.start, end)
        except InvalidInput:
            return AssessmentPeriod(None, first.start, end)

    return questions.until("last day", "Last day", suggested.end.isoformat(), read)


def _nation(questions: Questions) -> Nation:
    for number, name in enumerate(NATIONS, 1):
        typer.echo(f"  {number} {name}")

    def read(text: str) -> Nation:
        if text not in {str(number) for number in range(1, len(NATIONS) + 1)}:
            raise InvalidInput(f"That is no number of the list; give 1 to {len(NATIONS)}.")
        return NATIONS[int(text) - 1]

    return questions.until("nation", "Where do you live (its bank holidays move your payday)", "1", read)


def _day_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 31):
        raise InvalidInput("That is no day of a month; give a number from 1 to 31.")
    return int(text)


def _date(text: str) -> date:
    day = strict_json.day(text)
    if day is None:
        raise InvalidInput("That is not a day; write it as 2026-11-05.")
    return day


def _month_from(text: str) -> AssessmentPeriod:
    start = _date(text)
    return AssessmentPeriod.ending(start.day, start)


def _kind(text: str) -> DebtKind:
    if text not in ("p", "n"):
        raise InvalidInput("That is neither p nor n; give one of them.")
    return "priority" if text == "p" else "non-priority"
