"""What the ledger says, as values: what a transaction recorded, and a consent as it is kept."""

from dataclasses import dataclass

from jamjar.event import Event


@dataclass(frozen=True, slots=True)
class Receipt:
    """A transaction on the ledger: its hash (0x hex), block, gas used, and the events it recorded, in order."""

    transaction: str
    block: int
    gas_used: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class ConsentState:
    """A consent as the contract keeps it; times in Unix seconds. See IConsentRegistry.Consent."""

    recipient: int
    valid_from: int
    valid_until: int
    reconfirm_by: int
    sequence: int
    max_uses: int
    uses: int
    stage: int
