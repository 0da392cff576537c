"""The contracts against the model, in random order: P2 consented, P3 withdrawable, P4 free.

JAMJAR_EXAMPLES (at least 100 for the coverage to be demanded) and JAMJAR_SEED make it another run.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful import members
from tests.stateful.actors import Tally
from tests.stateful.machine import Machine
from tests.stateful.node import anvil
from tests.stateful.record import Done, State, Status
from tests.stateful.system import System

EXAMPLES = int(os.environ.get("JAMJAR_EXAMPLES", "100"))
SEED = int(os.environ.get("JAMJAR_SEED", "2026"))
STEPS = 30
CONSENT_CONTRACTS = ("ConsentRegistry", "CommitmentRegistry", "AdviceLog")
MEMBERS = {1: ["OPERATOR"], 2: ["ADVISER"], 3: ["ADVISER"], 4: ["SPONSOR"], 5: ["AUDITOR"]}

NEVER = {
    "DeploymentInvalid": "only a constructor refuses with it",
    "InvalidShortString": "OpenZeppelin's EIP712, of a domain name too long for one word: ours is fixed",
    "StringTooLong": "OpenZeppelin's EIP712, as above",
    "FailedCall": "OpenZeppelin's Address, of a call that fails without a reason: ours always give one",
    "EIP712DomainChanged": "ERC-5267, of a domain that changes: ours is fixed",
}


@pytest.fixture(scope="module")
def deployed() -> Iterator[System]:
    with anvil() as rpc:
        yield System(rpc)


@pytest.fixture(scope="module")
def start(deployed: System) -> State:
    """Five members, on the chain and in the model: accounts[n] acts for member n."""
    state, administrator = State(deployed.rules), deployed.accounts[0]
    for number, roles in MEMBERS.items():
        ids = [deployed.roles[role] for role in roles]
        arguments = (number, f"Member {number}", ids, deployed.accounts[number], bytes(1216))
        time = deployed.now() + 1
        expected = members.admit(state, time, administrator, *arguments)
        data = deployed.contracts["Consortium"].calldata("admit", *arguments)
        receipt = deployed.send(time, administrator, "Consortium", data)
        assert isinstance(expected, Done)
        assert receipt.events == expected.events
        state = expected.state
    return state


def test_p4_no_function_takes_ether(deployed: System) -> None:
    for contract in deployed.contracts.values():
        kinds = {item["type"] for item in contract.abi}
        assert kinds == {"constructor", "function", "event", "error"}, "no receive, no fallback"
        assert all(item.get("stateMutability") != "payable" for item in contract.abi)


def test_contracts_keep_their_promises(deployed: System, start: State, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    machine = type("Machine", (Machine,), {"system": deployed, "start": start, "tally": tally})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        seed(SEED)(machine),
        settings=settings(
            max_examples=EXAMPLES * 6 // 5,  # some end early, those are not counted
            stateful_step_count=STEPS + 1,  # the first is how it begins
            deadline=None,
            database=None,
            print_blob=True,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=HealthCheck.all(),
        ),
    )
    shorter = tally.lengths.total() - tally.lengths[STEPS]
    with capsys.disabled():
        print(f"\n{tally.lengths[STEPS]} examples of {STEPS} steps and {shorter} shorter, seed {SEED}")
        print(table(tally))
    if EXAMPLES >= 100:
        assert tally.lengths[STEPS] >= EXAMPLES
        assert missing(deployed, tally) == []


def missing(system: System, tally: Tally) -> list[str]:
    """Return what the run has not met although it should: then it proves less than it claims."""
    found = {*tally.refusals, *tally.events}
    declared = [
        (name, item["name"])
        for name in CONSENT_CONTRACTS
        for item in system.contracts[name].abi
        if item["type"] in ("error", "event") and item["name"] not in NEVER
    ]
    unseen = [f"{name}.{item}" for name, item in declared if (name, item) not in found]
    return unseen + [status.name for status in Status if not tally.statuses[status]]


def table(tally: Tally) -> str:
    def lines(title: str, counts: dict[str, int]) -> list[str]:
        return [f"{title}: {sum(counts.values()):,}", *(f"  {n:>8,}  {what}" for what, n in sorted(counts.items()))]

    refusals = {f"{contract}.{name or '(ether, no reason)'}": n for (contract, name), n in tally.refusals.items()}
    events = {".".join(key): n for key, n in tally.events.items()}
    statuses = {status.name: n for status, n in tally.statuses.items()}
    return "\n".join(
        lines("calls", tally.calls)
        + lines("refused, alone or in a batch", refusals)
        + lines("events", events)
        + lines("statuses compared", statuses)
    )
