"""What the wallet's vault made before holds of money: plans, bank transactions, rules, and how it was spent.

Given the vault                         plans, transactions, rules and spending are known
When a bank file is imported again      nothing in it is new
"""

from datetime import date
from pathlib import Path

import pytest

from jamjar.bank.rules import Rules
from jamjar.wallet.jars import Jars
from jamjar.wallet.wallet import Wallet
from tests.formats.known import KNOWN

THERE = KNOWN["wallet"]
BANK_FILES = Path(__file__).parents[1] / "unit" / "bank" / "files"


@pytest.fixture
def jars(wallet: Wallet) -> Jars:
    return Jars(wallet.vault)


def test_plans(jars: Jars) -> None:
    assert THERE["plans"] == [
        {"start": each.period.start.isoformat(), "end": each.period.end.isoformat(),
         "lines": {line.code: line.pence for line in each.lines},
         "debts": [[debt.kind, debt.creditor, debt.owed, debt.offer] for debt in each.debts],
         "income": each.income, "outgoings": each.outgoings, "balance": each.balance}
        for each in (plan.budget for plan in jars.plans())
    ]  # fmt: skip


def test_transactions(jars: Jars) -> None:
    assert THERE["transactions"] == [
        {"key": each.key, "day": each.day.isoformat(), "pence": each.pence, "payee": each.payee, "note": each.note,
         "status": each.status, "transfer": each.transfer} for each in jars.transactions()
    ]  # fmt: skip


def test_rules(jars: Jars, files: Path) -> None:
    rules = jars.rules()
    assert [[each.text, each.code, each.whole] for each in rules.rules] == THERE["rules"]
    assert [[each.key, each.code] for each in rules.corrections] == THERE["corrections"]
    assert rules == Rules.from_json((files / "rules.json").read_text())
    assert [[each.payee, each.count, each.pence] for each in jars.without_jar()] == THERE["without_jar"]


def test_spending(jars: Jars) -> None:
    spending = jars.spending(date.fromisoformat(THERE["plans"][0]["start"]))
    assert THERE["spending"] == {
        "planned": spending.planned, "spent": spending.spent, "received": spending.received,
        "jars": {jar.code: [jar.planned, jar.spent] for jar in spending.jars},
    }  # fmt: skip


@pytest.mark.parametrize("name", THERE["imported"])
def test_a_bank_file_again(jars: Jars, name: str) -> None:
    with (BANK_FILES / name).open("rb") as file:
        assert jars.read(file, "mine").new == 0
    assert len(jars.transactions()) == len(THERE["transactions"])
