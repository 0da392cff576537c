"""What a carrier pays for gas: what the node asks, unless its operator allows less or the account has less."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from jamjar.errors import LedgerError, NodeAnswerInvalid, NodeUnavailable
from jamjar.relayer.journal import Attempt, Carriage
from jamjar.relayer.node_port import NodePort
from jamjar.relayer.transactions import gas_of


@dataclass(frozen=True, slots=True)
class Means:
    """What one transaction may cost.

    asked   the price of a unit of gas that the node asks, in wei
    most    the highest price that the operator allows
    budget  the wei that the account has for the transaction, None if the node does not say
    """

    asked: int
    most: int
    budget: int | None

    def price(self, gas: int, least: int = 0) -> int:
        """Return the price asked, or `least` if that is more, as far as the operator and the account allow it."""
        wanted = min(max(self.asked, least), self.most)
        return wanted if self.budget is None else min(wanted, self.budget // max(gas, 1))


class Pricing:
    """The node's price, and what the accounts have, as they are in one pass."""

    def __init__(self, chain: NodePort, most: int, tell: Callable[[str], object]) -> None:
        """Take the chain, the highest price that the operator allows, and whom to tell what is wrong with prices."""
        self._chain, self._most, self._tell = chain, most, tell
        self._asked: int | None = None
        self._balances: dict[str, int | None] = {}
        self._gas: dict[bytes, int] = {}

    def look(self) -> None:
        """Ask for the price; where the node refuses to say it, the last one counts.

        Raises NodeUnavailable when the node does not answer, LedgerError when it never said a price.
        """
        self._balances.clear()
        self._gas.clear()
        try:
            self._asked = self._chain.price()
        except LedgerError as error:
            is_silent = isinstance(error, NodeUnavailable) and not isinstance(error, NodeAnswerInvalid)
            if is_silent or self._asked is None:
                raise
            self._tell(str(error))
        if self._asked > self._most:
            self._tell("The node asks more for gas than --most-gas-price allows; ask another node, or allow more.")

    def means(
        self, account: str, nonce: int, under_way: Collection[Carriage], attempts: Sequence[Attempt] = ()
    ) -> Means:
        """Return what a transaction with a nonce may cost, after those under way with lower ones.

        The balance is only asked where anything has a price.
        """
        asked = self._asked or 0
        if not asked and not any(each.price for each in attempts):
            return Means(asked, self._most, None)
        if account not in self._balances:
            self._balances[account] = self._chain.balance(account)
        balance = self._balances[account]
        if balance is None:
            return Means(asked, self._most, None)
        before = (each for each in under_way if each.account == account and each.nonce < nonce)
        return Means(asked, self._most, max(0, balance - sum(self._dearest(each, balance) for each in before)))

    def payable(self, carriage: Carriage, means: Means) -> list[Attempt]:
        """Return those of a carriage's transactions that its account can pay, and tell when it has too little."""
        budget = means.budget
        if budget is None:
            return list(carriage.attempts)
        if min(means.asked, means.most) * self._gas_of(carriage.attempts[-1]) > budget:
            self._tell(f"The account {carriage.account} cannot pay what the node asks for gas; send it ether.")
        return [each for each in carriage.attempts if self._cost(each) <= budget]

    def _dearest(self, carriage: Carriage, balance: int) -> int:
        """Return the most that a carriage may cost; what the account cannot pay at all costs nothing."""
        return max((cost for cost in map(self._cost, carriage.attempts) if cost <= balance), default=0)

    def _cost(self, attempt: Attempt) -> int:
        return attempt.price * self._gas_of(attempt) if attempt.price else 0

    def _gas_of(self, attempt: Attempt) -> int:
        if attempt.transaction not in self._gas:
            self._gas[attempt.transaction] = gas_of(attempt)
        return self._gas[attempt.transaction]
