"""The call in a transaction's calldata, and its signed messages: a single one, or each item of a batch."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Final, get_args

from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.model.decision import SignedBy
from jamjar.protocol import typed_data
from jamjar.protocol.abi import FUNCTION, by_selector
from jamjar.protocol.event_decoding import value_of
from jamjar.protocol.signing import Signature, recover
from jamjar.protocol.typed_data import MESSAGES, Domain, Message

_WORD: Final = 32
_KINDS: Final = {kind.__name__.lower(): kind for kind in MESSAGES}
_ONE_EVENT: Final = frozenset({
    "use", "release", "record",
    "offerAccount", "removeAccount", "changeEncryptionKey", "rename", "acceptAccount",
    "suspend", "reinstate", "proposeRecovery", "objectToRecovery", "lapseRecovery", "cancel",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignedItem:
    """A signed message in calldata, None if it is not a valid one, and the words of its signature."""

    message: Message | None
    r: bytes
    vs: bytes

    def signed_by(self, domain: Domain) -> SignedBy[Message] | None:
        """Return the message and the key that signed it for a contract, empty if none did; None without a message."""
        if self.message is None:
            return None
        try:
            signer = recover(typed_data.digest(domain, self.message), Signature(self.r, self.vs))
        except InvalidSignature:
            signer = ""
        return SignedBy(self.message, signer)


@dataclass(frozen=True, slots=True)
class DecodedCall:
    """A call: its function, what it carried that was signed, and how many events it records, None if that varies."""

    function: str
    items: tuple[SignedItem, ...] = ()
    events: int | None = None


def read(data: bytes) -> DecodedCall:
    """Return the call that calldata makes of a contract of ours (Contract ABI Specification); its name may be empty.

    Calldata in a form that the contracts refuse is a call without items.
    """
    entry = by_selector(FUNCTION).get(data[:4])
    name = entry["name"] if entry else ""
    arguments = data[4:]
    if name in _KINDS:
        return DecodedCall(name, (_item(_KINDS[name], arguments),), 1)
    if name in _ONE_EVENT:
        return DecodedCall(name, events=1)
    if not name.endswith("Batch") or name.removesuffix("Batch") not in {*_KINDS, *_ONE_EVENT}:
        return DecodedCall(name)
    at = int.from_bytes(arguments[:_WORD], "big")
    count = int.from_bytes(arguments[at : at + _WORD], "big")
    kind = _KINDS.get(name.removesuffix("Batch"))
    if kind is None or count > len(arguments) // _WORD:
        return DecodedCall(name, events=count)
    first, size = at + _WORD, _size(kind)
    starts = range(first, first + count * size, size)
    return DecodedCall(name, tuple(_item(kind, arguments[start : start + size]) for start in starts), count)


def _size(kind: type[Message]) -> int:
    return (len(_types(kind)) + 2) * _WORD


def _item(kind: type[Message], data: bytes) -> SignedItem:
    words = [data[at : at + _WORD] for at in range(0, _size(kind), _WORD)]
    *held, r, vs = words
    if len(vs) != _WORD:
        return SignedItem(None, r, vs)
    values = [value_of(each, word) for each, word in zip(_types(kind), held, strict=True)]
    try:
        return SignedItem(None if None in values else kind(*values), r, vs)
    except InvalidInput:  # the zero address, which has no key
        return SignedItem(None, r, vs)


@cache
def _all_types() -> Mapping[str, tuple[str, ...]]:
    return {kind.__name__: tuple(get_args(each.type)[1] for each in fields(kind)) for kind in MESSAGES}


def _types(kind: type[Message]) -> tuple[str, ...]:
    return _all_types()[kind.__name__]
