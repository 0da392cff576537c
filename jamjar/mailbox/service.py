"""The mailbox apart from HTTP: each request is checked, compared with the ledger, and done, once.

The order is always the same: form, audience, time, signature, rate; then the signer's identity on the ledger; then the
nonce, on disk; then the conditions; then the change. So strangers fill no storage, and nothing is done twice.

Warning: each stranger's key can cause some reads of the ledger; the operator of a mailbox limits connections, too.
"""

import threading
from collections.abc import Callable
from typing import Final, TypeVar

from jamjar.disclosure.package import Body, SealedPackage
from jamjar.disclosure.reply import SealedReply
from jamjar.errors import InvalidInput, LedgerError
from jamjar.mailbox import conditions
from jamjar.mailbox.ledger_view import ConsentView, MailboxLedgerView, UseRecord
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.settings import MailboxSettings
from jamjar.mailbox.signed_request import SignedRequest, domain_of
from jamjar.mailbox.store import Deposit, MailboxStore
from jamjar.model.state import ENDED, Status
from jamjar.protocol.settings import DAY
from jamjar.service.rates import Rates
from jamjar.service.refusal import Refusal, Refused, refused

T = TypeVar("T")
MOST_LOOKING: Final = 20
"""How many requests ask the node at a time: should it hang, threads are left for those that need none."""


