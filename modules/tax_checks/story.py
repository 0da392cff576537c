"""The story: Revenue checks a trader once; Customs and Food Licences rely on it, and each sees that it changed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Final

from jamjar.consent.named import NamedValue
from jamjar.errors import VerificationFailed
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.network import SampleNetwork

from .consents import agree, show
from .register import CheckRegister
from .results import CheckResult

CUSTOMS, FOOD, REVENUE, STRANGER = 2, 3, 4, 9
NAMES: Final = {CUSTOMS: "Customs", FOOD: "Food Licences", REVENUE: "Revenue"}
TRADER: Final = "GB 000 0000 01"


def result_of(check: str, **changed: NamedValue) -> CheckResult:
    """Return a synthetic result of a check (64 hex digits), with some values changed."""
    values: dict[str, NamedValue] = {"check": check, "trader": TRADER, "checked_on": date(2026, 11, 2)}
    values |= {"vat_registered": 1, "risk": 2, "result": "meets the criteria", **changed}
    return CheckResult.of(values, secrets.token_bytes)


def begun(consortium: SampleNetwork) -> tuple[CheckRegister, CheckResult]:
    """Return a new register, and the first result in it, by Revenue."""
    register = CheckRegister.deploy(consortium.ledger, consortium.key(REVENUE))
    register.record(consortium.key(REVENUE), first := result_of(secrets.token_hex(32)))
    return register, first


def play(consortium: SampleNetwork, narrator: Narrator) -> None:
    """Play the story; raises StoryFailed for a sentence that is not true."""
    for number, name in NAMES.items():
        consortium.member(number).rename(name)
    trader, keys = consortium.claimant(), consortium.keys
    register, first = begun(consortium)
    check = first.check

    def shown(result: CheckResult, member: int, *names: str) -> Mapping[str, NamedValue]:
        consent = agree(trader, member, NAMES[member], names)
        consortium.wait()
        return show(trader, consent, result, consortium.desks[member])

    def verified(values: Mapping[str, NamedValue]) -> bytes:
        return register.verify(values, checker=REVENUE, trader=TRADER)

    def rely(member: int, values: Mapping[str, NamedValue]) -> None:
        register.rely(keys[member], values, checker=REVENUE, trader=TRADER)

    narrator.chapter("Tax checks: one result, two departments that rely on it")
    narrator.check("Revenue checks a trader and records a digest", register.history(check) == (first.digest,))
    mine = first.shown([*first.values]).values
    narrator.check("The trader sees that what it was given is what was recorded", verified(mine) == first.digest)

    customs = shown(first, CUSTOMS, "result", "risk", "checked_on")
    narrator.check("Customs looks under the trader's consent: the risk is 2", customs["risk"] == 2)
    rely(CUSTOMS, customs)
    food = shown(first, FOOD, "result", "checked_on")
    narrator.check(
        "Food Licences sees the same result, and no risk", verified(food) == first.digest and "risk" not in food
    )
    narrator.refused(
        "The trader shows a better result",
        lambda: rely(FOOD, {**food, "result": "meets all criteria"}),
        VerificationFailed,
    )
    rely(FOOD, food)
    relied = register.reliances(check)
    narrator.check(
        "Whoever knows the check sees that both relied on it", [each.member for each in relied] == [CUSTOMS, FOOD]
    )
    narrator.check("They are of one and the same digest", {each.result for each in relied} == {first.digest})
    narrator.refused("Food Licences relies again", lambda: rely(FOOD, food), "ReliedAlready", FOOD)
    stranger = keys[STRANGER]
    narrator.refused(
        "A stranger records a reliance",
        lambda: register.contract.send(stranger, "rely", check, first.digest),
        "AccountNotActiveMember",
        stranger.address,
    )

    narrator.chapter("The result changes")
    second = result_of(check.hex(), result="does not meet the criteria", risk=7, checked_on=date(2026, 11, 20))
    narrator.refused(
        "Customs replaces the result of Revenue",
        lambda: register.record(keys[CUSTOMS], second, first.digest),
        "CheckOfAnother",
        REVENUE,
    )
    register.record(keys[REVENUE], second, first.digest)
    for member in (CUSTOMS, FOOD):
        (own,) = register.reliances(member=member)
        narrator.check(f"{NAMES[member]} sees that what it relied on was replaced", not own.is_current)
    narrator.refused("The trader shows the old result as new", lambda: rely(CUSTOMS, customs), VerificationFailed)
    narrator.refused(
        "Revenue puts the old result back",
        lambda: register.record(keys[REVENUE], first, second.digest),
        "ResultKnown",
    )
    narrator.check("What was relied on, and when, remains", len(register.reliances(check)) == len(relied))
    food = shown(second, FOOD, "result", "checked_on")
    rely(FOOD, food)
    narrator.check("Food Licences is shown the new result and relies on it", register.reliances(check)[-1].is_current)

    narrator.chapter("What this cannot show")
    false = result_of(secrets.token_hex(32), risk=0)
    register.record(keys[REVENUE], false)
    wrong = false.shown(["risk"]).values
    narrator.check("A false entry verifies as a true one does: nothing detects it", verified(wrong) == false.digest)
