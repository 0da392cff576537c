"""Disclosures to test with: of one household's budget, under a consent whose key the test has."""

import secrets
from datetime import date

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Storage, Terms
from jamjar.disclosure import commitment as commitments
from jamjar.disclosure.disclosure import Disclosure, disclose
from jamjar.plan.budget import Budget, Line
from jamjar.plan.period import AssessmentPeriod
from jamjar.protocol.typed_data import Domain

REGISTRY = Domain(1337, f"0x{13:040x}")
RECIPIENT = 2
PERIOD = AssessmentPeriod.containing(date(2026, 5, 31), date(2026, 5, 31))
NAMES = ("fixed.home.rent", "flexible.food.groceries")
BUDGET = Budget(PERIOD, (Line("fixed.home.rent", 11914), Line("flexible.food.groceries", 731)))


def terms(notice: str = "You let an adviser look.") -> Terms:
    return Terms(
        purpose="dpv:RequestedServiceProvision",
        scope=frozenset({ScopeItem("fixed.home", Detail.LINES), ScopeItem("flexible.food", Detail.LINES)}),
        data_from=PERIOD.start, data_until=PERIOD.end, retention_days=0, storage=Storage.VIEW,
        notice=notice, language="en-GB", recipient=RECIPIENT, recipient_name="Town Debt Advice",
    )  # fmt: skip


def disclosure(
    consent: str,
    names: tuple[str, ...] = NAMES,
    notice: str = "You let an adviser look.",
    registry: Domain = REGISTRY,
) -> Disclosure:
    return disclose(
        commitments.commit(BUDGET.entries(), secrets.token_bytes), terms(notice), names,
        terms_salt=secrets.token_bytes(32), chain_id=registry.chain_id, contract=registry.contract, consent=consent,
    )  # fmt: skip
