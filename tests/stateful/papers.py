"""What claimants sign in the machine, rightly or not, and how each kind of it is called."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from typing import Any, TypeAlias

from jamjar.crypto.hashing import keccak256
from jamjar.model import consent_rules
from jamjar.model.decision import Outcome, SignedBy
from jamjar.model.state import LedgerState
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import (
    Acknowledge,
    Commit,
    Domain,
    Grant,
    Message,
    Pause,
    Reconfirm,
    Resume,
    Withdraw,
    digest,
)  # fmt: skip
from jamjar.sandbox.anvil import CHAIN_ID
from tests.stateful.system import System

Action: TypeAlias = Callable[[LedgerState, int, str, Any], Outcome]

FLAWS = ("another key", "another contract", "another chain", "another consent", "no signature")


@dataclass(frozen=True, slots=True)
class Kind:
    """A function that takes what is signed: where it is, what must come of it, and of many at once."""

    contract: str
    function: str
    single: Action
    many: Action | None = None


KINDS: dict[type[Message], Kind] = {
    Grant: Kind("ConsentRegistry", "grant", consent_rules.grant, consent_rules.grant_batch),
    Pause: Kind("ConsentRegistry", "pause", consent_rules.pause),
    Resume: Kind("ConsentRegistry", "resume", consent_rules.resume),
    Reconfirm: Kind("ConsentRegistry", "reconfirm", consent_rules.reconfirm),
    Withdraw: Kind("ConsentRegistry", "withdraw", consent_rules.withdraw, consent_rules.withdraw_batch),
    Commit: Kind("CommitmentRegistry", "commit", consent_rules.commit, consent_rules.commit_batch),
    Acknowledge: Kind("AdviceLog", "acknowledge", consent_rules.acknowledge, consent_rules.acknowledge_batch),
}
IN_TWO_STRUCTS = (Grant, Commit, Acknowledge)


@dataclass(frozen=True, slots=True)
class Paper:
    """A message with a signature on it, which anyone may keep and carry at any time."""

    signed: SignedBy[Any]
    signature: tuple[bytes, bytes]

    @property
    def kind(self) -> Kind:
        return KINDS[type(self.signed.message)]

    def item(self) -> tuple[Any, ...]:
        """The paper as a batch takes it."""
        fields = values(self.signed.message)
        inner = (fields,) if isinstance(self.signed.message, IN_TWO_STRUCTS) else fields
        return (*inner, self.signature)

    def arguments(self) -> tuple[Any, ...]:
        """The paper as its own function takes it."""
        return (self.item(),) if self.kind.many else self.item()


def key_number(number: int) -> ConsentKey:
    """Always the same key for the same number, so that a run can be repeated."""
    return ConsentKey(keccak256(b"jamjar stateful consent key %d" % number))


def values(message: Message) -> tuple[Any, ...]:
    return astuple(message)  # type: ignore[call-overload,no-any-return]  # every message is a dataclass


def sign(system: System, key: ConsentKey, message: Message, flaw: str = "") -> Paper:
    """Sign as the wallet does, or with one flaw of FLAWS."""
    contract = KINDS[type(message)].contract
    other = "AdviceLog" if contract == "ConsentRegistry" else "ConsentRegistry"
    domain = Domain(
        CHAIN_ID + (flaw == "another chain"),
        system.contracts[other if flaw == "another contract" else contract].address,
    )
    signer = key_number(-1) if flaw == "another key" else key
    told = (key_number(-1).address, *values(message)[1:]) if flaw == "another consent" else values(message)
    signature = signer.sign(digest(domain, type(message)(*told)))
    words = (bytes(32), bytes(32)) if flaw == "no signature" else (signature.r, signature.vs)
    honest = {"": key.address, "another key": signer.address}
    return Paper(SignedBy(message, honest.get(flaw, "")), words)


def signed(papers: Sequence[Paper]) -> list[SignedBy[Message]]:
    return [paper.signed for paper in papers]
