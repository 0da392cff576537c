"""The outcomes of items, read from events: each event records an item, or rejects it with a reason."""

from collections.abc import Iterable, Sequence
from typing import Final

from eth_abi.abi import decode as abi_decode
from eth_abi.exceptions import DecodingError

from jamjar.errors import LedgerError, Rejected
from jamjar.protocol import rejections
from jamjar.protocol.event_decoding import topic_of
from jamjar.relayer.calldata import Load
from jamjar.relayer.item import Outcome, Place, Rejection
from jamjar.relayer.node_port import Mined, NodeLog

_RECORDED: Final = {
    "Grant": "ConsentGranted",
    "Pause": "ConsentPaused",
    "Resume": "ConsentResumed",
    "Reconfirm": "ConsentReconfirmed",
    "Withdraw": "ConsentWithdrawn",
    "Commit": "Committed",
    "Acknowledge": "AdviceAcknowledged",
}
_REJECTED: Final = {
    "Grant": "GrantRejected",
    "Withdraw": "WithdrawalRejected",
    "Commit": "CommitmentRejected",
    "Acknowledge": "AcknowledgementRejected",
}
_RECORDED_TOPICS: Final = {kind: str(topic_of(name))[2:] for kind, name in _RECORDED.items()}
_REJECTED_TOPICS: Final = {kind: str(topic_of(name))[2:] for kind, name in _REJECTED.items()}


def outcomes_of(mined: Mined, loads: Sequence[Load]) -> dict[int, Outcome]:
    """Return the outcomes of a carriage's items, by their numbers, from its transaction.

    A transaction that failed, or that only used the nonce, has no events, and so no outcomes. For any other the
    contracts emit one event for each item, in order; raises LedgerError where that is not so.
    """
    if not mined.logs:
        return {}
    if len(mined.logs) != len(loads):
        raise LedgerError("The receipt does not have one event for each item of its batch; ask another node.")
    return {load.number: _outcome(load, place, mined.logs[place]) for place, load in enumerate(loads)}


def recorded(loads: Iterable[Load], logs: Iterable[NodeLog]) -> dict[int, Outcome]:
    """Return the places of items that are on the ledger already, by their numbers, from events about their consents."""
    by_event: dict[tuple[str, str], list[NodeLog]] = {}
    for log in logs:
        by_event.setdefault((log.topics[0], log.topics[1]), []).append(log)
    found: dict[int, Outcome] = {}
    for load in loads:
        for log in by_event.get((_RECORDED_TOPICS[load.kind], _topic(load)), []):
            if log.data.endswith(_said(load)):
                found.setdefault(load.number, _place(log))
    return found


def reason_of(rejected: Rejected) -> Rejection:
    """Return a contract's refusal as a reason."""
    return Rejection(rejected.name, str(rejected))


def _outcome(load: Load, place: int, log: NodeLog) -> Outcome:
    if log.topics[1:2] == (_topic(load),):
        if log.topics[0] == _RECORDED_TOPICS[load.kind]:
            return _place(log)
        if log.topics[0] == _REJECTED_TOPICS.get(load.kind):
            try:
                index, reason = abi_decode(["uint256", "bytes"], bytes.fromhex(log.data))
            except (DecodingError, ValueError) as error:
                raise LedgerError("The reason of a rejected item is cut short; ask another node.") from error
            if index == place:
                return reason_of(rejections.decode(reason))
    raise LedgerError("An event of the receipt is not about the item in its place; ask another node.")


def _topic(load: Load) -> str:
    return load.words[:64]


def _said(load: Load) -> str:
    """Return the end of the data of an item's event: the signed fields that are in it."""
    if load.kind == "Grant":
        return load.fields[64:]  # the recipient is a topic
    return load.fields[:64] if load.kind == "Commit" else load.fields  # the event has the replaced root before it


def _place(log: NodeLog) -> Place:
    return Place(log.block, log.transaction, log.index)
