"""Who may change what, read from the contracts' code: the text of docs/access.md.

Every function that can write has a row, inherited ones too: who may call it (`WHO`, by the conditions on the caller or
on a signature that precede every change), what it can write, emit and call. The conditions follow, word for word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from assurance.access.data_flow import Flow
from assurance.access.data_flow_values import AUTHORITY, Condition, Outcome
from jamjar.protocol.deployment import CONTRACTS

WHO: Final = (
    ("founder", "AccessControlUnauthorizedAccount", {"msg.sender", "_roles", "PROPOSER_ROLE"}),
    ("active member", "AccessControlUnauthorizedAccount",
     {"msg.sender", "CANCELLER_ROLE", "IConsortium.memberOf", "IConsortium.isActive"}),
    ("governance", "AccessControlUnauthorizedAccount", {"msg.sender", "_roles", "DEFAULT_ADMIN_ROLE"}),
    ("governance", "AccessControlUnauthorizedAccount", {"msg.sender", "_roles", "role"}),
    ("governance", "", {"msg.sender", "GOVERNANCE"}),
    ("governance, or anyone once it lapsed", "SuspensionNotLapsed",
     {"msg.sender", "GOVERNANCE", "_members", "block.timestamp"}),
    ("council", "NotOfTheCouncil", {"msg.sender", "_memberOf", "_members", "_roles", "COUNCIL"}),
    ("member, for itself", "NotAMember", {"msg.sender", "_memberOf"}),
    ("account offered", "AccountNotOffered", {"msg.sender", "_offered"}),
    ("account proposed", "RecoveryUnknown", {"msg.sender", "_recoveries", "member"}),
    ("the holder", "AccessControlBadConfirmation", {"msg.sender", "callerConfirmation"}),
    ("active member", "CarrierNotActiveMember", {"msg.sender", "IConsortium.memberOf", "IConsortium.isActive"}),
    ("recipient", "NotTheRecipient", {"msg.sender", "IConsortium.memberOf", "_consents"}),
    ("recipient", "NotTheRecipient", {"msg.sender", "IConsentRegistry.isRecipient"}),
    ("active adviser", "ConsentNotLive", {"msg.sender", "IConsortium.memberOf", "IConsortium.isActiveAs", "ADVISER"}),
    ("signed by consent", "NotSignedByConsent", {"ECDSA.tryRecover", "EIP712._hashTypedDataV4"}),
)  # fmt: skip
"""Who may call, the error that refuses everyone else (none for an `if`), and what the condition must depend on."""

HEAD = """# Who may change what

Read from the contracts' code, not run; `make access WRITE=1` writes it, a test checks it.
What a caller of each kind gets when it calls is in `tests/contracts/access_table.json`.

A call changes nothing unless everything under *who* is so; of what is signed by the consent, anyone may be the carrier.
What is asked for in some cases alone is listed as if it always were: a withdrawal asks for an active \
member only of a key that was never granted.

| function | who | writes | emits | calls |
|---|---|---|---|---|"""
ASKED = """
## What is asked

Word for word, in brackets what that weighs; then what must come of it, and what other errors there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One function that can write: conditions on caller and signature, its other errors, and its effects.

    ways  the conditions of each change, where they differ from change to change
    """

    conditions: tuple[Condition, ...]
    ways: tuple[frozenset[Condition], ...]
    obeyed: tuple[str, ...]
    refusals: tuple[str, ...]
    outcome: Outcome

    @property
    def who(self) -> str:
        """Return who may call it: everyone named must apply at once, or one of several ways."""
        always = _named(self.conditions)
        ways = {" and ".join(_named(way)) for way in self.ways}
        return " and ".join(always) or ("" if "" in ways else " or ".join(sorted(ways))) or "**anyone**"


def _named(conditions: Iterable[Condition]) -> list[str]:
    """Return who of WHO the conditions ask for."""

    def asks(error: str, weighed: set[str]) -> bool:
        return any(each.error == error and each.weighs >= weighed and (error or each.truth) for each in conditions)

    return list(dict.fromkeys(who for who, error, weighed in WHO if asks(error, weighed)))


def _asked(conditions: Iterable[Condition]) -> list[Condition]:
    """Return the conditions on caller and signer."""
    return [each for each in conditions if each.weighs & AUTHORITY]


def entries(slither: Any, *, views: bool) -> Iterator[tuple[str, Any, Flow]]:
    """Yield the functions of the contracts that can be called from outside: those that write, or the views."""
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
        for each in _asked(before):
            known = asked.get(str(each), each)
            asked[str(each)] = replace(each, weighs=each.weighs | known.weighs)
        refusals = set(outcome.of("refuses")) - {each.error for each in asked.values()}
        if name in found:
            raise SystemExit(
                f"{name} is overloaded; extend access_table.py, which tells functions apart by name alone."
            )
        found[name] = Row(
            tuple(sorted(asked.values(), key=lambda each: (not each.error, str(each)))),
            tuple({effect.conditions for effect in outcome.effects if effect.kind in ("writes", "emits")}),
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
    if not _named(row.conditions):
        for way in sorted(", ".join(f"`{each}`" for each in sorted(map(str, _asked(way)))) for way in row.ways):
            yield from ([f"- one way: {way}"] if way else [])
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
