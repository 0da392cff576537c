"""The claimant's bookkeeping: plans, transactions and rules, which are stored only in the vault.

Nothing here uses a ledger or a node, so nothing of it can get there: overspending only changes a bar in a picture.
"""

import secrets
from datetime import date
from typing import BinaryIO, Final

from jamjar.bank.book import Counts, merge
from jamjar.bank.reader import read
from jamjar.bank.rules import Rules, Unassigned, unassigned
from jamjar.bank.spending import Spending, spending
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput
from jamjar.plan.budget import Budget
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault

TRANSACTION, RULES, PLAN, FILE_SECRET = "transaction", "rules", "plan", "file-secret"
"""Kinds of records in the vault: transactions by their key, plans by the first day of their period."""
_CURRENT: Final = "current"


class Jars:
    """One claimant's jars, in one vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    # ------------------------------------------------------------------ plans

    def plan(self, budget: Budget) -> None:
        """Store a budget as the plan for its period, replacing an earlier one."""
        with self._vault.writing() as transaction:
            transaction.put(PLAN, budget.period.start.isoformat(), budget.to_json().encode())

    def plans(self) -> tuple[Budget, ...]:
        """Return the plans, by their periods."""
        with self._vault.reading() as transaction:
            found = [Budget.from_json(value.decode()) for _, value in transaction.all(PLAN)]
        return tuple(sorted(found, key=lambda budget: budget.period.start))

    def plan_of(self, day: date) -> Budget:
        """Return the plan for the period that a day is in; raises InvalidInput when there is none."""
        for budget in self.plans():
            if budget.period.start <= day <= budget.period.end:
                return budget
        raise InvalidInput(f"There is no plan for {day}; store one with jamjar wallet plan.")

    # ------------------------------------------------------------------ transactions

    def read(self, file: BinaryIO, account: str = "") -> Counts:
        """Import a bank's file, whole or not at all; importing it again changes nothing.

        account  the claimant's own name for the account, if the file does not identify it
        """
        with self._vault.writing() as transaction:
            key = transaction.get(FILE_SECRET, _CURRENT) or secrets.token_bytes(32)
            transaction.add(FILE_SECRET, _CURRENT, key)
            held = _transactions(transaction)
            merged = merge(held, read(file, key, account))
            for gone in merged.remove:
                transaction.delete(TRANSACTION, gone)
            known = {each.key for each in held}
            for each in merged.put:
                if each.key in known:
                    transaction.put(TRANSACTION, each.key, each.to_json())
            transaction.add_all(
                TRANSACTION, ((each.key, each.to_json()) for each in merged.put if each.key not in known)
            )
        return merged.counts

    def transactions(self) -> tuple[Transaction, ...]:
        """Return all transactions, by day."""
        with self._vault.reading() as transaction:
            return tuple(sorted(_transactions(transaction), key=lambda each: (each.day, each.key)))

    # ------------------------------------------------------------------ rules

    def rules(self) -> Rules:
        """Return the claimant's rules, none at first."""
        with self._vault.reading() as transaction:
            text = transaction.get(RULES, _CURRENT)
        return Rules.from_json(text.decode()) if text else Rules()

    def follow(self, rules: Rules) -> None:
        """Store these rules, replacing the earlier ones."""
        with self._vault.writing() as transaction:
            transaction.put(RULES, _CURRENT, rules.to_json().encode())

    def without_jar(self) -> tuple[Unassigned, ...]:
        """Return the payees that no rule assigns to a jar, the largest sum first."""
        return unassigned(self.transactions(), self.rules())

    def spending(self, day: date) -> Spending:
        """Return planned and actual spending in the period of a day."""
        return spending(self.plan_of(day), self.transactions(), self.rules())


def _transactions(transaction: VaultTransaction) -> list[Transaction]:
    return [Transaction.from_json(value) for _, value in transaction.all(TRANSACTION)]
