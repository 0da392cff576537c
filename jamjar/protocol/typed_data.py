"""The EIP-712 messages a consent key signs, equal to the contracts' field for field.

ConsentRegistry checks Grant, Pause, Resume, Reconfirm and Withdraw; CommitmentRegistry checks Commit;
AdviceLog checks Acknowledge. A `Domain` names the contract, and the caller chooses the right one:
a signature for one contract or chain is invalid on every other.

Each class declares its fields in the order of the Solidity struct; type strings and hashes derive from that.
Construction raises InvalidInput for values that do not fit their Solidity types. Whether they make sense (dates in
order, a root that is not zero) is decided by the contract, in the block that records them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, Final, TypeAlias, get_args, get_type_hints

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput
from jamjar.protocol.address import checksum_address, parse_address

Address: TypeAlias = Annotated[str, "address"]
"""An address with its EIP-55 checksum."""
Bytes32: TypeAlias = Annotated[bytes, "bytes32"]
"""Exactly 32 bytes."""
Uint16: TypeAlias = Annotated[int, "uint16"]
"""From 0 to 2**16 - 1, such as a count of uses."""
Uint32: TypeAlias = Annotated[int, "uint32"]
"""From 0 to 2**32 - 1, such as a member's number."""
Uint40: TypeAlias = Annotated[int, "uint40"]
"""From 0 to 2**40 - 1, such as Unix seconds."""

_DOMAIN_FIELDS: Final = (
    ("name", "string"),
    ("version", "string"),
    ("chainId", "uint256"),
    ("verifyingContract", "address"),
)
_DOMAIN_TYPEHASH: Final = keccak256(
    b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)


@dataclass(frozen=True, slots=True)
class Domain:
    """One contract on one chain, for which signatures are meant (EIP-712, definition of domainSeparator)."""

    chain_id: int
    contract: str
    name: str = "Jamjar"
    version: str = "1"
    separator: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if type(self.chain_id) is not int or not 0 < self.chain_id < 2**256:
            raise InvalidInput("The chain id is not a whole number from 1 to 2**256 - 1; ask the node for it.")
        contract = parse_address(self.contract)
        object.__setattr__(self, "contract", checksum_address(contract))
        parts = (
            _DOMAIN_TYPEHASH,
            keccak256(self.name.encode()),
            keccak256(self.version.encode()),
            self.chain_id.to_bytes(32, "big"),
            contract.rjust(32, b"\0"),
        )
        object.__setattr__(self, "separator", keccak256(b"".join(parts)))


class Message:
    """The base of all messages: the consent, and fields checked against their Solidity types on construction."""

    __slots__ = ()

    consent: Address

    def __post_init__(self) -> None:
        for member in _schema(self).members:
            value = _checked(member, getattr(self, member.attribute))
            object.__setattr__(self, member.attribute, value)


@dataclass(frozen=True, slots=True)
class Grant(Message):
    """The claimant consents: `recipient` (a member number) may use it between two times, in Unix seconds."""

    consent: Address
    recipient: Uint32
    valid_from: Uint40
    valid_until: Uint40
    reconfirm_by: Uint40
    max_uses: Uint16
    terms_digest: Bytes32


@dataclass(frozen=True, slots=True)
class Pause(Message):
    """The claimant suspends the consent; `sequence` orders it among resumptions and reconfirmations."""

    consent: Address
    sequence: Uint32


@dataclass(frozen=True, slots=True)
class Resume(Message):
    """The claimant lifts a pause."""

    consent: Address
    sequence: Uint32


@dataclass(frozen=True, slots=True)
class Reconfirm(Message):
    """The claimant confirms the consent again, until `reconfirm_by` in Unix seconds."""

    consent: Address
    sequence: Uint32
    reconfirm_by: Uint40


@dataclass(frozen=True, slots=True)
class Withdraw(Message):
    """The claimant ends the consent permanently: no sequence and no deadline, so it can be signed in advance.

    Warning: whoever holds this signature can end the consent, and nothing else, at any time.
    """

    consent: Address


@dataclass(frozen=True, slots=True)
class Commit(Message):
    """The claimant commits to a Merkle root in place of the one it `replaces` (32 zero bytes for the first)."""

    consent: Address
    root: Bytes32
    replaces: Bytes32


