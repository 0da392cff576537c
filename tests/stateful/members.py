"""Who the members are, changed by everyone: the governance, the council, members for themselves, and strangers."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from jamjar.model import council_rules, member_rules
from jamjar.model.state import NOBODY
from jamjar.protocol.roles import ADMINISTRATION
from tests.stateful.actors import DIGESTS, Actors

DATA = st.data()


class Members(Actors):
    def change(self, data: Any, likely: Sequence[str], function: str, action: Any, *arguments: Any) -> None:
        """Have someone change the consortium, one of the likely mostly."""
        caller = self.anyone(data, *likely)
        self.act(caller, "Consortium", function, arguments, action(self.state, self.time, caller, *arguments))

    @precondition(lambda self: self.free_accounts())
    @rule(data=DATA)
    def admit(self, data: Any) -> None:
        adviser, known = self.state.rules.adviser, sorted(self.state.rules.roles)
        free = self.free_accounts()
        number = max(self.state.members) + 1
        arguments = {
            "number": number,
            "name": f"A new adviser {number}",
            "roles": [adviser, *data.draw(st.lists(st.sampled_from(known), max_size=3), label="roles")],
            "account": free[0],
            "key": bytes(data.draw(st.sampled_from([32, 1216, 4096]), label="key length")),
        }
        broken: list[dict[str, Any]] = [
            *({"number": number} for number in (0, 2)),
            *({"name": name} for name in ("", "é" * 32 + "e", "\udcff", "Member 2")),
            *({"roles": roles} for roles in ([adviser] * 6, [adviser, DIGESTS[0]])),
            *({"account": account} for account in (NOBODY, self.system.accounts[2])),
            *({"key": bytes(length)} for length in (31, 4097)),
        ]
        arguments |= data.draw(st.sampled_from([{}] * 10 + broken), label="broken")
        self.change(data, [self.system.governance], "admit", member_rules.admit, tuple(arguments.values()))

    def some_member(self, data: Any) -> int:
        number: int = data.draw(st.sampled_from([*self.recipients, 1, 99]), label="member")
        return number

    @rule(data=DATA)
    def change_standing(self, data: Any) -> None:
        number = self.some_member(data)
        lately = [n for n, member in self.state.members.items() if member.lapses_at or not self.state.is_active(n)]
        if lately and data.draw(st.booleans(), label="suspended lately"):
            number = data.draw(st.sampled_from(lately), label="which")
        again = self.state.is_active(number) and self.state.member(number).lapses_at
        likely = self.council() if again else [self.system.governance, *self.council()]
        if again or data.draw(st.booleans(), label="suspend"):
            reason = data.draw(st.sampled_from([1, 2, 3, 4, 4, 0]), label="reason")
            self.change(data, likely, "suspend", council_rules.suspend, number, reason)
        else:
            self.wait_for(data, self.state.member(number).lapses_at)
            self.change(data, [self.system.governance, *self.council()], "reinstate", council_rules.reinstate, number)

    @rule(data=DATA)
    def change_role(self, data: Any) -> None:
        number = self.some_member(data)
        adviser, roles = self.state.rules.adviser, self.system.roles.values()
        role = data.draw(st.sampled_from([*[adviser] * 5, *roles, DIGESTS[0], ADMINISTRATION]), label="role")
        granted = role not in self.state.member(number).roles
        if data.draw(st.integers(0, 5), label="wrong") == 5:
            granted = not granted
        function, action = (
            ("grantRole", member_rules.grant_role) if granted else ("revokeRole", member_rules.revoke_role)
        )
        self.change(data, [self.system.governance], function, action, role, member_rules.seat_of(number))

    @rule(data=DATA)
    def change_account(self, data: Any) -> None:
        number = self.some_member(data)
        step = data.draw(st.sampled_from(["offer", "accept", "remove"]), label="step")
        likely, free = self.state.accounts_of(number), self.free_accounts()
        if step == "accept":
            offers = [(n, a) for n, a in self.state.offers if a in free] or [*self.state.offers, (number, "")]
            number, account = offers[-1]
            self.change(data, [account] * bool(account), "acceptAccount", member_rules.accept_account, number)
        elif step == "offer":
            account = data.draw(st.sampled_from([*free * 9, *self.system.accounts, NOBODY]), label="account")
            self.change(data, likely, "offerAccount", member_rules.offer_account, account)
        else:
            theirs = [*likely, *(account for n, account in self.state.offers if n == number)]
            account = data.draw(st.sampled_from([*theirs * 9, *self.system.accounts]), label="account")
            self.change(data, likely[:1], "removeAccount", member_rules.remove_account, account)

    @rule(data=DATA)
    def change_recovery(self, data: Any) -> None:
        number = self.some_member(data)
        step = data.draw(
            st.sampled_from(["propose", "complete", "propose", "object", "complete", "lapse"]), label="step"
        )
        if step != "propose" and self.state.recoveries:
            number = data.draw(st.sampled_from(sorted(self.state.recoveries)), label="of")
        recovery, lasts = self.state.recovery(number), self.state.rules.recovery
        if step == "propose":
            account = data.draw(st.sampled_from([*self.free_accounts() * 9, *self.system.accounts, NOBODY]))
            self.change(data, self.council(), "proposeRecovery", council_rules.propose_recovery, number, account)
        elif step == "object":
            self.change(data, self.state.accounts_of(number), "objectToRecovery", council_rules.object_to_recovery)
        elif step == "complete":
            self.wait_for(data, recovery.ready_at)
            likely = [recovery.account] * (recovery.account in self.system.accounts)
            self.change(data, likely, "completeRecovery", council_rules.complete_recovery, number)
        else:
            self.wait_for(data, recovery.ready_at and recovery.ready_at + lasts)
            self.change(data, [], "lapseRecovery", council_rules.lapse_recovery, number)

    @rule(data=DATA)
    def rename(self, data: Any) -> None:
        number = self.some_member(data)
        names = [f"Another {number}", *self.state.names, "", "é" * 33, "\udcc0\udc80"]
        name = data.draw(st.sampled_from(names), label="name")
        self.change(data, self.state.accounts_of(number), "rename", member_rules.rename, name)

    def wait_for(self, data: Any, moment: int) -> None:
        """Wait until a moment that is still to come, or to a second before, or not."""
        off = data.draw(st.sampled_from([0, 0, -1, -1, None]), label="off")
        if off is not None and moment + off > self.time:
            self.wait_until(moment + off)
