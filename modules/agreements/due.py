"""What is due under an agreement on a day, and why: computed by each party for itself from terms and record.

A milestone's amount is due on its date, or so many days after its acceptance as the terms say, whichever is later.
After that day it bears simple interest at the terms' rate: amount x rate x days / 365, in leap years too, cut to whole
pence once and not each day. Days are those of the United Kingdom, by its clocks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.own_contract import ContractEvent

from .record import Kind
from .terms import Milestone, Terms, day

COLUMNS: Final = ("milestone", "agreed £", "due £", "interest £", "why")
_ZONE: Final = ZoneInfo("Europe/London")
_YEAR, _WHOLE, _LAST = 365, 10_000, 7_258_118_400


@dataclass(frozen=True, slots=True)
class Row:
    """What is due of one milestone on a day, in pence, interest apart; 0 where nothing is; and why."""

    milestone: Milestone
    amount: int = field(repr=False)
    interest: int = field(repr=False)
    why: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text, under `COLUMNS`."""
        return (self.milestone.name, *map(_pounds, (self.milestone.amount, self.amount, self.interest)), self.why)


def due(terms: Terms, events: Iterable[ContractEvent], today: date) -> tuple[Row, ...]:
    """Return a row for each milestone: what is due of it at the end of a day, as if nothing had been paid.

    events  of one agreement, in the ledger's order (`record.history`); what came after that day is left out
    Raises VerificationFailed unless these are the parties and the terms of that day, InvalidInput for no day.
    """
    day(today, "The day")
    found = [each for each in events if "at" not in each.arguments or day_of(each.arguments["at"]) <= today]
    parties = [{each.arguments["byMember"], each.arguments["otherMember"]} for each in found if each.name == "Proposed"]
    if parties != [{terms.payer, terms.payee}]:
        raise VerificationFailed("The record is not of one agreement of these parties; read it by the agreement's id.")
    agreed, accepted, disputed = None, dict[object, date](), dict[object, date]()
    for event in found:
        said = event.arguments
        if event.name == "Disputed":
            disputed[said["milestone"]] = day_of(said["at"])
        elif event.name == "Accepted" and said["kind"] == Kind.TERMS:
            agreed = said["digest"]
        elif event.name == "Accepted" and said["kind"] == Kind.MILESTONE:
            accepted[said["subject"]] = day_of(said["at"])
        elif event.name == "Accepted" and said["kind"] == Kind.SETTLEMENT:
            disputed.pop(said["subject"], None)
    if agreed != terms.digest:
        raise VerificationFailed("Other terms were agreed by that day, or none; look for the text of those.")
    return tuple(
        _row(terms, each, accepted.get(each.digest), disputed.get(each.digest), today) for each in terms.milestones
    )


def total(rows: Iterable[Row]) -> int:
    """Return what is due of all milestones together, with interest, in pence."""
    return sum(each.amount + each.interest for each in rows)


def interest(amount: int, rate: int, days: int) -> int:
    """Return simple interest on pence, at hundredths of a percent a year of 365 days, to the penny below."""
    return amount * rate * days // (_WHOLE * _YEAR)


def day_of(time: object) -> date:
    """Return the day in the United Kingdom of a time in Unix seconds, whatever this machine's own zone is."""
    if type(time) is not int or not 0 <= time <= _LAST:
        raise InvalidInput("The time is no whole number of seconds until 2200; give what the ledger recorded.")
    return datetime.fromtimestamp(time, _ZONE).date()


def _row(terms: Terms, milestone: Milestone, accepted: date | None, disputed: date | None, today: date) -> Row:
    if disputed:
        return Row(milestone, 0, 0, f"disputed since {disputed}: nothing is counted until both settle it")
    if not accepted:
        late = f", and {(today - milestone.due).days} days late" if today > milestone.due else ""
        return Row(milestone, 0, 0, f"not accepted{late}: its date is {milestone.due}")
    last = max(milestone.due, accepted + timedelta(days=terms.days))
    why = f"accepted {accepted}, to be paid by {last}"
    if today < last:
        return Row(milestone, 0, 0, f"{why}: not yet due")
    late_days = (today - last).days
    late = f": {late_days} days late at {terms.rate // 100}.{terms.rate % 100:02d} %" if late_days else ": due"
    return Row(milestone, milestone.amount, interest(milestone.amount, terms.rate, late_days), why + late)


def _pounds(amount: int) -> str:
    return f"£{amount // 100:,}.{amount % 100:02d}"
