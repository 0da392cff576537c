"""The parties of a consent record: consents and members by their ledger addresses, the recipient by its own details.

A person is identified by the consent, which is a fresh key's address, and by nothing else.
"""

from dataclasses import dataclass

from jamjar.errors import InvalidInput
from jamjar.protocol.address import checksum_address, parse_address


@dataclass(frozen=True, slots=True)
class Registries:
    """The chain, and the addresses of its ConsentRegistry (`consents`) and Consortium (`members`)."""

    chain_id: int
    consents: str
    members: str

    def __post_init__(self) -> None:
        if type(self.chain_id) is not int or not 0 < self.chain_id < 2**53:
            raise InvalidInput("The chain id is not a whole number from 1 to 2**53 - 1; ask the node for it.")
        for name in ("consents", "members"):
            object.__setattr__(self, name, checksum_address(parse_address(getattr(self, name))))

    def account(self, address: str) -> str:
        """Return an address of this chain as a DID (did:pkh method, eip155 accounts after CAIP-10)."""
        return f"did:pkh:eip155:{self.chain_id}:{address}"

    def member(self, number: int) -> str:
        """Return the IRI of a member."""
        return f"{self.account(self.members)}#member-{number}"


@dataclass(frozen=True, slots=True)
class Controller:
    """The recipient's own details: its postal address, its contact, and the country of it and of its storage.

    Texts have 1 to 200 characters; the country is two capital letters (ISO 3166-1 alpha-2), such as "GB".
    Raises InvalidInput for others.
    """

    address: str
    contact: str
    country: str

    def __post_init__(self) -> None:
        for text in (self.address, self.contact):
            if not isinstance(text, str) or not 1 <= len(text) <= 200 or not text.isprintable() or not text.strip():
                raise InvalidInput(
                    "The controller's address or contact is not a line of 1 to 200 characters; give both."
                )
        country = self.country
        if not isinstance(country, str) or len(country) != 2 or not (country.isascii() and country.isupper()):
            raise InvalidInput('The country is not two capital letters of ISO 3166-1, such as "GB"; correct it.')
