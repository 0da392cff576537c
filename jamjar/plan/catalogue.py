"""The lines a budget may have: a versioned catalogue in the structure UK debt advice uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType

from jamjar.errors import InvalidBudget

CATALOGUE_VERSION = 1
"""Raised whenever a code is added, removed or changes its meaning; labels may change freely."""

_SUGGESTIONS = 3
_LIKENESS = 0.7
_LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One line of the catalogue: `code` is dotted group.section.line, `label` is for people."""

    code: str
    label: str

    @property
    def group(self) -> str:
        """The first part of the code: income, fixed, flexible, savings or debts."""
        return self.code.split(".")[0]

    @property
    def section(self) -> str | None:
        """The section's code, such as "fixed.home"; None for savings and debts, which have none."""
        return self.code.rpartition(".")[0] if self.code.count(".") == 2 else None

    @property
    def is_jar(self) -> bool:
        """Whether the line is a jar, for which money is set aside: every line but income is."""
        return self.group != "income"

    @property
    def is_debt(self) -> bool:
        """Whether the line has debts (creditor, owed, offer) in place of a plain amount."""
        return self.group == "debts"


GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "income": "Income",
        "fixed": "Fixed costs",
        "flexible": "Flexible costs",
        "savings": "Savings",
        "debts": "Debts",
    }
)
"""Label by group code, in the catalogue's order."""

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "income.earnings": "Earnings",
        "income.benefits": "Benefits",
        "income.pensions": "Pensions received",
        "income.other": "Other income",
        "fixed.home": "Home",
        "fixed.utilities": "Utilities",
        "fixed.water": "Water",
        "fixed.care": "Care and health",
        "fixed.transport": "Transport",
        "fixed.school": "School",
        "fixed.cover": "Pensions and insurance",
        "fixed.professional": "Professional costs",
        "fixed.essential": "Other essential costs",
        "flexible.leisure": "Communications and leisure",
        "flexible.food": "Food and housekeeping",
        "flexible.personal": "Personal",
    }
)
"""Label by section code, in the catalogue's order."""

_LABELS = {
    "income.earnings.salary": "Salary or wages",
    "income.earnings.partner": "Partner's salary or wages",
    "income.earnings.other": "Other earnings",
    "income.benefits.universal-credit": "Universal Credit or tax credits",
    "income.benefits.jobseekers-allowance": "Jobseeker's Allowance",
    "income.benefits.income-support": "Income Support",
    "income.benefits.child-benefit": "Child Benefit",
    "income.benefits.employment-and-support-allowance": "Employment and Support Allowance",
    "income.benefits.disability": "Disability benefits",
    "income.benefits.carers-allowance": "Carer's Allowance",
    "income.benefits.housing": "Housing allowance",
    "income.benefits.council-tax-support": "Council tax support",
    "income.benefits.other": "Other benefits",
    "income.pensions.state": "State pension",
    "income.pensions.private": "Private or work pension",
    "income.pensions.pension-credit": "Pension Credit",
    "income.pensions.other": "Other pensions",
    "income.other.maintenance": "Maintenance received",
    "income.other.boarders": "Boarders or lodgers",
    "income.other.non-dependants": "Non-dependants' contributions",
    "income.other.student": "Student loans and grants",
    "income.other.other": "Any other income",
    "fixed.home.rent": "Rent",
    "fixed.home.service-charges": "Service charges",
    "fixed.home.mortgage": "Mortgage",
    "fixed.home.secured-loans": "Secured loans",
    "fixed.home.council-tax": "Council tax",
    "fixed.home.appliance-rental": "Appliance rental",
    "fixed.home.tv-licence": "TV licence",
    "fixed.home.other": "Other home costs",
    "fixed.utilities.gas": "Gas",
    "fixed.utilities.electricity": "Electricity",
    "fixed.utilities.other": "Other fuels and utilities",
    "fixed.water.supply": "Water supply",
    "fixed.water.waste": "Waste water",
    "fixed.care.childcare": "Childcare",
    "fixed.care.adult-care": "Adult care",
    "fixed.care.child-maintenance": "Child maintenance paid",
    "fixed.care.prescriptions": "Prescriptions and medicines",
    "fixed.care.dentist-and-optician": "Dentist and optician",
    "fixed.care.other": "Other care and health costs",
    "fixed.transport.public-transport": "Public transport",
    "fixed.transport.hire-purchase": "Vehicle hire purchase",
    "fixed.transport.car-insurance": "Car insurance",
    "fixed.transport.road-tax": "Road tax",
    "fixed.transport.mot": "MOT and maintenance",
    "fixed.transport.breakdown-cover": "Breakdown cover",
    "fixed.transport.fuel-and-parking": "Fuel and parking",
    "fixed.transport.other": "Other transport costs",
    "fixed.school.uniform": "School uniform",
    "fixed.school.clubs-and-trips": "School clubs and trips",
    "fixed.school.other": "Other school costs",
    "fixed.cover.pension": "Pension contributions",
    "fixed.cover.insurance": "Insurance, other than car insurance",
    "fixed.professional.costs": "Professional costs",
    "fixed.essential.other": "Other essential costs",
    "flexible.leisure.home-phone-internet-tv": "Home phone, internet and TV",
    "flexible.leisure.mobile": "Mobile phone",
    "flexible.leisure.hobbies": "Hobbies, sport and going out",
    "flexible.leisure.gifts": "Gifts",
    "flexible.leisure.pocket-money": "Pocket money",
    "flexible.leisure.newspapers": "Newspapers, magazines and books",
    "flexible.leisure.other": "Other leisure costs",
    "flexible.food.groceries": "Groceries",
    "flexible.food.nappies-and-baby": "Nappies and baby items",
    "flexible.food.school-or-work-meals": "School or work meals",
    "flexible.food.laundry": "Laundry and cleaning",
    "flexible.food.alcohol": "Alcohol",
    "flexible.food.smoking": "Smoking",
    "flexible.food.pets": "Pets",
    "flexible.food.repairs": "Home repairs",
    "flexible.food.other": "Other housekeeping",
    "flexible.personal.clothing": "Clothing and footwear",
    "flexible.personal.hairdressing": "Hairdressing",
    "flexible.personal.toiletries": "Toiletries",
    "flexible.personal.other": "Other personal costs",
    "savings": "Savings",
    "debts.priority": "Priority debts",
    "debts.non-priority": "Non-priority debts",
}

