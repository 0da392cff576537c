"""Tokens: a member, the admitter, vouches that a real claimant holds a consent, and cannot tell later which claimant.

A token is the admitter's blind RSA signature over a consent and an epoch, a month in UTC, by the key that the admitter
published on the ledger for that epoch (`jamjar.crypto.blind_rsa`). A consent is granted once, so a token serves once,
and nobody has to keep a list of spent ones.

Grants are checked by whoever carries them, by desks, and by audits. Warning: nothing may ask for a token to withdraw,
pause, release or commit: these need none.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Final, TypeAlias

from jamjar.crypto import blind_rsa
from jamjar.crypto.hashing import keccak256
from jamjar.encoding import strict_base64, strict_json
from jamjar.encoding.json_schema import ADDRESS, Schema, matching, record, whole
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol.address import parse_address
from jamjar.protocol.signed_message import read_address
from jamjar.protocol.typed_data import Domain

FORMAT: Final = "jamjar.token.1"
LEAST_BITS, MOST_BITS = 2048, 4096
"""The sizes of an admitter's modulus."""
MOST_QUOTA: Final = 64
_DOMAIN: Final = b"jamjar/enrol/1"
_END: Final = 253_402_300_799
"""The last second of the year 9999."""
_KEY_PREFIX: Final = b"jamjar.epoch-key.1"
_FIELDS: Final = ("format", "admitter", "epoch", "consent", "signature")
_WHAT: Final = "The token"


@dataclass(frozen=True, slots=True)
class EpochKey:
    """An admitter's public key for one epoch, and how many tokens it gives each person in it.

    epoch    the month as YYYYMM, in UTC
    quota    tokens for each person, 1 to 64; a wallet always takes all of them
    modulus  of 2,048 to 4,096 bits; the exponent is 65,537

    Raises InvalidInput for anything else: a key that only one claimant is given would mark its tokens.
    """

    epoch: int
    quota: int
    modulus: int = field(repr=False)

    def __post_init__(self) -> None:
        check_epoch(self.epoch)
        if type(self.quota) is not int or not 1 <= self.quota <= MOST_QUOTA:
            raise InvalidInput(f"The quota is not 1 to {MOST_QUOTA} tokens; have the admitter publish another key.")
        bits = self.modulus.bit_length()
        if not LEAST_BITS <= bits <= MOST_BITS or bits % 8 or self.modulus % 2 == 0:
            raise InvalidInput(
                f"The admitter's key is not an odd number of {LEAST_BITS} to {MOST_BITS} bits; do not use it."
            )

    @property
    def digest(self) -> bytes:
        """Keccak-256 of the key as it is published."""
        return keccak256(self.to_bytes())

    def to_bytes(self) -> bytes:
        """Return the key as a member publishes it, in the place of its encryption key (IConsortium)."""
        numbers = self.epoch.to_bytes(4, "big") + self.quota.to_bytes(2, "big")
        return _KEY_PREFIX + numbers + self.modulus.to_bytes(blind_rsa.size_of(self.modulus), "big")

    @classmethod
    def from_bytes(cls, data: bytes) -> "EpochKey":
        """Read what `to_bytes` wrote; raises InvalidInput for anything else."""
        rest = data.removeprefix(_KEY_PREFIX)
        if rest == data or len(rest) < 6:
            raise InvalidInput("What this member published is no key for tokens; ask an admitter.")
        key = cls(*(int.from_bytes(part, "big") for part in (rest[:4], rest[4:6], rest[6:])))
        if key.to_bytes() != data:
            raise InvalidInput("The admitter's key is written with leading zeroes; do not use it.")
        return key


FindKey: TypeAlias = Callable[[int, int], EpochKey | None]
"""Returns an admitter's key for an epoch, None where it published none, or nobody here accepts it."""


