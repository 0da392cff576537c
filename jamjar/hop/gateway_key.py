"""A gateway's public key, signed by an account of its member, so that no hop can put its own in that place.

The signature names the gateway's address and kind, the key by its Keccak-256, and until when it is valid, for one
ledger. A wallet takes it from the hop, and checks it by its own node: the account acts for one of the members whose
gateways the claimant named. The hop's member must not be one of those.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import PUBLIC_BYTES, EncryptionKey
from jamjar.encoding import strict_json
from jamjar.encoding.json_schema import ADDRESS, TEXT, Schema, hex_digits, record, whole
from jamjar.errors import InvalidInput
from jamjar.hop.message import GatewayKind
from jamjar.protocol import signing, typed_data
from jamjar.protocol.signed_message import WORD, from_hex, read_address, to_hex
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain

FORMAT: Final = "jamjar.gateway.1"
FILE_FORMAT: Final = "jamjar.gateway-file.1"
DOMAIN_NAME: Final = "Jamjar gateway"
_MEMBERS: Final = (("gateway", "string"), ("kind", "string"), ("key", "bytes32"), ("validUntil", "uint40"))
_TYPE_HASH: Final = keccak256(f"GatewayKey({','.join(f'{kind} {name}' for name, kind in _MEMBERS)})".encode())
SCHEMA: Final[Schema] = record(
    {
        "format": {"const": FORMAT},
        "gateway": TEXT,
        "kind": {"enum": [kind.value for kind in GatewayKind]},
        "key": hex_digits(PUBLIC_BYTES, "0x"),
        "valid_until": whole(1, 2**40 - 1),
        "account": ADDRESS,
        "r": WORD,
        "vs": WORD,
    }
)
"""The JSON Schema of a signed key."""
_FIELDS: Final = tuple(SCHEMA["properties"])


def domain_of(registry: Domain) -> Domain:
    """Return the domain of gateways' keys of a ledger; `registry` is its ConsentRegistry's."""
    return Domain(registry.chain_id, registry.contract, DOMAIN_NAME)


@dataclass(frozen=True, slots=True)
class GatewayKey:
    """The public key of the gateway at an address; `valid_until` in Unix seconds."""

    gateway: str
    kind: GatewayKind
    key: bytes = field(repr=False)
    valid_until: int

    def __post_init__(self) -> None:
        if not self.gateway or not self.gateway.isascii() or not self.gateway.isprintable():
            raise InvalidInput("The gateway's address is empty or not printable ASCII; give the URL it is reached at.")
        if len(self.key) != PUBLIC_BYTES:
            raise InvalidInput(f"The gateway's key is not {PUBLIC_BYTES} bytes long; ask for it again.")
        if type(self.valid_until) is not int or not 0 < self.valid_until < 2**40:
            raise InvalidInput("The gateway's key has no end in whole Unix seconds; ask for another.")

    def digest(self, domain: Domain) -> bytes:
        """Return the 32 bytes to sign (EIP-712); the domain is `domain_of`'s."""
        texts = keccak256(self.gateway.encode()) + keccak256(self.kind.value.encode())
        words = texts + keccak256(self.key) + self.valid_until.to_bytes(32, "big")
        return typed_data.signed_digest(domain, keccak256(_TYPE_HASH + words))

    def full_message(self, domain: Domain) -> dict[str, Any]:
        """Return what a wallet shows and signs: the JSON of eth_signTypedData_v4."""
        words = self.gateway, self.kind.value, keccak256(self.key), self.valid_until
        values = dict(zip((name for name, _ in _MEMBERS), words, strict=True))
        return typed_data.document(domain, "GatewayKey", _MEMBERS, values)


