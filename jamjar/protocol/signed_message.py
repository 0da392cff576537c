"""One signed message as a file for a carrier, with everything needed to carry it to its contract.

    {"format": "jamjar.signed.1", "chain_id": 1337, "contract": "0x...", "type": "Withdraw",
     "message": {"consent": "0x..."}, "r": "0x...", "vs": "0x..."}

"jamjar.signed.2" has also "pq_key" and "pq_signature", in base 64: an ML-DSA-44 key and its signature of the same
digest (`jamjar.protocol.post_quantum`). The message's fields have the names in `typed_data`; addresses have the EIP-55
checksum, byte strings are 0x and lower-case hex digits, and no other form is accepted.

Warning: such a file has all the power of the signature in it. Whoever holds a signed withdrawal can end that consent.
"""

from typing import Any, Final

from jamjar.crypto import ml_dsa
from jamjar.encoding import strict_json
from jamjar.encoding.json_schema import ADDRESS, Schema, hex_digits, matching, one_of, record, whole
from jamjar.encoding.strict_base64 import encode
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol import typed_data
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.post_quantum import PostQuantumSignature
from jamjar.protocol.signing import Signature, SignedMessage, recover
from jamjar.protocol.typed_data import MESSAGES, Domain, Message

FORMAT: Final = "jamjar.signed.1"
"""Of a message that the consent's own key alone signed."""
POST_QUANTUM_FORMAT: Final = "jamjar.signed.2"
"""Of one that an ML-DSA-44 key signed, too."""
MAX_BYTES: Final = 8 * 1024
"""Of a message's text."""
_TYPES: Final = {kind.__name__: kind for kind in MESSAGES}
_NAMES: Final[dict[type[Message], tuple[str, ...]]] = {kind: tuple(typed_data.members_of(kind)) for kind in MESSAGES}
_FIELDS: Final = ("format", "chain_id", "contract", "type", "message", "r", "vs")
_FORMATS: Final = {FORMAT: _FIELDS, POST_QUANTUM_FORMAT: (*_FIELDS, "pq_key", "pq_signature")}
_WORDS: Final = frozenset({"terms_digest", "root", "replaces", "commitment", "advice"})
"""The fields of 32 bytes."""
_WHAT: Final = "The signed message"
WORD: Final[Schema] = hex_digits(32, "0x")
"""The JSON Schema of 32 bytes as `to_hex` writes them."""


def to_json(signed: SignedMessage, domain: Domain) -> str:
    """Return the canonical text (sorted keys, no spaces) of a message for the contract that `domain` names.

    Raises what `check` does, so that no message is written that its contract would refuse for its signature.
    """
    check(signed, domain)
    return text_of(signed, domain)


def text_of(signed: SignedMessage, domain: Domain) -> str:
    """Return the text that `to_json` does, of a message that was checked for its contract before."""
    values = {name: getattr(signed.message, name) for name in _NAMES[type(signed.message)]}
    also = signed.post_quantum
    beside = {} if also is None else {"pq_key": encode(also.key), "pq_signature": encode(also.signature)}
    return strict_json.dumps(
        {
            "format": POST_QUANTUM_FORMAT if beside else FORMAT,
            "chain_id": domain.chain_id,
            "contract": domain.contract,
            "type": type(signed.message).__name__,
            "message": {name: to_hex(value) if isinstance(value, bytes) else value for name, value in values.items()},
            "r": to_hex(signed.signature.r),
            "vs": to_hex(signed.signature.vs),
            **beside,
        }
    )


def from_json(text: object, domain: Domain | None = None) -> SignedMessage:
    """Read a message from a text of at most 8 KiB, for the contract that `domain` names, if it is given.

    Raises InvalidInput for any other text, and for a message for another contract; InvalidSignature for one that its
    consent did not sign.
    """
    signed, found = read(text)
    if domain is not None and found != domain:
        raise InvalidInput("The signed message is for another chain or contract; bring it to that one.")
    return signed


