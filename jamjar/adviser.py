"""The adviser's desk: records each look before it looks, and believes nothing that does not open to the ledger."""

from collections.abc import Callable, Mapping

from jamjar import disclosure as disclosures
from jamjar.advice import Advice
from jamjar.disclosure import Disclosure
from jamjar.errors import VerificationFailed
from jamjar.ledger import Ledger, Receipt, Sender


class Desk:
    """One adviser's place of work: `account` acts for its member, `ledger` is its own node."""

    def __init__(self, ledger: Ledger, account: Sender, random_bytes: Callable[[int], bytes]) -> None:
        self._ledger = ledger
        self._account = account
        self._random_bytes = random_bytes

    def use(self, consent: str) -> Receipt:
        """Record that this adviser is going to look at the consent's head."""
        return self._ledger.use(consent, self._ledger.head_of(consent), self._account)

    def verify(self, disclosure: Disclosure) -> Mapping[str, int]:
        """Return the figures of a disclosure, in pence, if all of it holds against the ledger.

        Raises VerificationFailed, saying what does not hold; then rely on none of it.
        """
        deployment = self._ledger.deployment
        here = (deployment.chain_id, deployment.commitment_registry.address)
        if (disclosure.chain_id, disclosure.contract) != here:
            raise VerificationFailed("The disclosure is about another ledger; ask for one about this.")
        consent = disclosure.consent
        return disclosures.verify(
            disclosure, root=self._ledger.head_of(consent), terms_digest=self._ledger.terms_digest(consent)
        )

    def advise(self, consent: str, text: str) -> Advice:
        """Record advice about the consent's head, and return it with the salt that opens its digest."""
        advice = Advice(text, self._random_bytes(32))
        self._ledger.record_advice(consent, self._ledger.head_of(consent), advice.digest, self._account)
        return advice

    def release(self, consent: str) -> Receipt:
        """Give a consent up, for ever."""
        return self._ledger.release(consent, self._account)
