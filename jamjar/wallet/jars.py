"""The claimant's bookkeeping: plans, transactions and rules, which are stored only in the vault.

Nothing here uses a ledger or a node, so nothing of it can get there: overspending only changes a bar in a picture.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import BinaryIO, Final

from jamjar.bank.balance import RunningBalance, balance
from jamjar.bank.book import Counts
from jamjar.bank.month import Month, month
from jamjar.bank.outlook import Outlook, outlook
from jamjar.bank.rules import Rules, Unassigned, unassigned
from jamjar.bank.spending import Spending
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput
from jamjar.plan.payday import next_payday, payday
from jamjar.plan.plan import Plan
from jamjar.vault.vault import Vault
from jamjar.wallet.bank_holidays import bank_holidays
from jamjar.wallet.imports import Given, How, Imports, NotImported, transactions
from jamjar.wallet.plan_draft import PlanDraft
from jamjar.wallet.undoing import ImportLog, TakenBack

RULES, PLAN, HIDDEN = "rules", "plan", "hidden"
"""Kinds of records in the vault: plans by the first day of their period, what is hidden by the transaction's key."""
_CURRENT: Final = "current"
_BEFORE: Final = "before"


class Jars:
    """One claimant's jars, in one vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @property
    def vault(self) -> Vault:
        """The vault that holds them."""
        return self._vault

    # ------------------------------------------------------------------ plans

    def plan(self, plan: Plan) -> None:
        """Store a plan for its period, replacing an earlier one that starts on the same day."""
        with self._vault.writing() as transaction:
            transaction.put(PLAN, plan.period.start.isoformat(), plan.to_json().encode())

    def plans(self) -> tuple[Plan, ...]:
        """Return the plans, by their periods."""
        with self._vault.reading() as transaction:
            found = [Plan.from_json(value.decode()) for _, value in transaction.all(PLAN)]
        return tuple(sorted(found, key=lambda plan: plan.period.start))

    def draft(self) -> PlanDraft:
        """Return the answers of a plan that was begun."""
        return PlanDraft(self._vault)

    def plan_of(self, day: date) -> Plan:
        """Return the plan for the period that a day is in, of several the one that starts last.

        Raises InvalidInput when there is none.
        """
        for plan in reversed(self.plans()):
            if plan.period.start <= day <= plan.period.end:
                return plan
        raise InvalidInput(f"There is no plan for {day}; store one with jamjar wallet plan.")

    def plan_within(self, start: date, end: date) -> Plan:
        """Return the newest plan that lies within these days; raises InvalidInput when none does."""
        for plan in reversed(self.plans()):
            if start <= plan.period.start and plan.period.end <= end:
                return plan
        raise InvalidInput(f"There is no plan within {start} to {end}; store one with jamjar wallet plan.")

    # ------------------------------------------------------------------ transactions

    def read(self, file: BinaryIO, account: str = "") -> Counts:
        """Import a bank's file, whole or not at all; importing it again changes nothing.

        account  the claimant's own name for the account, if the file does not identify it

        Raises InvalidInput when it is refused.
        """
        (found,) = Imports(self._vault).take([Given("The file", lambda: file)], How(account))
        if isinstance(found, NotImported):
            raise InvalidInput(found.reason.removeprefix("was not imported. "))
        return found.counts

    def transactions(self, *, hidden: bool = False) -> tuple[Transaction, ...]:
        """Return all transactions by day, without those that the claimant hid; or only the `hidden` ones."""
        with self._vault.reading() as transaction:
            names = {name for name, _ in transaction.all(HIDDEN)}
            found = [each for each in transactions(transaction) if (each.key in names) == hidden]
        return tuple(sorted(found, key=lambda each: (each.day, each.key)))

    def hide(self, transaction: Transaction, *, back: bool = False) -> None:
        """Take a transaction out of everything that is shown and counted, or put it `back`; no import does that."""
        with self._vault.writing() as writing:
            if back:
                writing.delete(HIDDEN, transaction.key)
            else:
                writing.put(HIDDEN, transaction.key, b"")

    def last_import(self) -> tuple[str, tuple[str, ...]]:
        """Return the number of the last import and its files; "" and none when there is none to take back."""
        with self._vault.reading() as transaction:
            return ImportLog(transaction).last

    def undo(self) -> TakenBack:
        """Take back the last import as a whole; raises InvalidInput when there is none."""
        with self._vault.writing() as transaction:
            return ImportLog(transaction).take_back()

    # ------------------------------------------------------------------ rules

    def rules(self) -> Rules:
        """Return the claimant's rules, none at first."""
        with self._vault.reading() as transaction:
            text = transaction.get(RULES, _CURRENT)
        return Rules.from_json(text.decode()) if text else Rules()

    def follow(self, rules: Rules) -> None:
        """Store these rules, replacing the earlier ones, which `follow_before` brings back."""
        with self._vault.writing() as transaction:
            before = transaction.get(RULES, _CURRENT) or Rules().to_json().encode()
            transaction.put(RULES, _BEFORE, before)
            transaction.put(RULES, _CURRENT, rules.to_json().encode())

    def rules_before(self) -> Rules | None:
        """Return the rules before the last change; None where there is no change to take back."""
        with self._vault.reading() as transaction:
            text = transaction.get(RULES, _BEFORE)
        return Rules.from_json(text.decode()) if text else None

    def follow_before(self) -> None:
        """Take back the last change of the rules; raises InvalidInput when there is none, as after this."""
        with self._vault.writing() as transaction:
            before = transaction.get(RULES, _BEFORE)
            if before is None:
                raise InvalidInput("There is no change of the rules to take back; only the last one is kept.")
            transaction.put(RULES, _CURRENT, before)
            transaction.delete(RULES, _BEFORE)

    def without_jar(self) -> tuple[Unassigned, ...]:
        """Return the payees that no rule assigns to a jar, the largest sum first."""
        return unassigned(self.transactions(), self.rules())

    def put_into_jars(self, chosen: Iterable[tuple[Unassigned, str]]) -> None:
        """Assign payees that have no jar, each to a code, in one change; raises InvalidInput where one cannot be."""
        rows, rules = self.transactions(), self.rules()
        # A rule for a jar takes money received, too: those for income lines are added last, and so come first.
        for payee, code in sorted(chosen, key=lambda pair: pair[1].startswith("income.")):
            rules = rules.assigning(payee, code, rows)
        self.follow(rules)

    def spending(self, day: date) -> Spending:
        """Return planned and actual spending in the period of a day."""
        return self.month(day).spending

    def ahead(self, today: date) -> tuple[Outlook, RunningBalance]:
        """Return what is left until payday and what is to come, and the month's balance up to today."""
        found = self.month(today, today)
        holidays = bank_holidays(found.plan.nation)
        following = next_payday(found.plan.period, today + timedelta(days=1), holidays)
        since = payday(following.period.preceding(), holidays).day
        return outlook(found, today, since, following.day), balance(found, today)

    def month(self, day: date, last: date = date.max) -> Month:
        """Return the month of a day: its plan, the one before, and what was spent up to the `last` day."""
        rows = (each for each in self.transactions() if each.day <= last)
        return month(self.plans(), self.plan_of(day), rows, self.rules())
