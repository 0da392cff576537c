"""Who may change what, read from the contracts' code: the text of docs/access.md.

Every function that can write has a row, inherited ones too: who may call it (`WHO`, by the conditions on the caller or
on a signature that precede every change), what it can write, emit and call. The conditions follow, word for word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from assurance.access.data_flow import Flow
from assurance.access.data_flow_values import AUTHORITY, Condition, Outcome
from jamjar.protocol.deployment import CONTRACTS

WHO: Final = (
    ("administrator", "AccessControlUnauthorizedAccount", {"msg.sender", "_roles"}),
    ("next administrator", "AccessControlInvalidDefaultAdmin", {"msg.sender", "_pendingDefaultAdmin"}),
    ("the holder", "AccessControlBadConfirmation", {"msg.sender", "account"}),
    ("active member", "CarrierNotActiveMember", {"msg.sender", "IConsortium.memberOf", "IConsortium.isActive"}),
    ("recipient", "NotTheRecipient", {"msg.sender", "IConsortium.memberOf", "_consents"}),
    ("recipient", "NotTheRecipient", {"msg.sender", "IConsentRegistry.isRecipient"}),
    ("active adviser", "ConsentNotLive", {"msg.sender", "IConsortium.memberOf", "IConsortium.isActiveAs", "ADVISER"}),
    ("signed by consent", "NotSignedByConsent", {"ECDSA.tryRecover", "EIP712._hashTypedDataV4"}),
)
"""Who may call, the error that refuses everyone else, and what that error's condition must depend on."""

HEAD = """# Who may change what

Read from the contracts' code, not run; `make access WRITE=1` writes it, a test checks it.
What a caller of each kind gets when it calls is in `tests/contracts/access_table.json`.

A call changes nothing unless everything under *who* is so; of what is signed by the consent, anyone may be the carrier.

| function | who | writes | emits | calls |
|---|---|---|---|---|"""
ASKED = """
## What is asked

Word for word, in brackets what that weighs; then what must come of it, and what other errors there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One function that can write: conditions on caller and signature, its other errors, and its effects."""

    conditions: tuple[Condition, ...]
    obeyed: tuple[str, ...]
    refusals: tuple[str, ...]
    outcome: Outcome

    @property
    def who(self) -> str:
        """Return who may call it: everyone named must apply at once."""
        found = dict.fromkeys(
            who
            for who, error, weighed in WHO
            if any(each.error == error and weighed <= each.weighs for each in self.conditions)
        )
        return " and ".join(found) or "**anyone**"


def entries(slither: Any, *, views: bool) -> Iterator[tuple[str, Any, Flow]]:
    """Yield the functions of the four contracts that can be called from outside: those that write, or the views."""
    for name in CONTRACTS:
        (contract,) = slither.get_contract_from_name(name)
        flow = Flow(contract)
        for function in sorted(contract.functions_entry_points, key=lambda each: each.full_name):
            if not function.is_constructor and (function.view or function.pure) == views:
                yield f"{name}.{function.name}", function, flow


def rows(slither: Any) -> dict[str, Row]:
    """Return the row of every function that can write, by `Contract.function`."""
    found = {}
    for name, function, flow in entries(slither, views=False):
        outcome = flow.entry(function)
        before = _before(outcome, "writes", "emits")
        obeyed = {str(each) for each in _before(outcome, "writes") if each.obeys and not each.error}
        asked: dict[str, Condition] = {}
        for each in (each for each in before if each.weighs & AUTHORITY):
            known = asked.get(str(each), each)
            asked[str(each)] = replace(each, weighs=each.weighs | known.weighs)
        refusals = set(outcome.of("refuses")) - {each.error for each in asked.values()}
        if name in found:
            raise SystemExit(
                f"{name} is overloaded; extend access_table.py, which tells functions apart by name alone."
            )
        found[name] = Row(
            tuple(sorted(asked.values(), key=lambda each: (not each.error, str(each)))),
            tuple(sorted(obeyed)),
            tuple(sorted(refusals)),
            outcome,
        )
    return found


def _before(outcome: Outcome, *kinds: str) -> frozenset[Condition]:
    """Return the conditions that precede every effect of these kinds."""
    changes = [effect.conditions for effect in outcome.effects if effect.kind in kinds]
    return frozenset.intersection(*changes) if changes else frozenset()


def absent(slither: Any) -> dict[str, list[str]]:
    """Return what no contract may have, each with the places where it occurs."""
    outcomes = [flow.entry(function) for views in (False, True) for _, function, flow in entries(slither, views=views)]
    ours = [c for c in slither.contracts if c.source_mapping.filename.relative.startswith("contracts/")]
    functions = [function for contract in ours for function in contract.functions_and_modifiers_declared]
    calls = {name for outcome in outcomes for name in outcome.of("calls")}
    return {
        "payable functions": sorted(
            {each.canonical_name for c in ours for each in c.functions if each.payable}
            | {each.canonical_name for c in ours for each in c.functions if each.is_fallback or each.is_receive}
        ),
        "assembly in `contracts/`": sorted(each.canonical_name for each in functions if each.contains_assembly),
        "calls of other contracts but for a view": sorted(name for name in calls if not _is_view(name)),
        "loops without a bound": sorted(
            {loop for outcome in outcomes for loop in outcome.of("loops") if "WITHOUT A BOUND" in loop}
        ),
    }


def text(slither: Any) -> str:
    """Return docs/access.md."""
    functions = [list(lines_of(name, row)) for name, row in rows(slither).items()]
    conditions = [line for _, *lines in functions for line in lines]
    return "\n".join([HEAD, *(first for first, *_ in functions), ASKED, *conditions, *_rest(slither)]) + "\n"


def lines_of(name: str, row: Row) -> Iterator[str]:
    """Yield one function's row of the table, then its conditions."""
    cells = (_listed(row.outcome.of(kind)) for kind in ("writes", "emits", "calls"))
    yield f"| `{name}` | {row.who} | {' | '.join(cells)} |"
    yield f"\n`{name}`\n"
    yield from (f"- `{each}` ({_listed(sorted(each.weighs))})" for each in row.conditions)
    if row.obeyed:
        yield f"- so it writes only when: {_listed(row.obeyed)}"
    yield f"- also: {_listed(row.refusals)}"


def _rest(slither: Any) -> Iterator[str]:
    yield "\n## What is not there\n"
    yield from (f"- {what}: {_listed(found)}" for what, found in absent(slither).items())
    yield "\n## Loops, and what bounds them\n"
    found = (flow.entry(function) for views in (False, True) for _, function, flow in entries(slither, views=views))
    yield from (f"- `{each}`" for each in sorted({loop for outcome in found for loop in outcome.of("loops")}))


def _is_view(call: str) -> bool:
    return call.startswith("I") and " " not in call


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"
