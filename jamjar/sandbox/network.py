"""A sample network: the system deployed through one node, with members, advisers and claimants.

It signs with keys that are held here, and needs no account in the node, no compiler and no Brownie.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eth_account.signers.local import LocalAccount

from jamjar.adviser.desk import Desk
from jamjar.consent.schedule import MINUTE
from jamjar.crypto.sealing import EncryptionKey
from jamjar.ledger.deploying import deploy
from jamjar.ledger.final_view import FinalView, newest
from jamjar.ledger.finality import finality
from jamjar.ledger.governance import Governance
from jamjar.ledger.ledger import Ledger, TransactionReceipt
from jamjar.ledger.own_member import OwnMember
from jamjar.ledger.rpc import connection
from jamjar.model.state import Proposal
from jamjar.plan.period import AssessmentPeriod
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import CallSalt, CallScheduled
from jamjar.protocol.settings import Settings
from jamjar.sandbox.claimant import PERIOD, Claimant
from jamjar.sandbox.households import Household, households
from jamjar.sandbox.members import MEMBERS, ROLES, founding
from jamjar.sandbox.sample_chain import SampleChain
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet

STRANGER: Final = 9
"""The number of an account that acts for no member."""
SOON: Final = 15
"""Seconds until a grant begins where they have to be waited for: time enough to record it."""


@dataclass(slots=True)
class SampleNetwork:
    """The deployed system and its members; `desks` are the advisers' desks by member number.

    keys   of the founder (0), of each member by its number, and of a stranger (9)
    ahead  seconds until a grant begins
    """

    deployment: Deployment
    ledger: Ledger
    governance: Governance
    desks: Mapping[int, Desk]
    keys: Sequence[LocalAccount]
    chain: SampleChain
    ahead: int

    @classmethod
    def at(cls, url: str) -> "SampleNetwork":
        """Deploy through a node, a development node or one of a network without fees, founded by the members.

        Raises NodeUnavailable, DeploymentError, and InvalidInput where gas has a price and no funded account is known.
        """
        chain = SampleChain(url)
        keys = chain.keys(STRANGER + 1)
        deployment = deploy(connection(url), keys[0], settings(keys), "sandbox")
        for _ in range(finality(url).depth):  # until no reorganisation takes it back
            chain.mine()
        return cls.of(chain, keys, deployment)

    @classmethod
    def of(cls, chain: SampleChain, keys: Sequence[LocalAccount], deployment: Deployment) -> "SampleNetwork":
        """Return the network of what is deployed on a chain, with the settings of these keys."""
        ledger = Ledger(chain.url, deployment)
        desks = {
            number: Desk(ledger, keys[number], secrets.token_bytes)
            for number, roles in ROLES.items()
            if "ADVISER" in roles
        }
        governance, ahead = Governance(ledger, keys[0]), MINUTE if chain.turns else SOON
        return cls(deployment, ledger, governance, desks, keys, chain, ahead)

    @property
    def accounts(self) -> Mapping[int, str]:
        """The address of each member's account."""
        return {number: self.keys[number].address for number in MEMBERS}

    @property
    def period(self) -> AssessmentPeriod:
        """The assessment period that the grants of its claimants are about."""
        return PERIOD

    @property
    def stranger(self) -> str:
        """The address of an account that acts for no member."""
        return str(self.keys[STRANGER].address)

    def claimant(self, where: str = ":memory:") -> Claimant:
        """Return a new claimant with a vault at `where`, whose messages the operator carries."""
        vault = Vault.create(where, secrets.token_urlsafe(16))
        return Claimant(Wallet(self.deployment, vault), self.ledger, self.keys[1], self.ahead)

    def households(self) -> tuple[Household, ...]:
        """Return the sample households, with budgets for one assessment period."""
        return households(PERIOD)

    def govern(self, *calls: tuple[Any, ...], contract: str = "Consortium") -> TransactionReceipt:
        """Propose calls (function, arguments) of a contract, let the delay pass, execute them, and return that receipt.

        Raises Rejected, and InvalidInput where the node's clock cannot be turned.
        """
        proposed = self.governance.propose(*calls, contract=contract).events
        scheduled = [each for each in proposed if isinstance(each, CallScheduled)]
        (salt,) = (each.salt for each in proposed if isinstance(each, CallSalt))
        self.wait(self.deployment.settings.governance_delay)
        operation = tuple((each.target, each.value, each.data) for each in scheduled)
        return self.governance.execute(Proposal(operation, scheduled[0].predecessor, salt))

    def member(self, number: int) -> OwnMember:
        """Return what a member does for itself, and as one of the council."""
        return OwnMember(self.ledger, self.keys[number])

    @property
    def url(self) -> str:
        """The node's address."""
        return self.chain.url

    def final(self) -> FinalView:
        """Return what is final, at the depth that mailbox, relayer, publisher and audit wait for."""
        return newest(self.url, self.deployment)

    def mine(self) -> None:
        """Have the chain make a block, or wait for one."""
        self.chain.mine()

    def key(self, member: int) -> LocalAccount:
        """Return a member's account with its key."""
        return self.keys[member]

    def wait(self, seconds: int | None = None) -> None:
        """Let time pass until so many seconds from now, unless told until a grant of now has begun.

        Raises InvalidInput for more than ten minutes on a node whose clock cannot be turned.
        """
        self.chain.wait(self.ahead if seconds is None else seconds)


def settings(keys: Sequence[LocalAccount]) -> Settings:
    """Return the settings of a consortium that these keys found."""
    encryption = {number: _encryption_key() for number in MEMBERS}
    return Settings(members=founding([each.address for each in keys], encryption.__getitem__))


def _encryption_key() -> bytes:
    return EncryptionKey.generate(secrets.token_bytes).public_bytes
