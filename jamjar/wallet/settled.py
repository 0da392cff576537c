"""What the wallet knows to be on the ledger of all it signed: the events that no honest log of that ledger lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol.abi import EVENT, entries
from jamjar.protocol.address import checksum_address
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.typed_data import Commit, Grant, Message, Withdraw
from jamjar.tlog.leaf import RawEvent
from jamjar.vault.transaction import VaultTransaction

SETTLED: Final = "settled"
"""The kind of these records in the vault, by `consent/event`, or `consent/event/root` for a commitment."""
FORMAT: Final = "jamjar.settled.1"
WORD: Final = 32
_EVENTS: Final[dict[type[Message], str]] = {
    Grant: "ConsentGranted",
    Commit: "Committed",
    Withdraw: "ConsentWithdrawn",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """An event of a consent that is on the ledger: `name` is that of its record, `block` the last it can stand in."""

    name: str
    block: int

    def __str__(self) -> str:
        consent, event, *_ = self.name.split("/")
        return f"{event} of {consent}, recorded by block {self.block}"


def keep(transaction: VaultTransaction, message: Message, block: int | None) -> None:
    """Keep that a grant, a commitment or a withdrawal was recorded, in this block or before; None for not recorded."""
    event = _EVENTS.get(type(message))
    if event is not None and block is not None:
        root = message.root if isinstance(message, Commit) else None
        value = strict_json.dumps({"format": FORMAT, "block": block}).encode()
        transaction.add(SETTLED, _name(message.consent, event, root), value)


def is_kept(transaction: VaultTransaction, consent: str, root: bytes) -> bool:
    """Return whether a commitment is known to have been recorded."""
    return transaction.get(SETTLED, _name(consent, _EVENTS[Commit], root)) is not None


def lacking(
    transaction: VaultTransaction, deployment: Deployment, shown: Iterable[RawEvent], last: int
) -> list[Settled]:
    """Return what was recorded by block `last` and is not among the events that a log shows up to there."""
    there = {_name_of(event, deployment) for event in shown}
    return [
        Settled(name, block)
        for name, value in transaction.all(SETTLED)
        if (block := _block(value)) <= last and name not in there
    ]


def _name(consent: str, event: str, root: bytes | None) -> str:
    return f"{consent}/{event}" + (f"/0x{root.hex()}" if root is not None else "")


def _name_of(event: RawEvent, deployment: Deployment) -> str:
    """Return the name of the record that an event answers to, an empty one for what is no such event."""
    contracts = {each.address.lower() for each in deployment.contracts().values()}
    entry = entries(EVENT).get(event.topics[0]) if event.topics else None
    is_ours = event.chain == deployment.chain_id and f"0x{event.contract.hex()}" in contracts
    if entry is None or not is_ours or len(event.topics) < 2:
        return ""
    consent, root = checksum_address(event.topics[1][12:]), None
    if entry["name"] == _EVENTS[Commit]:
        root = event.data[-WORD:]  # Committed(address indexed consent, address carrier, bytes32 root)
    return _name(consent, str(entry["name"]), root)


def _block(value: bytes) -> int:
    what = "what the vault holds of a recorded message"
    found = strict_json.fields(strict_json.loads(value.decode(), what, len(value)), what, "format", "block")
    if found["format"] != FORMAT or type(found["block"]) is not int:
        raise InvalidInput(f"A recorded message in the vault is not in the format {FORMAT}; use a newer version.")
    return int(found["block"])
