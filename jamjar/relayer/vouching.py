"""Tokens at a relayer: grants need one where its operator says so, and who has one is counted by it.

A relayer behind a hop sees every claimant at one address, so that limits by address would make them one sender. What
needs no token, and above all a withdrawal, is never refused for one, nor kept waiting until a key was read.
"""

from collections.abc import Callable
from typing import Protocol, TypeAlias

from jamjar.errors import LedgerError
from jamjar.protocol import vouched
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.token import EpochKey, FindKey, Token
from jamjar.protocol.typed_data import Grant
from jamjar.relayer.item import URGENT
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.service.refusal import refused


class AcceptedKeys(Protocol):
    """The keys of the admitters that a relayer accepts, such as `jamjar.ledger.epoch_keys.EpochKeys`."""

    def find(self, admitter: int, epoch: int) -> EpochKey | None:
        """Return a key, asking the node where needed; raises LedgerError."""

    def known(self, admitter: int, epoch: int) -> EpochKey | None:
        """Return a key that was read before, without asking."""


class Vouching:
    """What one relayer asks of tokens."""

    def __init__(self, deployment: Deployment, keys: AcceptedKeys) -> None:
        self._deployment, self._keys = deployment, keys

    def sender(self, signed: SignedMessage, token: Token | None, address: str) -> str:
        """Return by what a message is counted: its consent where a good token vouches for it, its address otherwise.

        Raises Refused for a grant without a good token, or while the keys cannot be read.
        """
        if isinstance(signed.message, Grant):
            self._check(signed.message, token)
        elif not self._is_good(token, self._keys.known if isinstance(signed.message, URGENT) else self._keys.find):
            return address
        return f"consent {signed.message.consent}"

    def _is_good(self, token: Token | None, find_key: FindKey) -> bool:
        try:
            return vouched.is_good(token, self._deployment, find_key)
        except LedgerError:
            return False

    def _check(self, grant: Grant, token: Token | None) -> None:
        try:
            why = vouched.why_not(grant, token, self._deployment, self._keys.find)
        except LedgerError:
            raise refused(Code.NODE_UNAVAILABLE, "The relayer cannot reach its node; send it again later.") from None
        if why:
            raise refused(Code.NOT_VOUCHED, why)


CountedBy: TypeAlias = Callable[[SignedMessage, Token | None, str], str]
"""Such as `Vouching.sender`."""


def by_address(_: SignedMessage, __: Token | None, address: str) -> str:
    """Count by address, whatever the token: for a relayer that asks for none."""
    return address
