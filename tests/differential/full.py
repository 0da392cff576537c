"""What is compared besides: every view, and the view that tells a refusal before the call."""

from dataclasses import astuple
from typing import Any

from jamjar.model.decision import Outcome, Revert
from jamjar.model.member_rules import seat_of
from jamjar.model.state import NOBODY
from jamjar.protocol.roles import ADMINISTRATION
from tests.stateful.checks import Checks

TOLD = {
    "grant": ("checkGrant", True),
    "withdraw": ("checkWithdrawal", True),
    "use": ("checkUse", True),
    "commit": ("checkCommitment", False),
    "acknowledge": ("checkAcknowledgement", False),
}
"""The view that tells what a function would refuse, and whether it asks who would call."""


class Full(Checks):
    def act(self, caller: str, contract: str, function: str, arguments: Any, expected: Outcome) -> None:
        """Call, after L19: what is refused is refused in the same words by the view that tells it, asked by anyone."""
        if function in TOLD:
            view, asks_who = TOLD[function]
            told = self.system.view(contract, view, *arguments, *([caller] if asks_who else []))
            assert told == (expected if isinstance(expected, Revert) else ()), f"L19: {view} says {told}"
        super().act(caller, contract, function, arguments, expected)

    def expected_views(self) -> dict[tuple[str, str, tuple[Any, ...]], Any]:
        expected = super().expected_views()
        expected |= self.expected_of_consents()
        if all(step.contract == "Consortium" for step in self.steps):  # no other contract can change it; time can
            for number in (*self.state.members, 0, 99):
                expected |= self.expected_of_member(number)
            expected |= self.expected_of_names_and_offers()
        return expected

    def expected_of_consents(self) -> dict[tuple[str, str, tuple[Any, ...]], Any]:
        """L12, L15: `areLive` of all in both orders is `isLive` of each; a key that nobody has is never touched."""
        s, addresses = self.state, [key.address for key in self.keys]
        asked = [*addresses, NOBODY, *reversed(addresses)][: s.rules.most_items]
        expected: dict[tuple[str, str, tuple[Any, ...]], Any] = {
            ("ConsentRegistry", "areLive", (tuple(asked),)): tuple(s.is_live(c, self.time) for c in asked),
            ("ConsentRegistry", "getConsent", (NOBODY,)): astuple(s.consent(NOBODY)),
            ("CommitmentRegistry", "headOf", (NOBODY,)): s.head(NOBODY),
        }
        for c in addresses[-2:]:
            for account in self.system.accounts:
                expected["ConsentRegistry", "isRecipient", (c, account)] = s.is_recipient(c, account)
        return expected

    def expected_of_member(self, number: int) -> dict[tuple[str, str, tuple[Any, ...]], Any]:
        member, active = self.state.member(number), self.state.is_active(number)
        expected: dict[tuple[str, str, tuple[Any, ...]], Any] = {
            ("Consortium", "getMember", (number,)): (
                member.standing,
                member.lapses_at,
                member.key_digest,
                member.name,
            ),
            ("Consortium", "isActive", (number,)): active,
        }
        for role in self.state.rules.roles:
            expected["Consortium", "hasRole", (role, seat_of(number))] = role in member.roles
            expected["Consortium", "isActiveAs", (number, role)] = active and role in member.roles
        return expected

    def expected_of_names_and_offers(self) -> dict[tuple[str, str, tuple[Any, ...]], Any]:
        """M6: whose each name is, who offers which account, and that the governance alone administers."""
        s = self.state
        expected: dict[tuple[str, str, tuple[Any, ...]], Any] = {
            ("Consortium", "governance", ()): self.system.governance,
            ("Consortium", "delays", ()): (s.rules.suspension, s.rules.recovery),
            ("Consortium", "memberNamed", (b"Nobody's",)): 0,
        }
        expected |= {("Consortium", "memberNamed", (name.encode(),)): number for name, number in s.names.items()}
        for account in (*self.system.accounts, self.system.governance):
            is_governance = account == self.system.governance
            expected["Consortium", "hasRole", (ADMINISTRATION, account)] = is_governance
            for number in (1, 2, 3):
                expected["Consortium", "isOffered", (number, account)] = (number, account) in s.offers
        return expected
