"""The content of a consent record in plain English sentences, for the claimant's receipt.

The notice, in the claimant's own language, is in the record itself and is not paraphrased.
"""

from collections.abc import Mapping
from typing import Any, Final

from jamjar.consent.notice import DETAILS, NAMED_DETAILS
from jamjar.consent.purpose import ALLOWED_PURPOSES

_DETAILS: Final = DETAILS | NAMED_DETAILS
_STANDS: Final = {
    "SCHEDULED": "Your consent has not started yet.",
    "ACTIVE": "Your consent is running.",
    "PAUSED": "You paused your consent: nobody may look until you resume it.",
    "STALE": "Your consent waits for you to confirm it again: nobody may look until you do.",
    "EXHAUSTED": "All the looks you allowed have been taken: nobody may look again.",
    "EXPIRED": "Your consent ended when its time was over.",
    "RELEASED": "The recipient gave your consent up: it has ended.",
    "WITHDRAWN": "You withdrew your consent: it has ended, for ever.",
    "REFUSED": "You refused. This is on no ledger, and refusing changes nothing else for you.",
}
DID: Final = {
    "Granted": "you consented",
    "Paused": "you paused the consent",
    "Resumed": "you resumed the consent",
    "Reconfirmed": "you confirmed the consent again",
    "Withdrawn": "you withdrew the consent",
    "Released": "{name} gave the consent up",
    "Used": "{name} recorded that it was going to look",
    "Expired": "the consent was over",
    "Refused": "you refused",
}
"""What happened, by the kind of a step; `{name}` is the recipient's."""


def words(of: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the sentences that describe a record (as `record.record` returns it), with times in UTC."""
    name, period = of["dpv:hasDataController"]["dpv:hasName"], of["dct:temporal"]
    shown = "; ".join(f"{data['dct:title']} ({_DETAILS[data['jamjar:detail']]})" for data in of["dpv:hasPersonalData"])
    days = of["dpv:hasStorageCondition"]["dpv:hasDuration"][1:-1]
    kept = "It may look and keep nothing." if days == "0" else f"It may keep what it is shown for {days} days."
    asked = "asked" if of["jamjar:status"] == "REFUSED" else "allowed"
    return (
        _STANDS[of["jamjar:status"]],
        f"Who is {asked} to look: {name}.",
        f"What for: {ALLOWED_PURPOSES[of['dpv:hasPurpose']]}.",
        f"What of your budget: {shown}.",
        f"Of which days: {period['dcat:startDate']} to {period['dcat:endDate']}.",
        kept,
        *(_limit(of) if "jamjar:maxUses" in of else ()),
        *(f"{_when(step['dct:date'])}: {_did(step, name)}." for step in of["dct:hasPart"]),
    )


def _limit(of: Mapping[str, Any]) -> tuple[str, str]:
    _, until = of["dct:hasPart"][0]["dct:valid"].split("/")
    return (
        f"How often: {of['jamjar:maxUses']} times at most, {of['jamjar:uses']} so far.",
        f"Until when, as you granted it: {_when(until)}, unless you confirmed it again.",
    )


def _did(step: Mapping[str, Any], name: str) -> str:
    return DID[step["@type"].removeprefix("jamjar:")].format(name=name)


def _when(instant: str) -> str:
    return instant.replace("T", " ").replace("Z", " UTC")
