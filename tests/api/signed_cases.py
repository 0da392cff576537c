"""What a schema cannot say of a well-formed request: that it is signed, and about what is there."""

import json
from itertools import cycle
from secrets import token_bytes
from typing import Any

from requests import PreparedRequest
from schemathesis.core import NOT_SET
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection

from jamjar.crypto.hashing import keccak256
from jamjar.disclosure.package import SealedPackage
from jamjar.disclosure.reply import SealedReply, seal_advice
from jamjar.hop.message import GatewayKind, dummy, seal_request
from jamjar.hop.settings import gateway_id
from jamjar.mailbox.signed_request import HEADER_SCHEMAS
from jamjar.protocol.signed_message import from_hex, to_json
from jamjar.protocol.signing import ConsentKey, Signer, sign
from jamjar.protocol.typed_data import MESSAGES
from jamjar.tlog.tiles import TileTree
from jamjar.tlog.tree import consistency_proof
from jamjar.tlog.witness import CosignRequest
from tests.support.disclosures import REGISTRY
from tests.unit.hop.world import RELAYER, HopWorld, secret
from tests.unit.hop.world import sealed as sealed_request
from tests.unit.mailbox.test_mailbox import ADVICE
from tests.unit.mailbox.world import World, signed
from tests.unit.relayer.world import DEPLOYMENT
from tests.unit.tlog.world import files_of, leaves, note_of

KINDS = {kind.__name__: kind for kind in MESSAGES}
CLAIMANTS = ("deposit", "replies", "reply", "delete_reply", "erase")
REPLYING = ("put_reply", "reply", "delete_reply")


def name_of(case: Any) -> str:
    return str(case.operation.definition.raw["operationId"])


def is_well_formed(case: Any, place: ParameterLocation) -> bool:
    return not case.meta.is_negative_at(place)


def has_good_body(case: Any) -> bool:
    return case.body is not NOT_SET and is_well_formed(case, ParameterLocation.BODY)


def sign_message(case: Any) -> None:
    """Have a consent sign a message of these values, for the relayer's ledger; a token with it may be any."""
    body = case.body
    case.body = {**body, "signed": _signed(body["signed"])} if "signed" in body else _signed(body)


def _signed(body: Any) -> Any:
    values = body["message"]
    key = ConsentKey(keccak256(repr(values).encode()))
    read = {
        name: from_hex(value, 32) if isinstance(value, str) and len(value) == 66 else value
        for name, value in values.items()
    }
    whole = {name: int(value) if isinstance(value, float) else value for name, value in read.items()}
    kind = KINDS[body["type"]]
    domain = DEPLOYMENT.domain_of(kind)
    return json.loads(to_json(sign(key, domain, kind(**{**whole, "consent": key.address})), domain))


def cosign_requests() -> list[str]:
    """Requests of a log that grows, of one that a witness does not know, and of one whose signature is another's."""
    made = list[str]()
    for old, size in ((0, 3), (0, 5), (3, 8), (8, 8), (8, 300)):
        files, edge = files_of(leaves(size))
        request = CosignRequest(old, consistency_proof(TileTree(files, size), old, size), note_of(edge))
        made.append(request.to_bytes().decode())
    return [*made, made[0].replace("log.example", "log.elsewhere"), made[0].replace("\n3\n", "\n4\n")]


def seal_dummy(case: Any, kind: GatewayKind) -> dict[str, Any]:
    """Have a request through a hop be sealed, to the gateway that is served; return how it is sent.

    schemathesis takes bytes of another media type than application/octet-stream for what its schema does not allow.
    """
    case.body = seal_request(dummy(), secret(kind=kind).signed.key.key, RELAYER, kind, token_bytes).data
    return {"excluded_checks": [negative_data_rejection]}


class HopCases:
    """A hop that has answers, of requests that were passed on."""

    def __init__(self, world: HopWorld) -> None:
        self.world = world

    def fit(self, case: Any) -> dict[str, Any]:
        """Have a well-formed case name what is there, and be sealed; return how it is sent."""
        sent = seal_dummy(case, GatewayKind.RELAYER) if has_good_body(case) else {}
        if case.path_parameters and is_well_formed(case, ParameterLocation.PATH):
            if "gateway" in case.path_parameters:
                case.path_parameters["gateway"] = gateway_id(RELAYER)
            else:
                kept = self.world.keep(sealed_request().data, urgent=True)
                case.path_parameters["name"] = kept.id
        return sent


class MailboxCases:
    """A mailbox with packages and replies that are there, and with others that are still to come."""

    def __init__(self, world: World) -> None:
        self.world, self._of = world, ""
        claimed = [world.claim() for _ in range(6)]
        self._known = [(key, sealed, self._reply(sealed)) for key, sealed in claimed]
        self._turns = cycle(self._known)

    def _fill(self) -> None:
        for key, sealed, reply in self._known[:3]:
            self.world.client(key).deposit(sealed)
            self.world.client(self.world.adviser).reply(reply)
            self.world.ledger.use(key.address, sealed.content.root)

    def signing(self, case: Any) -> dict[str, Any]:
        """Sign a case, unless it is to be unsigned, about what is there or could be; return how it is sent."""
        name = name_of(case)
        if not case.operation.definition.raw["security"] or not is_well_formed(case, ParameterLocation.HEADER):
            return {}
        if name != self._of:  # others delete
            self._fill()
            self._of = name
        key, sealed, reply = next(self._turns)
        if is_well_formed(case, ParameterLocation.PATH) and case.path_parameters:
            (part,), about = case.path_parameters, reply if name in REPLYING else sealed
            case.path_parameters[part] = key.address if part == "consent" else about.id.hex()
            if has_good_body(case):
                case.body = about.to_bytes()
        for header in HEADER_SCHEMAS:
            case.headers.pop(header, None)
        return {"auth": Signing(self.world, key if name in CLAIMANTS else self.world.adviser)}

    def _reply(self, sealed: SealedPackage) -> SealedReply:
        about = {"consent": sealed.content.consent, "commitment": sealed.content.root}
        return seal_advice(ADVICE, self.world.reply_key.public_bytes, REGISTRY, **about)


class Signing:
    """Signs a request as it is sent."""

    def __init__(self, world: World, signer: Signer) -> None:
        self.world, self.signer = world, signer

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        request.headers.update(signed(self.world, request.method, request.path_url, body, self.signer))
        return request
