"""Bank holidays as the government publishes them, from the data of the package govuk-bank-holidays; nothing is fetched.

The package's module could fetch them, and is not used: asking for a payday is to connect to nothing.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

import govuk_bank_holidays

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jamjar.plan.plan import Nation


@cache
def bank_holidays(nation: Nation) -> Mapping[date, str]:
    """Return the names of a nation's bank holidays, by day, in order; the last is the last that is published.

    Raises InvalidInput for a nation that the data does not have.
    """
    file = resources.files(govuk_bank_holidays).joinpath("bank-holidays.json")
    found = json.loads(file.read_text(encoding="utf-8"))
    if nation not in found:
        raise InvalidInput(f"There are no bank holidays of that nation; give one of {', '.join(found)}.")
    days = {strict_json.day(each["date"]): str(each["title"]) for each in found[nation]["events"]}
    return MappingProxyType({day: days[day] for day in sorted(filter(None, days))})
