"""The panic card: withdrawals signed in advance, stored as a file or on paper, to end consents at once.

A withdrawal has no sequence and no deadline, so it is valid whenever, and by whomever, it is carried. A card holds
withdrawals and can hold nothing else.

Warning: whoever holds a card can end the consents on it permanently. It shows that they are one person's: store it as
carefully as a key, and make a new one when there are new consents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from jamjar.encoding import base32, strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol.address import checksum_address
from jamjar.protocol.signed_message import check, from_hex, read_address, to_hex
from jamjar.protocol.signing import Signature, SignedMessage
from jamjar.protocol.typed_data import Domain, Withdraw

FORMAT: Final = "jamjar.card.1"
MOST: Final = 100
SCANNED: Final = "JAMJAR:WITHDRAW:"
"""The prefix of the characters in a QR code, by which a carrier's program recognises a withdrawal."""
_TEXT_VERSION: Final = b"\1"
_FIELDS: Final = ("format", "chain_id", "contract", "made", "withdrawals")
_WHAT: Final = "The panic card"


@dataclass(frozen=True, slots=True)
class Card:
    """Withdrawals for one ConsentRegistry on one chain, 1 to 100, each of another consent and signed by it.

    `made` is the day it was made: consents granted later are not on it.
    Raises InvalidInput for anything but withdrawals, InvalidSignature for one by another key or for another contract.
    """

    chain_id: int
    contract: str
    withdrawals: tuple[SignedMessage, ...] = field(repr=False)
    made: date

    def __post_init__(self) -> None:
        object.__setattr__(self, "contract", self.domain.contract)
        if type(self.made) is not date:
            raise InvalidInput("The day of the card is not a calendar date; give the day it was made.")
        if not isinstance(self.withdrawals, tuple) or not 1 <= len(self.withdrawals) <= MOST:
            raise InvalidInput(f"The card does not have 1 to {MOST} withdrawals; make another card for more.")
        for signed in self.withdrawals:
            if not isinstance(signed, SignedMessage) or type(signed.message) is not Withdraw:
                raise InvalidInput("The card has messages that are no withdrawals; leave them out.")
            check(signed, self.domain)
        if len(set(self.consents)) != len(self.withdrawals):
            raise InvalidInput("A consent is on the card twice; keep one withdrawal of each.")

    @property
    def domain(self) -> Domain:
        """The contract that takes these withdrawals."""
        return Domain(self.chain_id, self.contract)

    @property
    def consents(self) -> tuple[str, ...]:
        """The consents that the card can end, in its order."""
        return tuple(consent_of(signed) for signed in self.withdrawals)

    def to_json(self) -> str:
        """Return the canonical text: sorted keys, no spaces."""
        return strict_json.dumps(
            {
                "format": FORMAT,
                "chain_id": self.chain_id,
                "contract": self.contract,
                "made": self.made.isoformat(),
                "withdrawals": [
                    {
                        "consent": consent_of(signed),
                        "r": to_hex(signed.signature.r),
                        "vs": to_hex(signed.signature.vs),
                    }
                    for signed in self.withdrawals
                ],
            }
        )

    @classmethod
    def from_json(cls, text: object) -> "Card":
        """Read a card from a text of at most 64 KiB; raises InvalidInput for any other text."""
        found = strict_json.fields(strict_json.loads(text, _WHAT), _WHAT, *_FIELDS)
        if found["format"] != FORMAT:
            raise InvalidInput(f"The card's format is unknown; this version reads {FORMAT}, so update Jamjar.")
        entries = strict_json.items(found["withdrawals"], "The withdrawals of the card")
        made, contract = _date(found["made"]), read_address(found["contract"])
        return cls(found["chain_id"], contract, tuple(_signed(entry) for entry in entries), made)


def consent_of(signed: SignedMessage) -> str:
    """Return the consent that a withdrawal ends; raises InvalidInput for another message."""
    if not isinstance(signed.message, Withdraw):
        raise InvalidInput("The message is no withdrawal; choose one that is.")
    return signed.message.consent


def to_text(signed: SignedMessage) -> str:
    """Return a withdrawal as the eight lines (see `base32`) of a version byte, the consent, r and vs."""
    consent = bytes.fromhex(consent_of(signed)[2:])
    return base32.write(_TEXT_VERSION + consent + signed.signature.to_bytes())


def to_scan(signed: SignedMessage) -> str:
    """Return a withdrawal as a QR code holds it: `SCANNED`, then the characters of `to_text` without spaces."""
    return SCANNED + "".join(to_text(signed).split())


def from_text(text: str, domain: Domain) -> SignedMessage:
    """Read a withdrawal that was typed, or scanned, for the contract that `domain` names.

    Raises InvalidInput naming the line that is mistyped, InvalidSignature when it is for another chain or contract.
    """
    if isinstance(text, str) and text.startswith(SCANNED):
        scanned = text.removeprefix(SCANNED)
        text = "\n".join(scanned[at : at + 20] for at in range(0, len(scanned), 20))
    data = base32.read(text)
    if data[:1] != _TEXT_VERSION:
        raise InvalidInput("The withdrawal was written by another version; use that one to read it.")
    signed = SignedMessage(Withdraw(checksum_address(data[1:21])), Signature(data[21:53], data[53:]))
    check(signed, domain)
    return signed


def _signed(entry: object) -> SignedMessage:
    found: Mapping[str, Any] = strict_json.fields(entry, "A withdrawal of the card", "consent", "r", "vs")
    signature = Signature(from_hex(found["r"], 32), from_hex(found["vs"], 32))
    return SignedMessage(Withdraw(read_address(found["consent"])), signature)


def _date(value: object) -> date:
    day = strict_json.day(value)
    if day is None:
        raise InvalidInput("The day of the card is not written as YYYY-MM-DD; correct it.")
    return day