def read(text: object) -> tuple[SignedMessage, Domain]:
    """Read a message, and the chain and contract it is for; raises as `from_json` does."""
    value = strict_json.loads(text, _WHAT, MAX_BYTES)
    named = value.get("format", FORMAT) if isinstance(value, dict) else FORMAT
    if not isinstance(named, str) or named not in _FORMATS:
        known = " and ".join(_FORMATS)
        raise InvalidInput(f"The message's format is unknown; this version reads {known}, so update Jamjar.")
    found = strict_json.fields(value, _WHAT, *_FORMATS[named])
    kind = _TYPES.get(found["type"]) if isinstance(found["type"], str) else None
    if kind is None:
        raise InvalidInput(f"The message is not one of {', '.join(_TYPES)}; choose the right file.")
    domain = Domain(found["chain_id"], read_address(found["contract"]))
    signature = Signature(from_hex(found["r"], 32), from_hex(found["vs"], 32))
    also = None
    if named == POST_QUANTUM_FORMAT:
        also = PostQuantumSignature.from_text(found["pq_key"], found["pq_signature"])
    signed = SignedMessage(_message(kind, found["message"]), signature, also)
    check(signed, domain)
    return signed, domain


def schema() -> Schema:
    """Return the JSON Schema of what `to_json` writes; what is read must be signed as well."""
    return one_of(*(_schema_of(kind, named) for named in _FORMATS for kind in MESSAGES))


def check(signed: SignedMessage, domain: Domain) -> None:
    """Check that the consent in a message signed it for the contract that `domain` names.

    Raises InvalidInput for what is no signed message, InvalidSignature for a signature by another key or for another
    contract.
    """
    if not isinstance(signed, SignedMessage) or not isinstance(signed.signature, Signature):
        raise InvalidInput("The message is not a SignedMessage; sign it first.")
    digest = typed_data.digest(domain, signed.message)
    if recover(digest, signed.signature) != getattr(signed.message, "consent", None):
        raise InvalidSignature("The consent did not sign this for this chain and contract; have it signed again.")
    if signed.post_quantum is not None:
        signed.post_quantum.check(digest)


def to_hex(value: bytes) -> str:
    """Return bytes as 0x and lower-case hex digits."""
    return "0x" + value.hex()


def from_hex(text: object, length: int) -> bytes:
    """Read `length` bytes written as `to_hex` does; raises InvalidInput for any other form."""
    try:
        value = bytes.fromhex(text[2:]) if isinstance(text, str) else b""
    except ValueError:
        value = b""
    if len(value) != length or to_hex(value) != text:
        raise InvalidInput(f"A value is not 0x and {2 * length} lower-case hex digits; copy it again in full.")
    return value


def read_address(text: object) -> str:
    """Read an address with its EIP-55 checksum; raises InvalidInput for any other form."""
    if not isinstance(text, str) or checksum_address(parse_address(text)) != text:
        raise InvalidInput("An address is not written with its EIP-55 checksum; copy it again.")
    return text


def _schema_of(kind: type[Message], named: str) -> Schema:
    members = {name: _field_schema(type_) for name, type_ in typed_data.members_of(kind).items()}
    values = (
        {"const": named}, whole(1, 2**256 - 1), ADDRESS, {"const": kind.__name__}, record(members), WORD, WORD,
        _base64(ml_dsa.PUBLIC_BYTES), _base64(ml_dsa.SIGNATURE_BYTES),
    )  # fmt: skip
    return record(dict(zip(_FORMATS[named], values, strict=False)))


def _base64(length: int) -> Schema:
    """Return the schema of `length` bytes in base 64."""
    padding = -length % 3
    return matching(f"[0-9a-zA-Z+/]{{{(length + padding) * 4 // 3 - padding}}}{'=' * padding}")


def _field_schema(type_: str) -> Schema:
    if type_.startswith("uint"):
        return whole(0, 2 ** int(type_.removeprefix("uint")) - 1)
    return ADDRESS if type_ == "address" else WORD


def _message(kind: type[Message], value: object) -> Message:
    found: dict[str, Any] = strict_json.fields(value, "The message", *_NAMES[kind])
    read_address(found["consent"])
    return kind(**{name: from_hex(each, 32) if name in _WORDS else each for name, each in found.items()})
