"""The claimant's wallet: makes consents, signs what becomes of them, and shows what the claimant chooses.

It needs no ledger and no node: what it signs is carried by others. Its secrets live in memory here, for as long as it
does.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from jamjar import commitment as commitments
from jamjar import disclosure as disclosures
from jamjar.budget import Budget
from jamjar.commitment import Commitment
from jamjar.deployment import Deployment
from jamjar.disclosure import Disclosure
from jamjar.errors import InvalidInput
from jamjar.signing import ConsentKey, Signed, sign
from jamjar.terms import Terms
from jamjar.typed_data import Acknowledge, Commit, Domain, Grant, Message, Pause, Reconfirm, Resume, Withdraw

NO_ROOT = bytes(32)


@dataclass(slots=True)
class _Held:
    key: ConsentKey
    terms: Terms = field(repr=False)
    terms_salt: bytes = field(repr=False)
    sequence: int = 0
    signed: int = 0
    head: bytes = field(default=NO_ROOT, repr=False)
    commitments: dict[bytes, Commitment] = field(default_factory=dict, repr=False)


class Wallet:
    """One claimant's consents on one deployment; `random_bytes` is a CSPRNG such as `secrets.token_bytes`."""

    def __init__(self, deployment: Deployment, random_bytes: Callable[[int], bytes]) -> None:
        self._deployment = deployment
        self._random_bytes = random_bytes
        self._held: dict[str, _Held] = {}

    def __repr__(self) -> str:
        return f"Wallet({len(self._held)} consents)"

    def grant(self, terms: Terms, *, valid_from: int, valid_until: int, reconfirm_by: int, max_uses: int) -> Signed:
        """Make a fresh key for a consent to these terms and sign the grant; times in Unix seconds.

        `valid_from` is also the last moment at which it can be carried.
        """
        key = ConsentKey.generate(self._random_bytes)
        salt = self._random_bytes(32)
        signed = self._sign(
            key,
            Grant(
                key.address,
                terms.recipient,
                valid_from,
                valid_until,
                reconfirm_by,
                max_uses,
                terms.digest(salt),
            ),
        )
        self._held[key.address] = _Held(key, terms, salt)
        return signed

    def commit(self, consent: str, budget: Budget) -> Signed:
        """Commit to a budget under a consent, in place of the one before, with fresh salts; sign its root."""
        held = self._of(consent)
        commitment = commitments.commit(budget.entries(), self._random_bytes)
        signed = self._sign(held.key, Commit(consent, commitment.root, held.head))
        held.commitments[commitment.root] = commitment
        held.head = commitment.root
        return signed

    def pause(self, consent: str) -> Signed:
        """Sign that a consent is suspended until resumed."""
        held = self._of(consent)
        return self._next(held, Pause(consent, held.sequence))

    def resume(self, consent: str) -> Signed:
        """Sign that a paused consent runs again."""
        held = self._of(consent)
        return self._next(held, Resume(consent, held.sequence))

    def reconfirm(self, consent: str, reconfirm_by: int) -> Signed:
        """Sign that a consent still stands, until `reconfirm_by` in Unix seconds."""
        held = self._of(consent)
        return self._next(held, Reconfirm(consent, held.sequence, reconfirm_by))

    def withdraw(self, consent: str) -> Signed:
        """Sign that a consent ends. It can be carried at any time, by anyone, and never expires."""
        return self._sign(self._of(consent).key, Withdraw(consent))

    def acknowledge(self, consent: str, commitment: bytes, advice: bytes) -> Signed:
        """Sign that the advice with this digest about this commitment was received."""
        return self._sign(self._of(consent).key, Acknowledge(consent, commitment, advice))

    def follow(self, consent: str, *, head: bytes, sequence: int) -> None:
        """Take the ledger's word for where a consent stands, when what was signed here was refused or never carried.

        Raises InvalidInput for a head that this wallet never committed to, and for a sequence it never signed: only
        its key can have moved the ledger's, so such an answer is a lie, told to have a later message signed early.
        """
        held = self._of(consent)
        if not 0 <= sequence <= held.signed:
            raise InvalidInput(f"No such sequence of {consent} was signed by this wallet; ask another node.")
        if head != NO_ROOT and head not in held.commitments:
            raise InvalidInput(f"The head of {consent} was not committed to by this wallet; open the one that did.")
        held.head, held.sequence = head, sequence

    def head_of(self, consent: str) -> bytes:
        """Return the root last committed to, 32 zero bytes if there is none."""
        return self._of(consent).head

    def consents(self) -> Sequence[str]:
        """Return the addresses of the consents held, oldest first."""
        return tuple(self._held)

    def disclose(self, consent: str, names: Iterable[str]) -> Disclosure:
        """Open the named entries of the newest commitment; raises OutsideScope for what the terms do not allow."""
        held = self._of(consent)
        if held.head == NO_ROOT:
            raise InvalidInput(f"Nothing is committed under {consent} yet; commit a budget first.")
        return disclosures.disclose(
            held.commitments[held.head],
            held.terms,
            tuple(names),
            terms_salt=held.terms_salt,
            chain_id=self._deployment.chain_id,
            contract=self._deployment.commitment_registry.address,
            consent=consent,
        )

    def _of(self, consent: str) -> _Held:
        try:
            return self._held[consent]
        except KeyError:
            raise InvalidInput(f"This wallet holds no consent {consent}; list them with consents().") from None

    def _next(self, held: _Held, message: Message) -> Signed:
        signed = self._sign(held.key, message)
        held.sequence += 1
        held.signed = max(held.signed, held.sequence)
        return signed

    def _sign(self, key: ConsentKey, message: Message) -> Signed:
        return sign(key, self._domain(type(message)), message)

    def _domain(self, message: type[Message]) -> Domain:
        return self._deployment.domain_of(message)
