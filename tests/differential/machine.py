"""The machine of tests/stateful with more recipients, keys that change, and an administration that is handed over."""

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import rule

from jamjar.model import hand_over_rules, member_rules
from jamjar.model.state import ADMINISTRATION, NOBODY
from sandbox.members import ROLES
from tests.differential.full import Full
from tests.stateful.actors import DAY
from tests.stateful.machine import DATA, Machine

MEMBERS = {
    **ROLES,
    18: ["ADVISER"],  # what is looked up of recipients is kept by their last four bits: here as of member 2
    34: ["ADVISER"],
}


class Differential(Full, Machine):
    recipients: ClassVar = (2, 2, 2, 18, 18, 3, 34, 6)

    @rule(data=DATA, length=st.sampled_from([32, 4096, 31, 4097]))
    def change_encryption_key(self, data: Any, length: int) -> None:
        number = data.draw(st.sampled_from([2, 3, 99]), label="member")
        self.administer(data, "changeEncryptionKey", member_rules.change_encryption_key, number, b"k" * length)

    @rule(data=DATA)
    def hand_over(self, data: Any) -> None:
        a, accounts = self.state.administration, self.system.accounts
        step = data.draw(st.sampled_from(["end", "wait", "end", "begin", "cancel", "renounce"]), label="step")
        if step == "renounce":
            self.renounce(data)
        elif step == "begin" or not a.next_after:
            successor = data.draw(st.sampled_from([*accounts, *[NOBODY] * 4]), label="successor")
            self.administer(data, "beginDefaultAdminTransfer", hand_over_rules.begin, successor)
        elif step == "wait" and a.next_after > self.time:
            self.wait_until(a.next_after + data.draw(st.sampled_from([1, 1, 0]), label="off"))
        elif step == "cancel":
            self.administer(data, "cancelDefaultAdminTransfer", hand_over_rules.cancel)
        elif a.next_holder == NOBODY:
            self.renounce(data)
        else:
            caller = self.anyone(data, a.next_holder)
            expected = hand_over_rules.accept(self.state, self.time, caller)
            self.act(caller, "Consortium", "acceptDefaultAdminTransfer", (), expected)

    def renounce(self, data: Any) -> None:
        account = data.draw(st.sampled_from([*self.administrator() * 9, *self.system.accounts]), label="account")
        caller = data.draw(st.sampled_from([account, account, self.system.accounts[1]]), label="caller")
        expected = hand_over_rules.renounce(self.state, self.time, caller, account)
        self.act(caller, "Consortium", "renounceRole", (ADMINISTRATION, account), expected)

    @rule(data=DATA, delay=st.sampled_from([0, DAY, 3 * DAY, 4 * DAY, 6 * DAY, None]))
    def change_delay(self, data: Any, delay: int | None) -> None:
        a = self.state.administration
        if a.next_delay_after >= self.time and data.draw(st.booleans(), label="wait"):
            self.wait_until(a.next_delay_after + data.draw(st.sampled_from([0, 1]), label="off"))
        elif delay is None:
            self.administer(data, "rollbackDefaultAdminDelay", hand_over_rules.roll_back_delay)
        else:
            self.administer(data, "changeDefaultAdminDelay", hand_over_rules.change_delay, delay)
