"""What the machine's rules are made of: transactions sent beside the model, and what everyone may hand in."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from jamjar.hashing import keccak256
from jamjar.signing import ConsentKey
from jamjar.typed_data import Acknowledge, Commit, Grant, Message, Withdraw
from tests.stateful.papers import FLAWS, Paper, key_number, sign
from tests.stateful.record import LIVE, NOTHING, AdviceStage, Done, Outcome, Refused, State, Status
from tests.stateful.system import Receipt, System

MINUTE, DAY = 60, 24 * 60 * 60
DIGESTS = [keccak256(b"%d" % i) for i in range(2)]


@dataclass(slots=True)
class Tally:
    """What a whole run has met."""

    calls: Counter[str] = field(default_factory=Counter)
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)
    events: Counter[tuple[str, str]] = field(default_factory=Counter)
    statuses: Counter[Status] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction: the state before it, what had to come of it and what did."""

    before: State
    expected: Outcome
    receipt: Receipt


class Actors(RuleBasedStateMachine):
    """One example: a system as it was deployed, the model of it, and all that was signed."""

    system: ClassVar[System]
    start: ClassVar[State]
    tally: ClassVar[Tally]

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.snapshot = self.system.rpc.call("evm_snapshot")
        self.state = self.start
        self.time = self.system.now()
        self.keys: list[ConsentKey] = []
        self.withdrawals: dict[str, Paper] = {}  # signed when the key was made, like a panic card
        self.papers: list[Paper] = []
        self.steps: list[Step] = []
        self.withdrawn: set[str] = set()
        self.length = -1  # the check before the first step counts none

    def teardown(self) -> None:
        self.tally.lengths[self.length] += 1
        assert self.system.rpc.call("evm_revert", self.snapshot)

    def act(self, caller: str, contract: str, function: str, arguments: Any, expected: Outcome) -> None:
        data = self.system.contracts[contract].calldata(function, *arguments)
        self.send(caller, contract, function, data, expected)

    def send(self, caller: str, contract: str, what: str, data: str, expected: Outcome, value: int = 0) -> None:
        receipt = self.system.send(self.time, caller, contract, data, value)
        self.steps.append(Step(self.state, expected, receipt))
        if isinstance(expected, Done):
            self.state = expected.state
        self.tally.calls[f"{contract}.{what}"] += 1
        self.tally.events.update((contract, event.name) for event in receipt.events)
        reasons = [a for event in receipt.events for a in event.arguments if isinstance(a, Refused)]
        self.tally.refusals.update((contract, refused.name) for refused in [receipt.refused, *reasons] if refused)

    def new_key(self) -> ConsentKey:
        key = key_number(len(self.keys))
        self.keys.append(key)
        self.withdrawals[key.address] = sign(self.system, key, Withdraw(key.address))
        return key

    def some_key(self, data: Any, among: Collection[Status] = LIVE) -> ConsentKey:
        """A key at hand, one of a consent with such a status oftener; rarely a fresh one."""
        keys = [key for key in self.keys if self.state.status(key.address, self.time) in among]
        number: int = data.draw(st.integers(0, 20), label="key")
        if number == 20:
            return self.new_key()
        likely = keys if keys and number % 4 else self.keys
        return likely[-1 - number % len(likely)]

    def anyone(self, data: Any, *likely: str) -> str:
        caller: str = data.draw(st.sampled_from([*likely * 30, *self.system.accounts]), label="caller")
        return caller

    def adviser_of(self, consent: str) -> list[str]:
        recipient = self.state.consent(consent).recipient
        return [a for a, member in self.state.accounts.items() if member == recipient][:1]

    def sign(self, data: Any, key: ConsentKey, message: Message) -> Paper:
        flaw = data.draw(st.sampled_from([*[""] * 15, *FLAWS]), label="flaw")
        paper = sign(self.system, key, message, flaw)
        self.papers.append(paper)
        return paper

    def a_grant(self, data: Any) -> Paper:
        rules, now = self.state.rules, self.time
        reused = data.draw(st.integers(0, 7), label="reused") == 7
        key = self.some_key(data, among=()) if reused else self.new_key()
        start = now + data.draw(st.sampled_from([0, 0, 0, 1, MINUTE, DAY]), label="starts")
        longest = rules.longest_reconfirmation
        ends = [start + 1, start + MINUTE, start + 180 * DAY, now + rules.longest_validity]
        until = data.draw(st.sampled_from(ends), label="ends")
        fields = {
            "recipient": data.draw(st.sampled_from([2, 2, 2, 3, 3, 6]), label="recipient"),
            "valid_from": start,
            "valid_until": until,
            "reconfirm_by": min(until, now + data.draw(st.sampled_from([1, MINUTE, 40 * DAY, longest]), label="by")),
            "max_uses": data.draw(st.sampled_from([1, 2, 3, rules.most_uses])),
            "terms_digest": DIGESTS[0],
        }
        broken: list[dict[str, Any]] = [
            *({"recipient": number} for number in (0, 1, 99)),
            {"valid_from": now - 1},
            {"valid_until": start},
            {"valid_until": now + rules.longest_validity + 1},
            *({"reconfirm_by": by} for by in (now, now + 1, start, start + 1, until, until + 1, now + longest + 1)),
            {"max_uses": 0},
            {"max_uses": rules.most_uses + 1},
            {"terms_digest": NOTHING},
        ]
        fields |= data.draw(st.sampled_from([{}] * 25 + broken), label="broken")
        return self.sign(data, key, Grant(key.address, **fields))

    def a_withdrawal(self, data: Any) -> Paper:
        key = self.some_key(data, among=())
        return self.sign(data, key, Withdraw(key.address))

    def a_commitment(self, data: Any) -> Paper:
        key = self.some_key(data)
        digests = st.sampled_from([*DIGESTS * 8, NOTHING])
        wrong = data.draw(st.integers(0, 5), label="wrong head") == 5
        replaces = data.draw(digests, label="replaces") if wrong else self.state.head(key.address)
        return self.sign(data, key, Commit(key.address, data.draw(digests, label="root"), replaces))

    def an_acknowledgement(self, data: Any) -> Paper:
        key = self.some_key(data)
        advised = [a for a, stage in self.state.advice.items() if stage is AdviceStage.RECORDED]
        if advised and data.draw(st.integers(0, 5), label="known"):
            address, *digests = data.draw(st.sampled_from(advised), label="advice")
            key = next(k for k in self.keys if k.address == address)
        else:
            digests = [data.draw(st.sampled_from(DIGESTS)) for _ in range(2)]
        return self.sign(data, key, Acknowledge(key.address, *digests))

    def a_use(self, data: Any) -> tuple[str, bytes]:
        commitment = data.draw(st.sampled_from([*DIGESTS * 8, NOTHING]), label="commitment")
        return self.some_key(data).address, commitment

    def carry(self, data: Any, paper: Paper) -> None:
        caller, kind = self.anyone(data, self.system.accounts[1]), paper.kind
        expected = kind.single(self.state, self.time, caller, paper.signed)
        self.act(caller, kind.contract, kind.function, paper.arguments(), expected)