@dataclass(frozen=True, slots=True)
class Token:
    """What an admitter signed blindly: one consent, in one epoch; `admitter` is a member's number."""

    admitter: int
    epoch: int
    consent: str
    signature: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_epoch(self.epoch)
        if type(self.admitter) is not int or not 0 < self.admitter < 2**32:
            raise InvalidInput("The admitter is not a member's number; ask for another token.")
        if not LEAST_BITS <= 8 * len(self.signature) <= MOST_BITS:
            raise InvalidInput("The token's signature is not as long as a key may be; ask for another token.")

    def verify(self, domain: Domain, find_key: FindKey) -> None:
        """Raise InvalidSignature unless the token is good for its consent in the ConsentRegistry of `domain`."""
        key = find_key(self.admitter, self.epoch)
        if key is None:
            raise InvalidSignature(
                f"Member {self.admitter} has no key for {self.epoch} that is accepted here; use another's token."
            )
        blind_rsa.verify(message_of(domain, self.consent, self.epoch), key.modulus, self.signature)

    def begins_in_time(self, valid_from: int) -> bool:
        """Return whether a consent that begins at `valid_from`, in Unix seconds, may use it: this epoch or the next."""
        begins = epoch_of(valid_from)
        return begins in (self.epoch, epoch_after(self.epoch))

    def to_fields(self) -> dict[str, Any]:
        """Return the token as a JSON object."""
        signature = strict_base64.encode(self.signature)
        return dict(zip(_FIELDS, (FORMAT, self.admitter, self.epoch, self.consent, signature), strict=True))

    def to_json(self) -> str:
        """Return the token as canonical JSON."""
        return strict_json.dumps(self.to_fields())

    @classmethod
    def from_fields(cls, value: object) -> "Token":
        """Read what `to_fields` returned; raises InvalidInput for anything else."""
        found = strict_json.fields(value, _WHAT, *_FIELDS)
        if found["format"] != FORMAT:
            raise InvalidInput(f"The token's format is unknown; this version reads {FORMAT}, so update Jamjar.")
        if not isinstance(found["signature"], str) or len(found["signature"]) > MOST_BITS // 4:
            raise InvalidInput("The token's signature is no text, or too long; ask for another token.")
        signature = strict_base64.decode(found["signature"], "The token's signature")
        return cls(found["admitter"], found["epoch"], read_address(found["consent"]), signature)


def from_json(text: object) -> Token:
    """Read a token from its JSON; raises InvalidInput for anything else."""
    return Token.from_fields(strict_json.loads(text, _WHAT))


def schema() -> Schema:
    """Return the JSON Schema of what `Token.to_json` writes."""
    values = ({"const": FORMAT}, whole(1, 2**32 - 1), whole(197001, 999912), ADDRESS, matching("[A-Za-z0-9+/=]+"))
    return record(dict(zip(_FIELDS, values, strict=True)))


def message_of(domain: Domain, consent: str, epoch: int) -> bytes:
    """Return the 32 bytes that are signed: Keccak-256 of the purpose, chain, ConsentRegistry, consent and epoch.

    These are encoded as (string, uint256, address, address, uint256) in Solidity's ABI, the purpose being last.
    """
    addresses = (int.from_bytes(parse_address(each), "big") for each in (domain.contract, consent))
    words = (5 * 32, domain.chain_id, *addresses, epoch, len(_DOMAIN))
    return keccak256(b"".join(word.to_bytes(32, "big") for word in words) + _DOMAIN.ljust(32, b"\0"))


def epoch_of(time: int) -> int:
    """Return the epoch of a time in Unix seconds: the month in UTC, as YYYYMM; 999912 for all times after it.

    A message says any time below 2**40, which is in the year 36812.
    """
    at = datetime.fromtimestamp(min(time, _END), timezone.utc)
    return at.year * 100 + at.month


def epoch_after(epoch: int) -> int:
    """Return the following epoch."""
    return epoch + 1 if epoch % 100 < 12 else epoch + 89


def begin_of(epoch: int) -> int:
    """Return the first second of an epoch, in Unix seconds."""
    return int(datetime(epoch // 100, epoch % 100, 1, tzinfo=timezone.utc).timestamp())


def check_epoch(epoch: object) -> None:
    """Raise InvalidInput unless this is an epoch."""
    if type(epoch) is not int or not 197001 <= epoch <= 999912 or not 1 <= epoch % 100 <= 12:
        raise InvalidInput("The epoch is not a month such as 202612; write its year, then two digits.")
