"""Two members and a founder, on a ledger that sends nothing, for commands of people who govern."""

import json
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

from jamjar.cli.options import Locations
from jamjar.errors import Rejected
from jamjar.ledger import governed
from jamjar.ledger.governed import Governed, Right
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.model.state import DeploymentRules, LedgerState, Member, Standing
from jamjar.protocol.roles import FOUNDER, Role
from jamjar.protocol.settings import DAY
from tests.unit.cli.home import WHOLE

KEY = Account.from_key(b"\7" * 32)
STRANGER, BANK = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
ROLES, TIMES = frozenset(role.value for role in Role), {"suspension": 14 * DAY, "recovery": 14 * DAY}
RULES = DeploymentRules(ROLES, Role.ADVISER.value, 1, 1, 1, 1, Role.COUNCIL.value, **TIMES)


class Ledger:
    """Records what is sent, and refuses what it is told to."""

    deployment = WHOLE

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []
        self.refuses, self.contracts = False, set[str]()

    def attempt(self, sender: Any, *call: Any) -> None:
        if self.refuses:
            raise Rejected("NameTaken", (3,), "The name is or was another member's; choose another.")

    def send(self, sender: Any, *call: Any) -> TransactionReceipt:
        self.sent.append(call)
        return TransactionReceipt("0x1", 7, 1, ())

    def read(self, contract: str, function: str) -> int:
        return 7 * DAY

    def is_contract(self, account: str) -> bool:
        return account in self.contracts


def scene(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Have commands run in a folder with a member's keystore, and take this ledger."""
    ledger = Ledger()
    names = {2: "Town Debt Advice", 3: "Evil\x1b[2J\u202eBank"}
    members = {number: Member(Standing.ACTIVE, name) for number, name in names.items()}
    state = LedgerState(RULES, members=members, accounts={KEY.address: 2, BANK: 3})
    decided = Governed(state, 1000, rights={(STRANGER, FOUNDER): Right(STRANGER, FOUNDER, 1)})
    monkeypatch.setattr(Locations, "ledger", lambda _: ledger)
    monkeypatch.setattr(governed, "read", lambda _: decided)
    (home / "our.keystore").write_text(json.dumps(KEY.encrypt("pass", kdf="pbkdf2", iterations=2)))
    (home / "password").write_text("pass")
    (home / "some.key").write_text("0x" + "ab" * 1216)
    monkeypatch.setenv("JAMJAR_ACCOUNT", "our.keystore")
    monkeypatch.setenv("JAMJAR_PASSWORD_FILE", "password")
    return ledger
