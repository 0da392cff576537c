"""A sample network to try things in: the system deployed on a development chain, with members, advisers and claimants.

`SampleNetwork.build()` is what the demo, the console session of the README and the integration tests start from.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import brownie
from eth_account import Account
from eth_account.hdaccount import key_from_seed
from eth_account.hdaccount.mnemonic import Mnemonic
from eth_account.signers.local import LocalAccount

from jamjar.adviser.desk import Desk
from jamjar.consent.schedule import MINUTE, schedule
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Storage, Terms
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.disclosure import Disclosure
from jamjar.ledger.administrator import Administrator
from jamjar.ledger.ledger import Ledger, Sender, TransactionReceipt
from jamjar.plan.budget import Budget
from jamjar.plan.period import AssessmentPeriod
from jamjar.protocol.settings import Role
from jamjar.protocol.signing import SignedMessage
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from sandbox.households import Household, households
from tools.deployer import System, deploy

MEMBERS = {
    1: ("Northern Node Co-operative", (Role.OPERATOR,)),
    2: ("Town Debt Advice", (Role.ADVISER,)),
    3: ("Harbour Housing Advice", (Role.ADVISER,)),
    4: ("Department for Benefits", (Role.SPONSOR,)),
    5: ("University Audit Group", (Role.AUDITOR,)),
}
NOTICE = (
    "You let {recipient} look at the jars listed here, up to {uses} times, until the end date. Every look is put on "
    "the record before it happens. You can end this at any moment, without a reason, and nothing else changes."
)
MNEMONICS = ("brownie", "test " * 11 + "junk")
"""Of which Ganache, as Brownie starts it, and Anvil make their accounts."""
PERIOD = AssessmentPeriod.containing(date(2026, 11, 5), date(2026, 11, 5))


@dataclass(slots=True)
class Claimant:
    """A claimant's wallet together with whoever carries what it signs."""

    wallet: Wallet
    ledger: Ledger
    carrier: Sender

    def grant(
        self,
        recipient: int,
        lines: Iterable[str] = (),
        totals: Iterable[str] = (),
        *,
        covered: Iterable[str] = (),
        uses: int = 3,
        days: int = 180,
    ) -> str:
        """Let a member look at these jars, totals, and whether income covers these; return the consent.

        It begins a minute from now.

        days  until the consent ends, less the part of a day it is now: at least 2
        """
        name = MEMBERS[recipient][0]
        asked = ((Detail.LINES, lines), (Detail.TOTAL, totals), (Detail.COVERED, covered))
        scope = {ScopeItem(jar, what) for what, jars in asked for jar in jars}
        terms = Terms(
            purpose="dpv:RequestedServiceProvision",
            scope=frozenset(scope),
            data_from=PERIOD.start,
            data_until=PERIOD.end,
            retention_days=0,
            storage=Storage.VIEW,
            notice=NOTICE.format(recipient=name, uses=uses),
            language="en-GB",
            recipient=recipient,
            recipient_name=name,
        )
        times = schedule(self.ledger.time(), days=days)
        signed = self.wallet.grant(
            terms,
            valid_from=times.valid_from,
            valid_until=times.valid_until,
            reconfirm_by=times.reconfirm_by,
            max_uses=uses,
        )
        self.carry(signed)
        return signed.message.consent

    def commit(self, consent: str, budget: Budget) -> TransactionReceipt | None:
        """Commit to a budget under a consent."""
        return self.carry(self.wallet.commit(consent, budget))

    def disclose(self, consent: str, *names: str) -> Disclosure:
        """Open the named entries for the recipient."""
        return self.wallet.disclose(consent, names)

    def withdraw(self, consent: str) -> TransactionReceipt | None:
        """End a consent permanently."""
        return self.carry(self.wallet.withdraw(consent))

    def acknowledge(self, disclosure: Disclosure, advice: Advice) -> TransactionReceipt | None:
        """Acknowledge advice about what was disclosed."""
        return self.carry(self.wallet.acknowledge(disclosure.consent, disclosure.root, advice.digest))

    def carry(self, signed: SignedMessage) -> TransactionReceipt | None:
        """Have the carrier bring a signed message to the ledger."""
        return self.wallet.carry(signed, self.ledger, self.carrier)


@dataclass(slots=True)
class SampleNetwork:
    """The deployed system and everyone in it; `desks` are the advisers' by member number."""

    system: System
    ledger: Ledger
    administrator: Administrator
    desks: Mapping[int, Desk]
    accounts: Mapping[int, str]
    stranger: str

    @classmethod
    def build(cls) -> "SampleNetwork":
        """Deploy on the connected development chain and admit the members; accounts[n] acts for member n."""
        accounts = [account.address for account in brownie.accounts]
        system = deploy(brownie.accounts[0])
        ledger = Ledger(brownie.web3.provider.endpoint_uri, system.deployment)
        administrator = Administrator(ledger, accounts[0])
        for number, (name, roles) in MEMBERS.items():
            administrator.admit(number, name, roles, accounts[number], _encryption_key())
        desks = {
            number: Desk(ledger, accounts[number], secrets.token_bytes)
            for number, (_, roles) in MEMBERS.items()
            if Role.ADVISER in roles
        }
        return cls(system, ledger, administrator, desks, {n: accounts[n] for n in MEMBERS}, accounts[9])

    def claimant(self, where: str = ":memory:") -> Claimant:
        """Return a new claimant with a vault there, whose messages the operator carries."""
        vault = Vault.create(where, secrets.token_urlsafe(16))
        return Claimant(Wallet(self.system.deployment, vault), self.ledger, self.accounts[1])

    def households(self) -> tuple[Household, ...]:
        """Return the sample households, with budgets for one assessment period."""
        return households(PERIOD)

    @property
    def url(self) -> str:
        """The node's address."""
        return str(brownie.web3.provider.endpoint_uri)

    def mine(self) -> None:
        """Have one more block on the development chain."""
        chain: Any = brownie.chain
        chain.mine()

    def key(self, member: int) -> LocalAccount:
        """Return a member's account with its key, which everyone knows: development chains all have the same."""
        # The nodes take any words; eth_account only those of BIP-39's lists, so the seed is made of them directly.
        for words in MNEMONICS:
            account: LocalAccount = Account.from_key(key_from_seed(Mnemonic.to_seed(words), f"m/44'/60'/0'/0/{member}"))
            if account.address == self.accounts[member]:
                return account
        raise RuntimeError("The node has accounts of its own; start it by Brownie.")

    def wait(self, seconds: int = MINUTE) -> None:
        """Let time pass on the development chain."""
        _sleep(seconds)


def _sleep(seconds: int) -> None:
    chain: Any = brownie.chain
    chain.sleep(seconds)
    chain.mine()


def _encryption_key() -> bytes:
    return EncryptionKey.generate(secrets.token_bytes).public_bytes
