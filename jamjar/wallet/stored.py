"""The records of a consent and of each commitment under it, as the vault stores them.

Neither has a secret: keys and salts derive from that of the consent, which is a separate record. So it is enough to
destroy that one record for these to open nothing.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from jamjar.consent.terms import Terms
from jamjar.crypto.hashing import require_word
from jamjar.disclosure import commitment as commitments
from jamjar.disclosure.commitment import Commitment
from jamjar.disclosure.named_set import SetValues
from jamjar.disclosure.text_leaf import TextEntry
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.plan.budget import Budget, Entry
from jamjar.vault.secret import ConsentSecret, commitment_label
from jamjar.vault.transaction import VaultTransaction

FORMAT: Final = "jamjar.held.1"
NO_ROOT: Final = bytes(32)
NONCE_BYTES: Final = 16
_LONGEST: Final = 1 << 18
Also: TypeAlias = Callable[[VaultTransaction, str], object]
"""What is done in the same transaction, given the consent's address or the refusal's name."""


def skip(_: VaultTransaction, __: str) -> None:
    """Do nothing more."""


@dataclass(frozen=True, slots=True)
class StoredConsent:
    """A consent: its terms, when it ends (Unix seconds), and the state of its messages.

    sequence  of the next message that has one; `signed` is the highest that the wallet signed
    head      the root last committed to, 32 zero bytes if none
    """

    terms: Terms = field(repr=False)
    valid_from: int
    valid_until: int
    sequence: int = 0
    signed: int = 0
    head: bytes = field(default=NO_ROOT, repr=False)

    def next(self) -> "StoredConsent":
        """Return the consent after one more message with a sequence."""
        return replace(self, sequence=self.sequence + 1, signed=max(self.signed, self.sequence + 1))

    def committed(self, root: bytes) -> "StoredConsent":
        """Return the consent with a new head."""
        return replace(self, head=root)

    def at(self, head: bytes, sequence: int) -> "StoredConsent":
        """Return the consent with the ledger's head and sequence."""
        return replace(self, head=head, sequence=sequence)

    def to_json(self) -> bytes:
        """Return the record as canonical JSON in UTF-8."""
        record: dict[str, Any] = {name: getattr(self, name) for name in _NUMBERS}
        record |= {"format": FORMAT, "terms": json.loads(self.terms.to_json()), "head": self.head.hex()}
        return strict_json.dumps(record).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "StoredConsent":
        """Read what `to_json` wrote; raises InvalidInput for anything else."""
        record = _read(data, "format", "terms", "head", *_NUMBERS)
        if record["format"] != FORMAT:
            raise InvalidInput(f"A consent in the vault is not in the format {FORMAT}; use the version that wrote it.")
        numbers = {name: record[name] for name in _NUMBERS}
        if not all(type(number) is int and number >= 0 for number in numbers.values()):
            raise InvalidInput("A consent in the vault has an invalid number; restore a backup.")
        head = _bytes(record["head"])
        require_word(head, "The head of a consent in the vault")
        return cls(terms=Terms.from_json(json.dumps(record["terms"])), head=head, **numbers)


_NUMBERS: Final = ("valid_from", "valid_until", "sequence", "signed")


@dataclass(frozen=True, slots=True)
class StoredCommitment:
    """A commitment: its entries, and the nonce for which the consent's secret derives their salts.

    The nonce is random and not a counter: a restored vault would count again from an earlier number, and salts that an
    adviser was shown for one budget would be used for the figures of another.

    leaf_format  of the commitment: 2 where the terms allow questions, 1 otherwise, as in vaults before there were any
    replaces     the root before it, 32 zero bytes if there was none; None under terms that name no key to sign that
    texts        of a set, beside its numbers and dates
    """

    consent: str
    nonce: bytes = field(repr=False)
    entries: tuple[Entry, ...] = field(repr=False)
    leaf_format: int = commitments.FORMAT
    replaces: bytes | None = field(default=None, repr=False)
    texts: tuple[TextEntry, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if len(self.nonce) != NONCE_BYTES:
            raise InvalidInput(f"The nonce of the commitment is not {NONCE_BYTES} bytes; draw a new one.")

    @classmethod
    def of(
        cls, consent: str, nonce: bytes, values: Budget | SetValues, terms: Terms, replaces: bytes = NO_ROOT
    ) -> "StoredCommitment":
        """Return what a consent to these terms commits to of a budget or a set, in place of another root.

        Raises InvalidInput for a budget under terms of a set, the other way round, and for values of another set.
        """
        leaf_format = commitments.PEDERSEN_FORMAT if terms.questions else commitments.FORMAT
        signed = replaces if terms.pq_key else None
        if isinstance(values, SetValues):
            values.check_terms(terms)
            entries, texts = values.entries(terms.concerns), values.texts(terms.concerns)
        elif terms.set_id:
            raise InvalidInput(f"The terms are about the set {terms.set_id}; commit to values of it, not to a budget.")
        else:
            entries, texts = values.entries(terms.covered, terms.concerns), ()
        return cls(consent, nonce, entries, leaf_format, signed, texts)

    @property
    def label(self) -> str:
        """The label under which the salts derive from the secret of the consent."""
        return commitment_label(self.nonce)

    def to_json(self) -> bytes:
        """Return the record as canonical JSON in UTF-8."""
        entries = [[entry.name, entry.value] for entry in self.entries]
        record: dict[str, Any] = {"consent": self.consent, "nonce": self.nonce.hex(), "entries": entries}
        if self.leaf_format != commitments.FORMAT:
            record["leaf_format"] = self.leaf_format
        if self.replaces is not None:
            record["replaces"] = self.replaces.hex()
        if self.texts:
            record["texts"] = [[entry.name, entry.text] for entry in self.texts]
        return strict_json.dumps(record).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "StoredCommitment":
        """Read what `to_json` wrote; raises InvalidInput for anything else."""
        record = _read(data, "consent", "nonce", "entries", optional=("leaf_format", "replaces", "texts"))
        entries = tuple(Entry(*pair) for pair in strict_json.items(record["entries"], "The entries of a commitment"))
        leaf_format = record.get("leaf_format", commitments.FORMAT)
        replaces = _bytes(record["replaces"]) if "replaces" in record else None
        texts = tuple(TextEntry(*pair) for pair in strict_json.items(record.get("texts", []), "The texts of a set"))
        return cls(record["consent"], _bytes(record["nonce"]), entries, leaf_format, replaces, texts)


def commitment_of(secret: ConsentSecret, plan: StoredCommitment) -> Commitment:
    """Return the commitment to a plan with this secret."""
    return commitments.commit(plan.entries, lambda size: secret.derive(plan.label, size), plan.leaf_format, plan.texts)


def _read(data: bytes, *keys: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    value = strict_json.loads(data.decode("utf-8"), "A record of the vault", _LONGEST)
    return strict_json.fields(value, "A record of the vault", *keys, optional=optional)


def _bytes(text: object) -> bytes:
    try:
        return bytes.fromhex(text if isinstance(text, str) else "?")
    except ValueError:
        raise InvalidInput("A record of the vault has a word that is not hex; restore a backup.") from None
