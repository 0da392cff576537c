"""What the machine's rules are made of: what everyone may hand in."""

from collections.abc import Collection
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from jamjar.crypto.hashing import keccak256
from jamjar.model.state import LIVE, NOTHING, AdviceStage, Status
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Withdraw
from tests.stateful.checks import Checks
from tests.stateful.papers import FLAWS, Paper, sign

MINUTE, DAY = 60, 24 * 60 * 60
DIGESTS = [keccak256(b"%d" % i) for i in range(2)]


class Actors(Checks, RuleBasedStateMachine):
    """What everyone draws from."""

    recipients: ClassVar = (2, 2, 2, 3, 3, 6)
    """Members that are advisers or may become one, the usual ones oftener."""

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

    def free_accounts(self) -> list[str]:
        return [account for account in self.system.accounts[1:-1] if not self.state.member_of(account)]

    def council(self) -> list[str]:
        return [account for account in self.state.accounts if self.state.is_council(account)]

    def adviser_of(self, consent: str) -> list[str]:
        recipient = self.state.consent(consent).recipient
        return self.state.accounts_of(recipient)[:1]

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
            "recipient": data.draw(st.sampled_from(self.recipients), label="recipient"),
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
