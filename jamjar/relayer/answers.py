"""A relayer's answer about a message, as a value and as JSON."""

from dataclasses import dataclass
from typing import Any, Final

from jamjar.encoding import strict_json
from jamjar.encoding.json_schema import NOTHING, TEXT, Schema, one_of, record, whole
from jamjar.errors import InvalidInput
from jamjar.protocol.signed_message import WORD, from_hex, to_hex
from jamjar.relayer.item import ItemState, Outcome, Place, Reason
from jamjar.relayer.promise import SCHEMA as RECEIPT
from jamjar.relayer.promise import SignedPromise

_PLACE: Final = record({"block": whole(), "transaction": WORD, "log_index": whole()})
_REASON: Final = record({"code": TEXT, "sentence": TEXT})
SCHEMA: Final[Schema] = record(
    {
        "id": WORD,
        "state": {"enum": [state.name for state in ItemState]},
        "outcome": one_of(_PLACE, _REASON, NOTHING),
        "receipt": one_of(RECEIPT, NOTHING),
    }
)
"""The JSON Schema of an answer."""


@dataclass(frozen=True, slots=True)
class MessageAnswer:
    """What a relayer reports of a message: its id, its state, its outcome, and its receipt.

    There is a receipt only until the message is carried. After that anyone may ask for it, and a receipt says when the
    message was accepted, which epochs are to hide.
    """

    id: bytes
    state: ItemState
    outcome: Outcome | None = None
    receipt: SignedPromise | None = None
    is_new: bool = False


def to_json(answer: MessageAnswer) -> dict[str, Any]:
    """Return an answer as an object for JSON; byte strings are 0x and lower-case hex."""
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
        raise InvalidInput("The answer has an unknown state; update Jamjar to the relayer's version.")
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
        raise InvalidInput("The place of an event is not in whole numbers; ask again.")
    return Place(found["block"], from_hex(found["transaction"], 32), found["log_index"])
