"""What a relayer answers, as a value, and as the JSON that its app writes and its client reads."""

from dataclasses import dataclass
from typing import Any

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol.signed_message import from_hex, to_hex
from jamjar.relayer.item import ItemState, Outcome, Place, Reason
from jamjar.relayer.promise import SignedPromise


@dataclass(frozen=True, slots=True)
class MessageAnswer:
    """What a relayer says of a message: its id, how far it has come, what came of it, and its receipt.

    There is a receipt until the message is carried. What is on a block anybody can ask about, and a receipt says when
    a message was accepted, which is what epochs are there to hide.
    """

    id: bytes
    state: ItemState
    outcome: Outcome | None = None
    receipt: SignedPromise | None = None
    is_new: bool = False


def to_json(answer: MessageAnswer) -> dict[str, Any]:
    """Return an answer as an object for JSON; byte strings are 0x and small hex digits."""
    return {
        "id": to_hex(answer.id),
        "state": answer.state.name,
        "outcome": _outcome(answer.outcome),
        "receipt": answer.receipt.to_json() if answer.receipt else None,
    }


def from_json(value: object, *, is_new: bool) -> MessageAnswer:
    """Read what `to_json` wrote; raises InvalidInput for all else."""
    found = strict_json.fields(value, "The answer", "id", "state", "outcome", "receipt")
    if not isinstance(found["state"], str) or found["state"] not in ItemState.__members__:
        raise InvalidInput("The answer has a state that is not known; use the version that the relayer has.")
    receipt = None if found["receipt"] is None else SignedPromise.from_json(found["receipt"])
    outcome = _read_outcome(found["outcome"])
    return MessageAnswer(from_hex(found["id"], 32), ItemState[found["state"]], outcome, receipt, is_new)


def _outcome(outcome: Outcome | None) -> dict[str, Any] | None:
    if isinstance(outcome, Place):
        place = {"block": outcome.block, "log_index": outcome.log_index}
        return {**place, "transaction": to_hex(outcome.transaction)}
    return {"code": outcome.code, "sentence": outcome.sentence} if outcome else None


def _read_outcome(value: object) -> Outcome | None:
    if value is None:
        return None
    if isinstance(value, dict) and "code" in value:
        found = strict_json.fields(value, "The reason", "code", "sentence")
        return Reason(str(found["code"]), str(found["sentence"]))
    found = strict_json.fields(value, "The place", "block", "transaction", "log_index")
    if not type(found["block"]) is type(found["log_index"]) is int:
        raise InvalidInput("The place of an event is in whole numbers; ask again.")
    return Place(found["block"], from_hex(found["transaction"], 32), found["log_index"])
