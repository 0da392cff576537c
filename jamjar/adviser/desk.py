"""The adviser's desk: records each use before it looks, and verifies everything against the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from jamjar.consent.named import NamedValue
from jamjar.disclosure import verification
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.named_set import values_of
from jamjar.errors import InvalidInput, Rejected, VerificationFailed
from jamjar.ledger.not_yet import may_pass, not_yet
from jamjar.model.state import AdviceStage
from jamjar.model.status_words import STATUS
from jamjar.protocol.events import Committed, ConsentUsed

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger, TransactionReceipt
    from jamjar.ledger.transacting import Sender


class Desk:
    """One adviser's desk: `account` acts for its member, `ledger` is its own node.

    A consent is the address of its key, a commitment 32 bytes. Errors beside those that are named are `Ledger`'s.
    """

    def __init__(self, ledger: Ledger, account: Sender, random_bytes: Callable[[int], bytes]) -> None:
        """Take `random_bytes`, such as `secrets.token_bytes`, for the salts of advice; nothing is asked yet."""
        self._ledger = ledger
        self._account = account
        self._random_bytes = random_bytes

    @property
    def member(self) -> int:
        """The number of the member that the account acts for, 0 if none, as the ledger has it."""
        return self._ledger.member_of(self._account)

    def use(self, consent: str) -> TransactionReceipt:
        """Record that this adviser is going to look at the consent's head; raises Rejected unless it is live."""
        return self._ledger.use(consent, self._ledger.head_of(consent), self._account)

    def verify(self, disclosure: Disclosure) -> Mapping[str, int]:
        """Return the figures of a disclosure, in pence, if all of it is verified against the ledger; none of a set.

        This desk's member is the consent's recipient, and the one the terms name; the consent is live; the member
        has recorded a use of this very commitment, which is the head; and everything opens to it.

        Raises VerificationFailed, which names what does not hold; then rely on none of it.
        """
        ledger, consent = self._ledger, disclosure.consent
        here = (ledger.deployment.chain_id, ledger.deployment.commitment_registry.address)
        if (disclosure.chain_id, disclosure.contract) != here:
            raise VerificationFailed("The disclosure is about another ledger; ask for one about this ledger.")
        figures = verification.verify(
            disclosure, root=ledger.head_of(consent), terms_digest=ledger.terms_digest(consent)
        )
        self._check_suite(disclosure)
        member = self.member
        if not member == disclosure.terms.recipient == ledger.consent(consent).recipient:
            raise VerificationFailed("The consent is for another recipient; do not look at it.")
        self.check_live(consent)
        uses = (use for use in ledger.events("ConsentUsed", consent) if isinstance(use, ConsentUsed))
        if not any(use.commitment == disclosure.root and use.recipient == member for use in uses):
            raise VerificationFailed("No use of this commitment is on the record; record one before looking.")
        return figures

    def verify_set(self, disclosure: Disclosure) -> Mapping[str, NamedValue]:
        """Return the values of a set's disclosure, by their names in the set, each of its kind, if `verify` passes.

        Raises VerificationFailed as `verify` does, and for the disclosure of a budget.
        """
        self.verify(disclosure)
        return values_of(disclosure)

    def _check_suite(self, disclosure: Disclosure) -> None:
        """Raise VerificationFailed for terms without a key from the sunset on, and commitments in an unsigned order."""
        if disclosure.signed is None:
            try:
                begins = self._ledger.consent(disclosure.consent).valid_from
                self._ledger.deployment.check_suite(begins, has_post_quantum=False)
            except InvalidInput as error:
                raise VerificationFailed(str(error)) from None
            return
        found = self._ledger.events("Committed", disclosure.consent)
        roots = [bytes(32), *(each.root for each in found if isinstance(each, Committed))]
        if roots[-2:] != [disclosure.signed.replaces, disclosure.root]:
            raise VerificationFailed("The commitments are not in the order that was signed; do not rely on this.")

    def check_live(self, consent: str) -> None:
        """Raise VerificationFailed unless a consent is live."""
        if not self._ledger.is_live(consent):
            status = STATUS[self._ledger.status(consent)]
            raise VerificationFailed(f"The consent is {status}, not live; do not look at it.")

    def advise(self, disclosure: Disclosure, text: str) -> Advice:
        """Record advice about what was disclosed, and return it with the salt that opens its digest.

        Raises InvalidInput for a text that is no advice, and what `record` raises.
        """
        advice = Advice(text, self._random_bytes(32))
        self.record(disclosure.consent, disclosure.root, advice)
        return advice

    def record(self, consent: str, commitment: bytes, advice: Advice) -> None:
        """Record the digest of advice about a commitment, unless the ledger has it already.

        Raises NotYet where a later block may take it, as when the node is behind, and Rejected where none will.
        """
        if self._ledger.read("AdviceLog", "stageOf", (consent, commitment, advice.digest)) == AdviceStage.NONE:
            try:
                self._ledger.record_advice(consent, commitment, advice.digest, self._account)
            except Rejected as rejected:
                if may_pass(rejected.name, rejected.arguments):
                    raise not_yet(rejected, self._ledger) from rejected
                raise

    def release(self, consent: str) -> TransactionReceipt:
        """Release a consent permanently."""
        return self._ledger.release(consent, self._account)
