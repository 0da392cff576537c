"""Calls as values: what is called with what, and the rule that decides on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from jamjar.model import consent_rules, council_rules
from jamjar.model.decision import Outcome
from jamjar.model.state import AdviceId, Reason
from tests.stateful.papers import Paper, signed


@dataclass(frozen=True, slots=True)
class Move:
    """A call by whomever, and the rule with what it is asked besides the state, the time and the caller."""

    contract: str
    function: str
    arguments: Sequence[Any]
    rule: Callable[..., Outcome]
    asked: Sequence[Any]


def carrying(paper: Paper) -> Move:
    kind = paper.kind
    return Move(kind.contract, kind.function, paper.arguments(), kind.single, [paper.signed])


def carrying_all(papers: Sequence[Paper], like: Paper | None = None) -> Move:
    """Carry papers of one kind as a batch; `like` is one of the kind when there is none."""
    kind = (like or papers[0]).kind
    assert kind.many is not None
    items = [paper.item() for paper in papers]
    return Move(kind.contract, f"{kind.function}Batch", [items], kind.many, [signed(papers)])


def using(consent: str, commitment: bytes) -> Move:
    item = (consent, commitment)
    return Move("ConsentRegistry", "use", [item], consent_rules.use, [item])


def using_all(items: Sequence[tuple[str, bytes]]) -> Move:
    return Move("ConsentRegistry", "useBatch", [items], consent_rules.use_batch, [items])


def releasing(consent: str) -> Move:
    return Move("ConsentRegistry", "release", [consent], consent_rules.release, [consent])


def recording(advice: AdviceId) -> Move:
    return Move("AdviceLog", "record", [advice], consent_rules.record, [advice])


def changing(function: str, rule: Callable[..., Outcome], *arguments: Any) -> Move:
    """Change who the members are."""
    return Move("Consortium", function, arguments, rule, arguments)


def suspending(number: int, reason: int = Reason.RULES_BROKEN) -> Move:
    return changing("suspend", council_rules.suspend, number, reason)


def reinstating(number: int) -> Move:
    return changing("reinstate", council_rules.reinstate, number)
