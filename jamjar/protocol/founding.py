"""The founding members of a consortium, which its first contract admits when it is deployed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jamjar.encoding.unicode_text import is_stable
from jamjar.errors import InvalidInput
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.roles import Role

LONGEST_NAME: Final = 64
"""The most bytes of a name in UTF-8."""
KEY_BYTES: Final = (32, 4096)
"""The least and the most bytes of a public encryption key."""


@dataclass(frozen=True, slots=True)
class FoundingMember:
    """A member to admit: IConsortium.Admission.

    number          chosen once, from 1 to below 2**32
    name            1 to 64 bytes in UTF-8, no other member's
    roles           the names of its roles, such as ADVISER
    account         the first account that acts for it, an address with the EIP-55 checksum
    encryption_key  its public key as 0x and hex digits, 32 to 4,096 bytes
    """

    number: int
    name: str
    roles: tuple[str, ...]
    account: str
    encryption_key: str

    def __post_init__(self) -> None:
        """Bring the fields into their form; raises InvalidInput for a member that the contract would refuse."""
        if type(self.number) is not int or not 1 <= self.number < 2**32:
            raise InvalidInput("A member's number is not a whole number from 1 to 4294967295; choose another.")
        _check_name(self.name)
        if not isinstance(self.roles, Sequence) or isinstance(self.roles, str):
            raise InvalidInput(f"The roles of member {self.number} are no list; name each in one.")
        known = [role.name for role in Role]
        if unknown := [each for each in self.roles if each not in known]:
            raise InvalidInput(f"Member {self.number} has the role {unknown[0]!r}; the roles are {', '.join(known)}.")
        object.__setattr__(self, "roles", tuple(dict.fromkeys(self.roles)))
        object.__setattr__(self, "account", checksum_address(parse_address(self.account)))
        key = _key(self.number, self.encryption_key)
        if not KEY_BYTES[0] <= len(key) <= KEY_BYTES[1]:
            raise InvalidInput(f"The encryption key of member {self.number} has a wrong length; give the whole key.")
        object.__setattr__(self, "encryption_key", f"0x{key.hex()}")

    def admission(self) -> tuple[int, str, list[bytes], str, bytes]:
        """Return the member as the contract takes it."""
        roles = [Role[each].value for each in self.roles]
        return self.number, self.name, roles, self.account, _key(self.number, self.encryption_key)


def check_together(members: Iterable[FoundingMember]) -> None:
    """Raise InvalidInput when two members have the same number, name or account."""
    for what in ("number", "name", "account"):
        seen = set[object]()
        for each in members:
            value = getattr(each, what)
            if value in seen:
                raise InvalidInput(f"Two members have the {what} {value}; give each its own.")
            seen.add(value)


def check_shown(name: str) -> None:
    """Raise InvalidInput for a name that is not shown as it is: no claimant's terms can have it.

    The contract takes it nevertheless, as it knows bytes only.
    """
    if not name.isprintable() or name != name.strip() or not is_stable(name):
        raise InvalidInput(
            f"The name {name!a} has signs that are not seen, spaces around it, or new ones of Unicode; leave them out."
        )


def _check_name(name: object) -> None:
    try:
        length = len(name.encode()) if isinstance(name, str) else 0
    except UnicodeEncodeError:  # a lone surrogate
        length = 0
    if not 1 <= length <= LONGEST_NAME:
        raise InvalidInput(f"A member's name is not a text of 1 to {LONGEST_NAME} bytes in UTF-8; give another.")


def _key(number: int, text: object) -> bytes:
    try:
        if not isinstance(text, str) or not text.startswith("0x"):
            raise ValueError
        return bytes.fromhex(text[2:])
    except ValueError:
        raise InvalidInput(f"The encryption key of member {number} is not 0x and hex digits; copy it again.") from None
