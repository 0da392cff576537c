"""Everyone who touches the contracts, doing what they may and what they may not."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from jamjar.typed_data import Grant, Pause, Reconfirm, Resume
from tests.stateful import members, model
from tests.stateful.actors import DAY, DIGESTS, MINUTE
from tests.stateful.checks import Checks
from tests.stateful.papers import sign, signed
from tests.stateful.record import NOBODY, OPEN, Done, Refused, Stage

DATA = st.data()


class Machine(Checks):
    # ------------------------------------------------------------------ claimants and carriers

    @initialize(uses=st.integers(1, 3), days=st.sampled_from([1, 40, 90]))
    def begin_with_a_live_consent(self, uses: int, days: int) -> None:
        for recipient in (2, 3):
            key, now = self.new_key(), self.time
            message = Grant(key.address, recipient, now, now + 180 * DAY, now + days * DAY, uses, DIGESTS[0])
            paper = sign(self.system, key, message)
            expected = model.grant(self.state, now, self.system.accounts[1], paper.signed)
            assert isinstance(expected, Done)
            self.act(self.system.accounts[1], "ConsentRegistry", "grant", paper.arguments(), expected)

    @rule(data=DATA)
    def grant(self, data: Any) -> None:
        self.carry(data, self.a_grant(data))

    @rule(data=DATA)
    def pause_or_resume(self, data: Any) -> None:
        key = self.some_key(data, among=OPEN)
        consent = self.state.consent(key.address)
        paused = consent.stage is Stage.PAUSED
        wrong = data.draw(st.integers(0, 2), label="wrong") == 2
        message = Pause if paused == wrong else Resume
        self.carry(data, self.sign(data, key, message(key.address, self.a_sequence(data, consent.sequence))))

    @rule(data=DATA)
    def reconfirm(self, data: Any) -> None:
        key, longest = self.some_key(data, among=OPEN), self.state.rules.longest_reconfirmation
        sequence = self.a_sequence(data, self.state.consent(key.address).sequence)
        later = data.draw(st.sampled_from([0, 1, MINUTE, 40 * DAY, longest, longest, longest + 1]))
        self.carry(data, self.sign(data, key, Reconfirm(key.address, sequence, self.time + later)))

    def a_sequence(self, data: Any, right: int) -> int:
        off: int = data.draw(st.sampled_from([0] * 6 + [-1, 1]), label="sequence off by")
        return max(0, right + off)

    @rule(data=DATA, kept=st.booleans())
    def withdraw(self, data: Any, kept: bool) -> None:
        card = self.withdrawals[self.some_key(data, among=()).address] if kept else self.a_withdrawal(data)
        self.carry(data, card)

    @rule(data=DATA)
    def commit(self, data: Any) -> None:
        self.carry(data, self.a_commitment(data))

    @precondition(lambda self: self.state.advice)
    @rule(data=DATA)
    def acknowledge(self, data: Any) -> None:
        self.carry(data, self.an_acknowledgement(data))

    @rule(data=DATA)
    def replay(self, data: Any) -> None:
        """Carry again, or at last, something that was signed at any time before."""
        if self.papers:
            self.carry(data, data.draw(st.sampled_from(self.papers), label="paper"))

    @rule(data=DATA, size=st.sampled_from([1, 2, 3, 4, 5, 0]))
    def batch_of_papers(self, data: Any, size: int) -> None:
        one = data.draw(st.sampled_from([self.a_grant, self.a_withdrawal, self.a_commitment, self.an_acknowledgement]))
        papers = [one(data) for _ in range(max(size, 1))]
        papers += data.draw(st.lists(st.sampled_from(papers), max_size=1), label="twice")
        kind, papers = papers[0].kind, papers if size else []
        if size == 5 and data.draw(st.booleans(), label="too many"):
            papers = papers[:1] * (self.state.rules.most_items + 1)
        assert kind.many is not None
        caller = self.anyone(data, self.system.accounts[1])
        expected = kind.many(self.state, self.time, caller, signed(papers))
        arguments = ([paper.item() for paper in papers],)
        self.act(caller, kind.contract, f"{kind.function}Batch", arguments, expected)

    # ------------------------------------------------------------------ recipients

    @rule(data=DATA)
    def release(self, data: Any) -> None:
        consent = self.some_key(data, among=()).address
        caller = self.anyone(data, *self.adviser_of(consent))
        expected = model.release(self.state, self.time, caller, consent)
        self.act(caller, "ConsentRegistry", "release", (consent,), expected)

    @rule(data=DATA)
    def use(self, data: Any) -> None:
        item = self.a_use(data)
        caller = self.anyone(data, *self.adviser_of(item[0]))
        self.act(caller, "ConsentRegistry", "use", (item,), model.use(self.state, self.time, caller, item))

    @rule(data=DATA, size=st.sampled_from([1, 2, 3, 4, 0]))
    def batch_of_uses(self, data: Any, size: int) -> None:
        items = [self.a_use(data) for _ in range(size)]
        caller = self.anyone(data, *(self.adviser_of(items[0][0]) if items else ()))
        expected = model.use_batch(self.state, self.time, caller, items)
        self.act(caller, "ConsentRegistry", "useBatch", (items,), expected)

    @rule(data=DATA)
    def record_advice(self, data: Any) -> None:
        consent, commitment = self.a_use(data)
        item = (consent, commitment, self.a_use(data)[1])
        caller = self.anyone(data, *self.adviser_of(consent))
        self.act(caller, "AdviceLog", "record", (item,), model.record(self.state, self.time, caller, item))

    # ------------------------------------------------------------------ administrator

    def administer(self, data: Any, function: str, action: Any, *arguments: Any) -> None:
        caller = self.anyone(data, self.system.accounts[0])
        self.act(caller, "Consortium", function, arguments, action(self.state, self.time, caller, *arguments))

    @rule(data=DATA)
    def admit(self, data: Any) -> None:
        adviser, known = self.state.rules.adviser, sorted(self.state.rules.roles)
        free = [a for a in self.system.accounts[5:9] if not self.state.member_of(a)]
        arguments = {
            "number": max(self.state.members) + 1,
            "name": data.draw(st.sampled_from(["A new adviser", "é" * 32]), label="name"),
            "roles": [adviser, *data.draw(st.lists(st.sampled_from(known), max_size=3), label="roles")],
            "account": free[0] if free else NOBODY,
            "key": bytes(data.draw(st.sampled_from([32, 1216, 4096]), label="key length")),
        }
        broken: list[dict[str, Any]] = [
            *({"number": number} for number in (0, 2)),
            *({"name": name} for name in ("", "é" * 32 + "e")),
            *({"roles": roles} for roles in ([adviser] * 5, [adviser, DIGESTS[0]])),
            *({"account": account} for account in (NOBODY, self.system.accounts[2])),
            *({"key": bytes(length)} for length in (31, 4097)),
        ]
        arguments |= data.draw(st.sampled_from([{}] * 10 + (broken if free else [])), label="broken")
        self.administer(data, "admit", members.admit, *arguments.values())

    @rule(data=DATA, number=st.sampled_from([2, 3, 1, 6, 99]))
    def change_member(self, data: Any, number: int) -> None:
        change = data.draw(st.sampled_from(["standing", "role", "account"]), label="change")
        getattr(self, f"change_{change}")(data, number)

    def change_standing(self, data: Any, number: int) -> None:
        active = self.state.is_active(number)
        if data.draw(st.integers(0, 5), label="wrong") == 5:
            active = not active
        function, action = ("suspend", members.suspend) if active else ("reinstate", members.reinstate)
        self.administer(data, function, action, number)

    def change_role(self, data: Any, number: int) -> None:
        adviser, roles = self.state.rules.adviser, self.system.roles.values()
        role = data.draw(st.sampled_from([*[adviser] * 5, *roles, DIGESTS[0]]), label="role")
        granted = role not in self.state.member(number).roles
        if data.draw(st.integers(0, 5), label="wrong") == 5:
            granted = not granted
        function, action = ("grantRole", members.grant_role) if granted else ("revokeRole", members.revoke_role)
        caller = self.anyone(data, self.system.accounts[0])
        expected = action(self.state, self.time, caller, role, number)
        self.act(caller, "Consortium", function, (role, members.seat_of(number)), expected)

    def change_account(self, data: Any, number: int) -> None:
        account = data.draw(st.sampled_from(self.system.accounts[1:]), label="account")
        taken = self.state.member_of(account) != 0
        if data.draw(st.integers(0, 5), label="wrong") == 5:
            taken = not taken
        function, action = ("removeAccount", members.remove_account) if taken else ("addAccount", members.add_account)
        self.administer(data, function, action, number, account)

    # ------------------------------------------------------------------ time, and ether

    @rule(seconds=st.sampled_from([1, 2, MINUTE, MINUTE, DAY, DAY, 30 * DAY, 90 * DAY]))
    def time_passes(self, seconds: int) -> None:
        self.wait_until(self.time + seconds)

    @rule(data=DATA, off=st.sampled_from([0, 0, 1, -1]))
    def time_comes_to_a_boundary(self, data: Any, off: int) -> None:
        consents = self.state.consents.values()
        moments = {t + off for c in consents for t in (c.valid_from, c.valid_until, c.reconfirm_by)}
        if ahead := sorted(moment for moment in moments if moment > self.time):
            self.wait_until(data.draw(st.sampled_from(ahead), label="moment"))

    def wait_until(self, time: int) -> None:
        self.system.wait_until(time)
        self.time = time

    @rule(data=DATA, value=st.sampled_from([1, 10**18]))
    def send_ether(self, data: Any, value: int) -> None:
        contract = data.draw(st.sampled_from(sorted(self.system.contracts)))
        selectors = [selector for selector, _ in self.system.contracts[contract].functions.values()]
        call = data.draw(st.sampled_from([b"", *selectors]), label="function") + bytes(128)
        caller = self.anyone(data)
        self.send(caller, contract, "(ether)", "0x" + call.hex(), Refused(), value)