@dataclass(frozen=True, slots=True)
class Acknowledge(Message):
    """The claimant has received the advice with this digest about this commitment."""

    consent: Address
    commitment: Bytes32
    advice: Bytes32


@dataclass(frozen=True, slots=True)
class _Member:
    attribute: str  # valid_from
    name: str  # validFrom
    type: str  # uint40


@dataclass(frozen=True, slots=True)
class _Schema:
    members: tuple[_Member, ...]
    type_hash: bytes


def _derive(cls: type[Message]) -> _Schema:
    hints = get_type_hints(cls, include_extras=True)
    members = tuple(
        _Member(f.name, re.sub("_(.)", lambda m: m[1].upper(), f.name), get_args(hints[f.name])[1])
        for f in fields(cls)  # type: ignore[arg-type]  # every message is a dataclass
    )
    type_string = f"{cls.__name__}({','.join(f'{m.type} {m.name}' for m in members)})"
    return _Schema(members, keccak256(type_string.encode("ascii")))


MESSAGES: Final = (Grant, Pause, Resume, Reconfirm, Withdraw, Commit, Acknowledge)
"""All that a consent key signs."""
_SCHEMAS: Final[dict[type[Message], _Schema]] = {cls: _derive(cls) for cls in MESSAGES}


def members_of(kind: type[Message]) -> dict[str, str]:
    """Return the Solidity type of each field of a message's class, in order."""
    return {member.attribute: member.type for member in _SCHEMAS[kind].members}


def _schema(message: Message) -> _Schema:
    try:
        return _SCHEMAS[type(message)]
    except KeyError:
        raise InvalidInput(
            "The message is of no class that can be signed; make one of the classes in MESSAGES."
        ) from None


def _checked(member: _Member, value: Any) -> str | int | bytes:
    if member.type == "address":
        return checksum_address(parse_address(value))
    if member.type == "bytes32":
        if not isinstance(value, bytes) or len(value) != 32:
            raise InvalidInput(f"The field {member.name} is not 32 bytes long; pass the digest itself.")
        return bytes(value)
    bits = int(member.type.removeprefix("uint"))
    if type(value) is not int or not 0 <= value < 1 << bits:
        raise InvalidInput(f"The field {member.name} is not a whole number from 0 to 2**{bits} - 1; correct it.")
    return value


def _word(value: str | int | bytes) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, int):
        return value.to_bytes(32, "big")
    return bytes.fromhex(value[2:]).rjust(32, b"\0")


def digest(domain: Domain, message: Message) -> bytes:
    """Return the 32 bytes to sign: keccak256(0x1901 || domain separator || hashStruct(message)), EIP-712."""
    schema = _schema(message)
    words = b"".join([_word(getattr(message, member.attribute)) for member in schema.members])
    return signed_digest(domain, keccak256(schema.type_hash + words))


def signed_digest(domain: Domain, struct_hash: bytes) -> bytes:
    """Return the 32 bytes to sign of a struct with this hashStruct, for the contract that `domain` names."""
    return keccak256(b"\x19\x01" + domain.separator + struct_hash)


def full_message(domain: Domain, message: Message) -> dict[str, Any]:
    """Return what a wallet shows and signs: the JSON of eth_signTypedData_v4, byte strings as 0x text."""
    members = _schema(message).members
    values = {m.name: getattr(message, m.attribute) for m in members}
    return document(domain, type(message).__name__, [(m.name, m.type) for m in members], values)


def document(
    domain: Domain, name: str, members: Sequence[tuple[str, str]], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the JSON of eth_signTypedData_v4 for a struct of this name; byte strings are shown as 0x text.

    members  name and Solidity type of each member, in order
    """
    return {
        "types": {
            "EIP712Domain": [{"name": n, "type": t} for n, t in _DOMAIN_FIELDS],
            name: [{"name": n, "type": t} for n, t in members],
        },
        "primaryType": name,
        "domain": {
            "name": domain.name,
            "version": domain.version,
            "chainId": domain.chain_id,
            "verifyingContract": domain.contract,
        },
        "message": {n: "0x" + v.hex() if isinstance(v, bytes) else v for n, v in values.items()},
    }
