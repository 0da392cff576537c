"""A sample network: the system deployed on a development chain, with members, advisers and claimants.

The demo, the console session of the README and the integration tests start with `SampleNetwork.build()`.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import brownie
from eth_account import Account
from eth_account.hdaccount import key_from_seed
from eth_account.hdaccount.mnemonic import Mnemonic
from eth_account.signers.local import LocalAccount
from web3 import HTTPProvider

from jamjar.adviser.desk import Desk
from jamjar.consent.schedule import MINUTE
from jamjar.crypto.sealing import EncryptionKey
from jamjar.ledger.governance import Governance
from jamjar.ledger.ledger import Ledger, TransactionReceipt
from jamjar.ledger.own_member import OwnMember
from jamjar.model.state import Proposal
from jamjar.protocol.events import CallSalt, CallScheduled
from jamjar.protocol.settings import Settings
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from sandbox.claimant import PERIOD, Claimant
from sandbox.households import Household, households
from sandbox.members import MEMBERS, ROLES, founding
from tools.deployer import System, deploy

MNEMONICS = ("brownie", "test " * 11 + "junk")
"""The mnemonics of Ganache, as Brownie starts it, and of Anvil."""


@dataclass(slots=True)
class SampleNetwork:
    """The deployed system and its members; `desks` are the advisers' desks by member number."""

    system: System
    ledger: Ledger
    governance: Governance
    desks: Mapping[int, Desk]
    accounts: Mapping[int, str]
    stranger: str

    @classmethod
    def build(cls) -> "SampleNetwork":
        """Deploy on the connected development chain, founded by the members; accounts[n] acts for member n."""
        accounts = [account.address for account in brownie.accounts]
        keys = {number: _encryption_key() for number in MEMBERS}
        system = deploy(brownie.accounts[0], Settings(members=founding(accounts, keys.__getitem__)))
        ledger = Ledger(_url(), system.deployment)
        governance = Governance(ledger, accounts[0])
        desks = {
            number: Desk(ledger, accounts[number], secrets.token_bytes)
            for number, roles in ROLES.items()
            if "ADVISER" in roles
        }
        return cls(system, ledger, governance, desks, {n: accounts[n] for n in MEMBERS}, accounts[9])

    def claimant(self, where: str = ":memory:") -> Claimant:
        """Return a new claimant with a vault at `where`, whose messages the operator carries."""
        vault = Vault.create(where, secrets.token_urlsafe(16))
        return Claimant(Wallet(self.system.deployment, vault), self.ledger, self.accounts[1])

    def households(self) -> tuple[Household, ...]:
        """Return the sample households, with budgets for one assessment period."""
        return households(PERIOD)

    def govern(self, *calls: tuple[Any, ...], contract: str = "Consortium") -> TransactionReceipt:
        """Propose calls of a contract, let the governance's delay pass, execute them, and return that receipt."""
        proposed = self.governance.propose(*calls, contract=contract).events
        scheduled = [each for each in proposed if isinstance(each, CallScheduled)]
        (salt,) = (each.salt for each in proposed if isinstance(each, CallSalt))
        self.wait(self.system.deployment.settings.governance_delay)
        operation = tuple((each.target, each.value, each.data) for each in scheduled)
        return self.governance.execute(Proposal(operation, scheduled[0].predecessor, salt))

    def member(self, number: int) -> OwnMember:
        """Return what a member does for itself, and as one of the council."""
        return OwnMember(self.ledger, self.accounts[number])

    @property
    def url(self) -> str:
        """The node's address."""
        return _url()

    def mine(self) -> None:
        """Mine a block on the development chain."""
        chain: Any = brownie.chain
        chain.mine()

    def key(self, member: int) -> LocalAccount:
        """Return a member's account with its key, which is public: all development chains have the same."""
        # The nodes accept any words, but eth_account only those of BIP-39, so the seed is derived directly.
        for words in MNEMONICS:
            account: LocalAccount = Account.from_key(key_from_seed(Mnemonic.to_seed(words), f"m/44'/60'/0'/0/{member}"))
            if account.address == self.accounts[member]:
                return account
        raise RuntimeError("The node has other accounts than Ganache or Anvil; let Brownie start it.")

    def wait(self, seconds: int = MINUTE) -> None:
        """Let time pass on the development chain, until so many seconds from now by the claimants' clock."""
        chain: Any = brownie.chain
        chain.sleep(seconds + max(0, int(time.time()) - self.ledger.time()))  # a chain without blocks is behind
        chain.mine()


def _url() -> str:
    node = brownie.web3.provider
    if not isinstance(node, HTTPProvider):
        raise RuntimeError("Brownie is not connected to a node over HTTP; connect it to Ganache or Anvil.")
    return str(node.endpoint_uri)


def _encryption_key() -> bytes:
    return EncryptionKey.generate(secrets.token_bytes).public_bytes