class Mailbox:
    """One mailbox: `ledger_view` is its operator's view of the ledger, `clock` gives Unix seconds."""

    def __init__(
        self, settings: MailboxSettings, ledger_view: MailboxLedgerView, store: MailboxStore, clock: Callable[[], float]
    ) -> None:
        self.settings = settings
        self._ledger_view = ledger_view
        self._store = store
        self._clock = clock
        self._domain = domain_of(settings.registry)
        self._rates = Rates(settings.burst, settings.per_second)
        self._looking = threading.BoundedSemaphore(MOST_LOOKING)

    # ------------------------------------------------------------------ the claimant

    def deposit(self, signed: SignedRequest, name: str, data: bytes) -> bool:
        """Store a package that the consent key deposits; return whether it is new."""
        package = _parsed(lambda: SealedPackage.from_bytes(data))
        _require(package.id.hex() == name, Code.MALFORMED, "The package has another id; send it under its own.")
        self._admit(signed, package.content.consent)
        _raise(conditions.deposit(package.content, self._look(package.content.consent)))
        self._once(signed)
        asked, limits = signed.request, self.settings
        came = Deposit(asked.time, asked.nonce, asked.body, signed.signature.to_bytes())
        counts = {"each": limits.packages_each, "member": limits.packages_member, "most": limits.packages_most}
        return self._store.put_package(package, came, **counts)

    def replies(self, signed: SignedRequest, consent: str) -> tuple[str, ...]:
        """Return the ids of the replies for the claimant, oldest first."""
        self._claimant(signed, consent)
        return self._store.replies(consent)

    def reply(self, signed: SignedRequest, name: str) -> bytes:
        """Return one reply to the claimant."""
        return self._own_reply(signed, name).to_bytes()

    def delete_reply(self, signed: SignedRequest, name: str) -> None:
        """Delete a reply that the claimant has."""
        self._own_reply(signed, name)
        self._store.delete_reply(name)

    def erase(self, signed: SignedRequest, consent: str) -> None:
        """Delete everything under a consent. It needs no ledger, as nothing may stop it."""
        self._admit(signed, consent)
        if self._store.holds(consent):  # for strangers, not even nonces are stored
            self._once(signed)
            self._store.erase(consent)

    # ------------------------------------------------------------------ the recipient

    def waiting(self, signed: SignedRequest) -> tuple[str, ...]:
        """Return the ids of the packages for the signer's member, oldest first."""
        return self._store.waiting(self._member(signed))

    def fetch(self, signed: SignedRequest, name: str) -> tuple[Body, Deposit]:
        """Return a package without its key, and its deposit."""
        member = self._member(signed)
        body, came = self._package(name)
        _raise(conditions.fetch(member, body))
        return body, came

    def hand_over(self, signed: SignedRequest, name: str) -> tuple[bytes, UseRecord]:
        """Return a package's sealed key, for a use, which this spends.

        The use is spent on disk before this returns: if the answer is lost, the recipient records another.
        """
        member = self._member(signed)
        body, _ = self._package(name)
        while True:
            uses = self._see(lambda: self._ledger_view.uses(body.consent))
            view = self._look(body.consent)  # last, so that a withdrawal until now counts
            spent, depth = self._store.spent(body.consent), self.settings.depth
            decided = conditions.hand_over(body, member, view, uses, spent=spent, depth=depth)
            if isinstance(decided, Refusal):
                raise Refused(decided)
            key = self._store.spend(name, decided, int(self._clock()))
            if key is not None:
                return key, decided
            self._package(name)  # raises if it was deleted meanwhile; otherwise another request spent the use

    def put_reply(self, signed: SignedRequest, name: str, data: bytes) -> bool:
        """Store a reply by a consent's recipient, even after the consent ended; return whether it is new."""
        reply = _parsed(lambda: SealedReply.from_bytes(data))
        _require(reply.id.hex() == name, Code.MALFORMED, "The reply has another id; send it under its own.")
        member = self._member(signed)
        _raise(conditions.recipient(member, self._look(reply.consent)))
        limits, now = self.settings, int(self._clock())
        counts = {"each": limits.replies_each, "share": limits.replies_member, "most": limits.replies_most}
        return self._store.put_reply(reply, member, now=now, **counts)

    # ------------------------------------------------------------------ the operator

    def sweep(self) -> int:
        """Delete packages of consents that ended, old replies and nonces; return how many consents had ended."""
        now = int(self._clock())
        self._store.forget_nonces(now)
        self._store.delete_replies_before(now - self.settings.reply_days * DAY)
        ended = 0
        for consent in self._store.consents():
            if self._look(consent).status in ENDED:
                self._store.delete_packages(consent)
                self._store.forget_spent(consent, now - self.settings.spent_days * DAY)
                ended += 1
        return ended

    # ------------------------------------------------------------------ checks of every request

    def _admit(self, signed: SignedRequest, signer: str | None = None) -> None:
        asked, now, limits = signed.request, int(self._clock()), self.settings
        wrong = f"The request is for another mailbox; sign it for {limits.audience}."
        _require(asked.audience == limits.audience, Code.WRONG_AUDIENCE, wrong)
        _raise(conditions.timely(asked.time, now, limits.window))
        genuine = signed.is_genuine(self._domain)
        _require(genuine, Code.BAD_SIGNATURE, "The signature is not the signer's; sign this request, for this ledger.")
        allowed = self._rates.allow(signed.signer, self._clock())
        _require(allowed, Code.TOO_FAST, "There are too many requests from this signer; wait a minute.")
        if signer is not None:
            _require(signed.signer == signer, Code.NOT_THE_CLAIMANT, "The consent's key did not sign; sign with that.")

    def _once(self, signed: SignedRequest) -> None:
        asked, window = signed.request, self.settings.window
        until = asked.time + 4 * window  # far beyond the window, as clocks may be set back
        new = self._store.remember(signed.signer, asked.nonce, forget_after=until, now=int(self._clock()))
        _require(new, Code.REPLAYED, "This request was made before; sign a new one.")

    def _member(self, signed: SignedRequest) -> int:
        self._admit(signed)
        member = self._see(lambda: self._ledger_view.member_of(signed.signer))
        _require(member, Code.NOT_A_MEMBER, "The account acts for no active member; sign with one that does.")
        self._once(signed)
        return member

    def _claimant(self, signed: SignedRequest, consent: str) -> None:
        self._admit(signed, consent)
        status = self._look(consent).status
        _require(
            status is not Status.NONE, Code.UNKNOWN_CONSENT, "The ledger knows no such consent; check the address."
        )
        self._once(signed)

    def _package(self, name: str) -> tuple[Body, Deposit]:
        found = self._store.package(name)
        if found is None:
            raise refused(Code.UNKNOWN_PACKAGE, "There is no such package here; ask the claimant to send it.")
        return found

    def _own_reply(self, signed: SignedRequest, name: str) -> SealedReply:
        self._admit(signed)
        found = self._store.reply(name)
        # The same answer for another's reply, so that it reveals nothing.
        if found is None or found.consent != signed.signer:
            raise refused(Code.UNKNOWN_REPLY, "There is no such reply for this consent; list them.")
        self._once(signed)
        return found

    def _look(self, consent: str) -> ConsentView:
        return self._see(lambda: self._ledger_view.look(consent))

    def _see(self, look: Callable[[], T]) -> T:
        if not self._looking.acquire(blocking=False):
            raise refused(Code.NODE_UNAVAILABLE, "The mailbox waits for its node; ask again in a minute.")
        try:
            return look()
        except LedgerError:
            sentence = "The mailbox cannot reach its node; try again later, or tell its operator."
            raise refused(Code.NODE_UNAVAILABLE, sentence) from None
        finally:
            self._looking.release()


def _require(holds: object, code: str, sentence: str) -> None:
    if not holds:
        raise refused(code, sentence)


def _raise(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)


def _parsed(read: Callable[[], T]) -> T:
    try:
        return read()
    except InvalidInput as error:
        raise refused(Code.MALFORMED, str(error)) from None