@dataclass(frozen=True, slots=True)
class SignedGatewayKey:
    """A gateway's key with its signature and the account that claims to have signed it."""

    key: GatewayKey
    account: str
    signature: Signature

    def to_json(self) -> dict[str, Any]:
        """Return it as an object for JSON; byte strings are 0x and lower-case hex."""
        return {
            "format": FORMAT,
            "gateway": self.key.gateway,
            "kind": self.key.kind.value,
            "key": to_hex(self.key.key),
            "valid_until": self.key.valid_until,
            "account": self.account,
            "r": to_hex(self.signature.r),
            "vs": to_hex(self.signature.vs),
        }

    @classmethod
    def from_json(cls, value: object) -> "SignedGatewayKey":
        """Read what `to_json` wrote; raises InvalidInput for all else. Whether it is genuine, `check` says."""
        found = strict_json.fields(value, "The gateway's key", *_FIELDS)
        if found["format"] != FORMAT:
            raise InvalidInput(f"The gateway's key is in an unknown format; this version reads {FORMAT}: update it.")
        if not isinstance(found["gateway"], str) or found["kind"] not in [kind.value for kind in GatewayKind]:
            raise InvalidInput("The gateway's address or kind is malformed; ask for its key again.")
        key = from_hex(found["key"], PUBLIC_BYTES)
        made = GatewayKey(found["gateway"], GatewayKind(found["kind"]), key, found["valid_until"])
        signature = Signature(from_hex(found["r"], 32), from_hex(found["vs"], 32))
        return cls(made, read_address(found["account"]), signature)


@dataclass(frozen=True, slots=True)
class GatewaySecret:
    """What a gateway holds: its private key, and the public one as its member's account signed it."""

    private: EncryptionKey
    signed: SignedGatewayKey

    def __post_init__(self) -> None:
        if self.private.public_bytes != self.signed.key.key:
            raise InvalidInput("The gateway's two keys do not belong together; make others with jamjar hop key.")

    @classmethod
    def make(
        cls,
        gateway: str,
        kind: GatewayKind,
        valid_until: int,
        *,
        signer: Signer,
        domain: Domain,
        random_bytes: Callable[[int], bytes],
    ) -> "GatewaySecret":
        """Make a fresh key, and sign it by an account of the gateway's member; the domain is `domain_of`'s."""
        private = EncryptionKey.generate(random_bytes)
        return cls(private, sign_key(GatewayKey(gateway, kind, private.public_bytes, valid_until), signer, domain))

    def to_json(self) -> str:
        """Return it as JSON. Warning: it holds the private key."""
        seed = to_hex(self.private.to_bytes())
        return strict_json.dumps({"format": FILE_FORMAT, "seed": seed, "signed": self.signed.to_json()})

    @classmethod
    def from_json(cls, text: str) -> "GatewaySecret":
        """Read what `to_json` wrote; raises InvalidInput for all else."""
        value = strict_json.loads(text, "The gateway's key file")
        found = strict_json.fields(value, "The gateway's key file", "format", "seed", "signed")
        if found["format"] != FILE_FORMAT:
            raise InvalidInput("The gateway's key file is in an unknown format; make one with jamjar hop key.")
        return cls(EncryptionKey(from_hex(found["seed"], 32)), SignedGatewayKey.from_json(found["signed"]))


def sign_key(key: GatewayKey, signer: Signer, domain: Domain) -> SignedGatewayKey:
    """Sign a gateway's key by an account of its member; the domain is `domain_of`'s."""
    return SignedGatewayKey(key, signer.address, signer.sign(key.digest(domain)))


@dataclass(frozen=True, slots=True)
class KeyRules:
    """Which gateway's key a wallet takes.

    gateway, kind  the address and kind of the gateway that it sends to
    domain         `domain_of`'s, of its ledger
    members        the numbers of the members whose gateways the claimant named
    member_of      returns the active member that an account acts for, 0 for none, according to the wallet's own node
    clock          gives Unix seconds
    """

    gateway: str
    kind: GatewayKind
    domain: Domain
    members: Collection[int]
    member_of: Callable[[str], int]
    clock: Callable[[], float]

    def check(self, signed: SignedGatewayKey) -> None:
        """Raise InvalidInput unless the key is the gateway's, is valid now, and was signed for one of the members."""
        key = signed.key
        if (key.gateway, key.kind) != (self.gateway, self.kind):
            raise InvalidInput("The hop gave the key of another gateway; use another hop.")
        if key.valid_until <= self.clock():
            raise InvalidInput("The gateway's key has expired; ask the gateway's member for a new one.")
        try:
            genuine = signing.recover(key.digest(self.domain), signed.signature) == signed.account
        except InvalidInput:
            genuine = False
        if not genuine:
            raise InvalidInput("The signature of the gateway's key is invalid; use another hop.")
        if (member := self.member_of(signed.account)) not in self.members or not member:
            whose = f"member {member}" if member else "no active member"
            raise InvalidInput(f"The gateway's key was signed for {whose}; name its member with --gateway, or ask it.")
