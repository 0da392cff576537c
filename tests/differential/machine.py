"""The machine of tests/stateful with more recipients, and keys that change."""

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import rule

from jamjar.model import member_rules
from jamjar.sandbox.members import ROLES
from tests.differential.full import Full
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
        likely, rule = self.state.accounts_of(number), member_rules.change_encryption_key
        self.change(data, likely, "changeEncryptionKey", rule, b"k" * length)
