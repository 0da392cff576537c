"""A plan as a file that a person writes, in pounds (TOML 1.0) or as JSON; `template` has every line to fill in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidBudget, InvalidInput
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS, lines_of
from jamjar.plan.money import from_pounds
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import NATIONS, Plan, PlannedDebt, PlannedLine
from jamjar.plan.typed_amount import TypedAmount, typed

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MOST_BYTES: Final = 64 * 1024
"""The most bytes of a plan's file."""
_HELP: Final = "put amounts in quotes, or print an example with jamjar wallet plan --template"
_HEAD: Final = """\
# A plan for one assessment period. Remove the # from each line that you have, and write its amount in pounds:
#   "120"                  a month            "103 four-weekly"       also weekly, fortnightly, quarterly, yearly
#   "150 10 months"        council tax        "95 48 weeks"           rent with four rent-free weeks a year
#   "500, direct"          paid out of Universal Credit before it arrives: rent to the landlord, deductions, advances;
#                          then plan the whole award, before anything is taken off
#   "20, carry over"       what is left of this jar at the end of the period stays in it
# jamjar wallet plan FILE stores it, and nothing of it leaves your vault.

# The first and the last day of the period, as your statement or letter has them; or the first, and the day of the
# month on which you claimed.
from = {start}
to = {end}
# claim_day = {day}

nation = "{nation}"   # whose bank holidays move your payday: {nations}
"""
_DEBT: Final = """
# One [[debt]] for each creditor: what you owe in all, and what you pay or offer.
# [[debt]]
# creditor = "Town Council"
# kind = "priority"     # or "non-priority"
# owed = "450"
# pays = "10 weekly"
"""


def read(text: str) -> Plan:
    """Return the plan that a text describes, as JSON (`Plan.from_json`) or TOML; raises InvalidBudget otherwise."""
    if text.lstrip().startswith("{"):
        return Plan.from_json(text)
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise InvalidBudget(f"The plan is larger than {MOST_BYTES // 1024} KiB; check that this is the right file.")
    try:
        found = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        where = str(error).rpartition("(at ")[2].rstrip(")") if "(at line" in str(error) else "somewhere"
        raise InvalidBudget(f"The plan is not readable as TOML, at {where}; {_HELP}.") from None
    try:
        return _plan(found)
    except InvalidBudget:
        raise
    except InvalidInput as error:
        raise InvalidBudget(str(error)) from None


def template(period: AssessmentPeriod, nation: str = NATIONS[0]) -> str:
    """Return a file to fill in, with every line of the catalogue, for this period."""
    head = _HEAD.format(
        start=period.start, end=period.end, day=period.claim_day or period.start.day, nation=nation,
        nations=", ".join(NATIONS),
    )  # fmt: skip
    parts = [head, '# savings = "10"\n']
    for section, label in SECTIONS.items():
        lines = [(line.code.rpartition(".")[2], line.label) for line in lines_of(section)]
        written = "".join(f"# {f'{name} = {chr(34)}0{chr(34)}':<40} # {words}\n" for name, words in lines)
        parts.append(f"\n# {GROUPS[section.partition('.')[0]]}: {label}\n[{section}]\n{written}")
    return "".join([*parts, _DEBT])


def _plan(found: dict[str, Any]) -> Plan:
    rest = dict(found)
    start, end = _day(rest.pop("from", None), "from"), rest.pop("to", None)
    claim_day, nation = rest.pop("claim_day", None), rest.pop("nation", NATIONS[0])
    debts = strict_json.items(rest.pop("debt", []), "The debts")
    if end is not None:
        period = AssessmentPeriod(claim_day, start, _day(end, "to"))
    else:
        if claim_day is not None and type(claim_day) is not int:
            raise InvalidBudget("The claim day is not a day of the month; write a number from 1 to 31.")
        period = AssessmentPeriod.ending(claim_day or start.day, start)
    lines = tuple(PlannedLine(code, _amount(value, f"The amount of {code[:64]}")) for code, value in _codes(rest, ""))
    return Plan(period, lines, tuple(map(_debt, debts)), nation)


def _codes(table: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    """Yield the code and value of each line, from tables within tables."""
    for name, value in table.items():
        code = f"{above}{name}"
        if isinstance(value, dict):
            yield from _codes(value, f"{code}.")
        elif code not in LINES and not above:
            raise InvalidBudget(f"The plan has an unknown field {name[:40]!r}; {_HELP}.")
        else:
            yield code, value


def _amount(value: object, what: str) -> TypedAmount:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    return typed(value, what)


def _debt(table: object) -> PlannedDebt:
    found = strict_json.fields(table, "A debt", "creditor", "kind", "owed", "pays")
    owed = str(found["owed"]) if isinstance(found["owed"], int | Decimal) else found["owed"]
    return PlannedDebt(
        found["kind"],
        found["creditor"],
        from_pounds(owed, "What is owed"),
        _amount(found["pays"], "What a debt is paid"),
    )


def _day(value: object, name: str) -> date:
    day = strict_json.day(value) if isinstance(value, str) else value
    if isinstance(day, datetime) or not isinstance(day, date):
        raise InvalidBudget(f"The day {name!r} is missing or no date; write it as {name} = 2026-11-05.")
    return day