_NEWER_NAMES = {
    "scottish child payment": "income.benefits.other",
    "best start grant": "income.benefits.other",
    "adult disability payment": "income.benefits.disability",
    "child disability payment": "income.benefits.disability",
    "personal independence payment": "income.benefits.disability",
    "pip": "income.benefits.disability",
    "attendance allowance": "income.benefits.disability",
    "carer support payment": "income.benefits.carers-allowance",
    "housing benefit": "income.benefits.housing",
    "council tax reduction": "income.benefits.council-tax-support",
}
"""The code under which a benefit is planned that the catalogue has no line of its own for."""

LINES: Mapping[str, CatalogueLine] = MappingProxyType(
    {code: CatalogueLine(code, label) for code, label in _LABELS.items()}
)
"""Line by code, in the catalogue's order."""


def line(code: object) -> CatalogueLine:
    """Return the catalogue's line with this code.

    Raises InvalidBudget for an unknown code, naming the nearest known ones.
    """
    if not isinstance(code, str):
        raise InvalidBudget(f"The code of a line is a {type(code).__name__}; give text such as 'fixed.home.rent'.")
    found = LINES.get(code)
    if found is None:
        named = code[:_LONGEST_CODE]
        raise InvalidBudget(f"The code {named!r} is not in the catalogue; choose one of its codes ({_hint(code)}).")
    return found


def jars() -> Iterator[CatalogueLine]:
    """Iterate over the jars, in the catalogue's order."""
    return (each for each in LINES.values() if each.is_jar)


def lines_of(section: str) -> tuple[CatalogueLine, ...]:
    """Return the lines of a section, such as "fixed.home"; raises InvalidBudget if there is none."""
    found = tuple(each for each in LINES.values() if each.section == section)
    if not found:
        raise InvalidBudget(f"There is no section of that code; choose one of {', '.join(SECTIONS)}.")
    return found


def _hint(code: str) -> str:
    """Return a hint that names the codes most like `code`: a whole code, its last part, a label, or a newer name."""
    wanted = code[:_LONGEST_CODE].lower()
    words = wanted.rpartition(".")[2].replace("-", " ")
    if words in _NEWER_NAMES:
        return f"did you mean {_NEWER_NAMES[words]}?"
    near = sorted(LINES.values(), key=lambda each: _likeness(wanted, each), reverse=True)[:_SUGGESTIONS]
    codes = [each.code for each in near if _likeness(wanted, each) >= _LIKENESS]
    return f"did you mean {' or '.join(codes)}?" if codes else "see jamjar.plan.catalogue.LINES"


def _likeness(wanted: str, known: CatalogueLine) -> float:
    names = (known.code, known.code.rpartition(".")[2], known.label.lower())
    return max(SequenceMatcher(None, wanted, name).ratio() for name in names)
