"""An adviser's clients: what the adviser calls each consent, and where letters to its claimant go.

A record holds no figure. It goes once the consent has ended and nothing under it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault

CLIENT: Final = "client"
"""The kind of the records, by the consent."""
LONGEST_LABEL: Final = 60


@dataclass(frozen=True, slots=True)
class Client:
    """One consent as its recipient knows it.

    label      what the adviser calls it, empty until it is told
    reply_key  the claimant's public key for letters, and the commitment that they are about; empty before a look
    """

    consent: str
    label: str = ""
    reply_key: bytes = field(default=b"", repr=False)
    commitment: bytes = b""

    def to_json(self) -> bytes:
        """Return the record in the vault."""
        record = {"label": self.label, "reply_key": self.reply_key.hex(), "commitment": self.commitment.hex()}
        return strict_json.dumps(record).encode()

    @classmethod
    def from_json(cls, consent: str, value: bytes) -> Client:
        """Read what `to_json` wrote."""
        found = strict_json.loads(value.decode(), "A client's record")
        return cls(consent, found["label"], *(bytes.fromhex(found[name]) for name in ("reply_key", "commitment")))


def clients(vault: Vault) -> dict[str, Client]:
    """Return the clients, by consent."""
    with vault.reading() as transaction:
        return {consent: Client.from_json(consent, value) for consent, value in transaction.all(CLIENT)}


def remember(transaction: VaultTransaction, consent: str, reply_key: bytes, commitment: bytes) -> None:
    """Remember where letters to a claimant go; a label stays."""
    kept = _kept(transaction, consent)
    transaction.put(CLIENT, consent, replace(kept, reply_key=reply_key, commitment=commitment).to_json())


def name_client(vault: Vault, consent: str, label: str) -> None:
    """Call a consent's claimant by a label, one line of at most 60 characters; an empty one takes the label away."""
    if len(label) > LONGEST_LABEL or not label.isprintable() or label != label.strip():
        raise InvalidInput(f"The label is not one line of up to {LONGEST_LABEL} characters; shorten it.")
    with vault.writing() as transaction:
        transaction.put(CLIENT, consent, replace(_kept(transaction, consent), label=label).to_json())


def _kept(transaction: VaultTransaction, consent: str) -> Client:
    record = transaction.get(CLIENT, consent)
    return Client(consent) if record is None else Client.from_json(consent, record)
