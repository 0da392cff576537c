"""The plan that pages change: that of the month of today, or the one that is to be made of the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jamjar.errors import InvalidInput
from jamjar.pages.guard import fingerprint
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import Plan
from jamjar.wallet_pages.claimant import OpenClaimant


@dataclass(frozen=True, slots=True)
class PlanInHand:
    """The period that is planned, its plan as far as there is one, and the plan before it."""

    period: AssessmentPeriod
    plan: Plan | None
    before: Plan | None

    @property
    def state(self) -> str:
        """What a form is made from."""
        return fingerprint(self.period, self.plan.to_json() if self.plan else "")

    @property
    def base(self) -> Plan:
        """The plan that a change begins from."""
        if (found := self.plan or self.before) is None:
            raise InvalidInput("There is no plan yet; start one first.")
        return found


def plan_in_hand(claimant: OpenClaimant) -> PlanInHand:
    """Return the plan of the month of today, or that which is to be made; raises InvalidInput where none was ever."""
    plans, today = claimant.jars.plans(), date.fromtimestamp(claimant.now())
    if not plans:
        raise InvalidInput("There is no plan yet; start one first.")
    for at, plan in reversed(list(enumerate(plans))):
        if plan.period.start <= today <= plan.period.end:
            return PlanInHand(plan.period, plan, plans[at - 1] if at else None)
    period = plans[-1].period.following()
    while period.end < today:
        period = period.following()
    return PlanInHand(period, None, plans[-1])
