"""Transactions of one carrier: each is signed, journalled and handed to the node, and again until its nonce is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jamjar.protocol.deployment import Deployment
from jamjar.relayer import calldata, transactions
from jamjar.relayer.accounts import Accounts
from jamjar.relayer.calldata import Load
from jamjar.relayer.journal import Attempt, Carriage, Journal
from jamjar.relayer.outbox import Outbox
from jamjar.relayer.pricing import Means, Pricing
from jamjar.relayer.replacing import replacement
from jamjar.relayer.settings import CarrierSettings

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount


class Sender:
    """The carriages under way, by number."""

    def __init__(
        self,
        journal: Journal,
        accounts: Accounts,
        deployment: Deployment,
        settings: CarrierSettings,
        *,
        pricing: Pricing,
        outbox: Outbox,
    ) -> None:
        """Take what it works with; nothing is under way yet."""
        self._journal, self._accounts, self._deployment, self._settings = journal, accounts, deployment, settings
        self._pricing, self._outbox = pricing, outbox
        self.under_way: dict[int, Carriage] = {}

    def begin(self, account: str, loads: Sequence[Load], gas: int, now: int) -> bool:
        """Journal a carriage, which goes out with others; whether it was begun."""
        key, under_way = self._accounts.key(account), self.under_way.values()
        if key is None:
            return False
        nonce = self._accounts.free_nonce(account, under_way)
        price = self._pricing.means(account, nonce, under_way).price(gas)
        fields = {
            "nonce": nonce,
            "gas": gas,
            "gasPrice": price,
            "to": self._deployment.contracts()[calldata.contract_of(loads[0].kind)].address,
            "data": calldata.call(loads),
            "chainId": self._deployment.chain_id,
        }
        first = transactions.sign(key, fields, now)
        return self._open(account, nonce, loads, first)

    def _open(self, account: str, nonce: int, loads: Sequence[Load], first: Attempt) -> bool:
        carriage = self._journal.open(account, nonce, loads, first)
        if carriage is None:  # another carrier has one of the items
            return False
        self.under_way[carriage.number] = carriage
        self._outbox.put(carriage, first, first.made_at)
        return True

    def is_given_up(self, carriage: Carriage, now: int) -> bool:
        """Return whether a carriage's nonce has been out of reach for as long as others wait to be replaced."""
        is_late = now - carriage.attempts[-1].made_at >= self._settings.replace_after
        return is_late and self._accounts.is_out_of_reach(carriage, self.under_way.values())

    def send_again(self, carriage: Carriage, now: int) -> None:
        """Send a transaction that is in no block again, or do something about it when it is so for long."""
        under_way, key = self.under_way.values(), self._accounts.key(carriage.account)
        means = self._pricing.means(carriage.account, carriage.nonce, under_way, carriage.attempts)
        payable = self._pricing.payable(carriage, means)
        is_hopeless = not payable and self._outbox.is_refused(carriage)
        if key and (is_hopeless or now - carriage.attempts[-1].made_at >= self._settings.replace_after):
            free = self._accounts.free_nonce(carriage.account, under_way)
            if free < carriage.nonce:  # another program's transaction was there, and is gone
                price = self._pricing.means(carriage.account, free, under_way).price(transactions.NOTHING)
                first = transactions.empty(key, self._deployment.chain_id, free, price, now)
                self._open(carriage.account, free, [], first)
            elif carriage.nonce == self._accounts.count(carriage.account):
                carriage, payable = self._replace(key, carriage, payable, means, now)
        attempt = self._outbox.due(carriage, payable or carriage.attempts, now)
        if attempt is not None:
            self._outbox.put(carriage, attempt, now)

    def _replace(
        self, key: LocalAccount, carriage: Carriage, payable: list[Attempt], means: Means, now: int
    ) -> tuple[Carriage, list[Attempt]]:
        """Journal another transaction for a carriage if one would help, and return both with it."""
        chain_id, most = self._deployment.chain_id, self._settings.most_attempts
        is_refused = self._outbox.is_refused(carriage)
        another = replacement(
            key, chain_id, carriage.attempts, payable, means, most=most, is_refused=is_refused, now=now
        )
        if another is None:
            return carriage, payable
        carriage = self.under_way[carriage.number] = self._journal.attempt(carriage, another)
        self._outbox.again(carriage)
        return carriage, [*payable, another]
