"""What an institution asks for when it joins a network: its node, where that is, and the accounts that send through it.

It is signed by the node's own key, which is made on the institution's machine and stays there: whoever reads the file
learns that its sender holds that key, and not who the sender is. So members are told the validator's address in another
way than the file, and compare the two.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any, Final

from eth_account import Account
from eth_account.signers.local import LocalAccount

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.network import signed_file
from jamjar.protocol import signing
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.founding import LONGEST_NAME, check_shown
from jamjar.protocol.signed_message import from_hex, read_address, to_hex
from jamjar.protocol.signing import AccountSigner, Signature

FORMAT: Final = "jamjar.join-request.1"
MOST_ACCOUNTS: Final = 64
_KIND: Final = "JoinRequest"
_TYPES: Final = {
    "network": "string",
    "name": "string",
    "publicKey": "bytes",
    "host": "string",
    "port": "uint16",
    "accounts": "address[]",
    "signedAt": "uint40",
    "expires": "uint40",
}
_WHAT: Final = "The join request"


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """One institution's wish to have its node in a network; every instance has the form that is asked for.

    network, chain_id   which network it is for
    name                the institution's, as people know it
    public_key          the node's, 64 bytes as 0x and hex digits
    host, port          the IP address and port at which other members' nodes reach it
    accounts            the accounts that may send transactions through the network, at most 64
    signed_at, expires  Unix seconds, at most 90 days apart

    Raises InvalidInput.
    """

    network: str
    chain_id: int
    name: str
    public_key: str
    host: str
    port: int
    accounts: tuple[str, ...]
    signed_at: int
    expires: int

    def __post_init__(self) -> None:
        check_name(self.network, "network")
        check_name(self.name, "member")
        if type(self.chain_id) is not int or not 0 < self.chain_id < 2**53:
            raise InvalidInput(f"The chain id {self.chain_id!r} is not from 1 to 2^53 - 1; choose another.")
        from_hex(self.public_key, 64)
        check_host(self.host)
        if type(self.port) is not int or not 1024 <= self.port < 2**16:
            raise InvalidInput(f"The port {self.port!r} is not from 1024 to 65535; choose another.")
        for account in self.accounts:
            read_address(account)
        if len(self.accounts) > MOST_ACCOUNTS or len(set(self.accounts)) != len(self.accounts):
            raise InvalidInput(f"The accounts are more than {MOST_ACCOUNTS}, or one is named twice; name each once.")
        signed_file.check_times(_WHAT, self.signed_at, self.expires)

    @property
    def address(self) -> str:
        """The validator's address: that of the node's key."""
        return checksum_address(keccak256(from_hex(self.public_key, 64))[12:])

    @property
    def enode(self) -> str:
        """The node's address for its peers."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"enode://{self.public_key[2:]}@{host}:{self.port}"

    def values(self) -> dict[str, Any]:
        """Return the fields by the names that are signed."""
        texts = {"network": self.network, "name": self.name, "publicKey": self.public_key, "host": self.host}
        times = {"signedAt": self.signed_at, "expires": self.expires}
        return {**texts, "port": self.port, "accounts": list(self.accounts), **times}

    def digest(self) -> bytes:
        """Return the 32 bytes to sign (EIP-712)."""
        return signed_file.digest(self.chain_id, _KIND, _TYPES, self.values())

    @property
    def title(self) -> str:
        """What errors call it."""
        return f"The join request of {self.name}"


@dataclass(frozen=True, slots=True)
class SignedJoinRequest:
    """A request that its node's key signed; raises InvalidSignature for one that it did not."""

    request: JoinRequest
    signature: Signature

    def __post_init__(self) -> None:
        if signing.recover(self.request.digest(), self.signature) != self.request.address:
            raise InvalidSignature(
                f"{self.request.title} is not signed by its node's key, or was changed since; ask for it again."
            )

    def to_json(self) -> str:
        """Return the content of its file."""
        return signed_file.to_json(FORMAT, self.request.chain_id, self.request.values(), self.signature)


def sign(key: bytes, **fields: Any) -> SignedJoinRequest:
    """Return a request that a node's private key of 32 bytes signed; `fields` are the request's but its public key."""
    account = account_of(key)
    public = to_hex(bytes(account._key_obj.public_key.to_bytes()))
    request = JoinRequest(public_key=public, **fields)
    return SignedJoinRequest(request, AccountSigner(account).sign(request.digest()))


def account_of(key: bytes) -> LocalAccount:
    """Return the account of a node's private key; raises InvalidInput for what is none."""
    try:
        made: LocalAccount = Account.from_key(key)
    except ValueError:  # of another length, or out of the group's range; the error names the key
        raise InvalidInput("The node's key is not one; name the node.key that join-request made.") from None
    return made


def read(text: object) -> SignedJoinRequest:
    """Read a request's file; raises InvalidInput for another, InvalidSignature for one that was changed."""
    chain_id, content, signature = signed_file.from_json(text, _WHAT, FORMAT, _TYPES)
    accounts = content["accounts"]
    if not isinstance(accounts, list):
        raise InvalidInput("The accounts of the join request are no list; ask for the request again.")
    request = JoinRequest(
        content["network"], chain_id, content["name"], content["publicKey"], content["host"], content["port"],
        tuple(accounts), content["signedAt"], content["expires"],
    )  # fmt: skip
    return SignedJoinRequest(request, signature)


def check_name(name: object, whose: str) -> None:
    """Raise InvalidInput unless a name is one line that is shown as it is, of at most 64 bytes in UTF-8."""
    if not isinstance(name, str) or not 1 <= len(name.encode("utf-8", "replace")) <= LONGEST_NAME:
        raise InvalidInput(f"The {whose}'s name is not a text of 1 to {LONGEST_NAME} bytes in UTF-8; give another.")
    check_shown(name)


def check_host(host: object) -> None:
    """Raise InvalidInput unless a host is an IP address that another machine can reach, in its usual form."""
    try:
        address = ipaddress.ip_address(host) if isinstance(host, str) and "%" not in host else None
    except ValueError:
        address = None
    if address is None or str(address) != host:
        raise InvalidInput(f"The host {host!a} is no IP address, which a list of nodes needs; give the machine's.")
    if address.is_loopback or address.is_unspecified or address.is_multicast or address.is_link_local:
        raise InvalidInput(f"The host {host} is one that no other machine reaches; give the address that others dial.")


def check_address(text: object, what: str) -> str:
    """Return an address with its checksum; raises InvalidInput, which names what it is of."""
    try:
        return checksum_address(parse_address(text if isinstance(text, str) else ""))
    except InvalidInput:
        raise InvalidInput(f"{what} is no address; copy it again, 0x and 40 hex digits.") from None
