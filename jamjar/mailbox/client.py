"""The client of a mailbox: signs every request, and verifies all answers that can be verified.

A mailbox can still withhold and delay: ask the claimant about a package that does not arrive;
`FetchedPackage.sent_at` is the time of sending, which the claimant signed.
"""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import SealBroken
from jamjar.disclosure.package import Body, SealedPackage
from jamjar.disclosure.reply import SealedReply
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.mailbox.refusal import CODES, MailboxLied, MailboxUnavailable
from jamjar.mailbox.signed_request import MailboxRequest, SignedRequest, domain_of, sign_request
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain
from jamjar.service.http_client import HttpClient
from jamjar.service.refusal import HTTP_STATUS, Refusal, Refused

ANSWER_SECONDS: Final = 30
MAX_ANSWER: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchedPackage:
    """A package without its key, which its claimant verifiably deposited, at a time in Unix seconds."""

    body: Body
    sent_at: int


class MailboxClient:
    """One signer at one mailbox.

    url, audience  the mailbox's address, and its name
    registry       the domain of the consents' CommitmentRegistry
    signer         the consent key, or an `AccountSigner`
    clock          gives Unix seconds, such as `time.time`; random_bytes is a CSPRNG such as `secrets.token_bytes`
    http           asks in another way than directly, such as through a hop

    Every method raises Refused with the mailbox's reason, and MailboxUnavailable when there is no valid answer.
    """

    def __init__(
        self,
        url: str,
        audience: str,
        registry: Domain,
        signer: Signer,
        *,
        clock: Callable[[], float],
        random_bytes: Callable[[int], bytes],
        http: HttpClient | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._audience = audience
        self._domain = domain_of(registry)
        self._signer = signer
        self._clock = clock
        self._random_bytes = random_bytes
        self._http = http or HttpClient(
            "The mailbox", MailboxUnavailable, seconds=ANSWER_SECONDS, most_bytes=MAX_ANSWER
        )

    # ------------------------------------------------------------------ the claimant

    def deposit(self, package: SealedPackage) -> bool:
        """Deposit a package; return whether it is new. Repeating it is safe."""
        return self._ask("PUT", f"/packages/{package.id.hex()}", package.to_bytes())[0] == 201

    def replies(self, consent: str) -> tuple[SealedReply, ...]:
        """Return the recipient's replies, oldest first; raises MailboxLied when one is about another consent."""
        names = self._http.sensible(lambda: _names(self._ask("GET", f"/consents/{consent}/replies")[1]))
        return tuple(self._reply(consent, name) for name in names)

    def delete_reply(self, reply: SealedReply) -> None:
        """Delete a reply there, once it is stored here."""
        self._ask("DELETE", f"/replies/{reply.id.hex()}")

    def erase(self, consent: str) -> None:
        """Delete everything there under a consent."""
        self._ask("DELETE", f"/consents/{consent}")

    # ------------------------------------------------------------------ the recipient

    def waiting(self) -> tuple[str, ...]:
        """Return the ids, as hex, of the member's packages, oldest first."""
        return self._http.sensible(lambda: _names(self._ask("GET", "/packages")[1]))

    def fetch(self, name: str) -> FetchedPackage:
        """Return a package without its key, to be verified before a use is recorded for it.

        Raises MailboxLied when it is another package, or one that the consent key did not deposit.
        """
        answer = self._ask("GET", f"/packages/{name}")[1]
        body, deposit = self._http.sensible(lambda: self._read(name, answer))
        if body.id.hex() != name:
            raise MailboxLied("The mailbox sent another package than was requested; tell its operator.")
        if not deposit.is_genuine(self._domain):
            raise MailboxLied("The claimant did not deposit this package; record no use for it, and ask the claimant.")
        return FetchedPackage(body, deposit.request.time)

    def key(self, body: Body) -> SealedPackage:
        """Return the whole package, for a recorded use, which this spends.

        Raises MailboxLied when the key is not this package's.
        """
        answer = self._ask("POST", f"/packages/{body.id.hex()}/key")[1]
        sealed = self._http.sensible(lambda: bytes.fromhex(_object(answer)["sealed_key"]))
        try:
            return body.with_key(sealed)
        except SealBroken as error:
            raise MailboxLied(str(error)) from None

    def reply(self, reply: SealedReply) -> bool:
        """Send a reply to the claimant; return whether it is new. Repeating it is safe."""
        return self._ask("PUT", f"/replies/{reply.id.hex()}", reply.to_bytes())[0] == 201

    # ------------------------------------------------------------------ requests

    def _read(self, name: str, answer: bytes) -> tuple[Body, SignedRequest]:
        found = _object(answer)
        consent = checksum_address(parse_address(found["consent"]))
        root, digest = (bytes.fromhex(found[part]) for part in ("root", "key_digest"))
        sealed_to = bytes.fromhex(found.get("sealed_to", ""))  # which older mailboxes do not know
        body = Body(consent, root, found["recipient"], b64decode(found["body"], validate=True), digest, sealed_to)
        came = found["deposit"]
        digest, nonce = bytes.fromhex(came["body"]), bytes.fromhex(came["nonce"])
        request = MailboxRequest(self._audience, "PUT", f"/packages/{name}", digest, came["time"], nonce)
        return body, SignedRequest(request, consent, Signature.from_bytes(bytes.fromhex(came["signature"])))

    def _reply(self, consent: str, name: str) -> SealedReply:
        answer = self._ask("GET", f"/replies/{name}")[1]
        reply = self._http.sensible(lambda: SealedReply.from_bytes(answer))
        if (reply.consent, reply.id.hex()) != (consent, name):
            raise MailboxLied("The mailbox sent another reply than was requested; tell its operator.")
        return reply

    def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        nonce = self._random_bytes(32)
        request = MailboxRequest(self._audience, method, path, keccak256(body), int(self._clock()), nonce)
        headers = sign_request(request, self._signer, self._domain).headers()
        answer = self._http.ask(method, self._url + path, body, headers)
        if answer.status not in (200, 201, 204):
            raise Refused(self._http.sensible(lambda: _refusal(answer.body)))
        return answer.status, answer.body


def _object(answer: bytes) -> Any:
    return strict_json.loads(answer.decode(), "The answer", MAX_ANSWER)


def _names(answer: bytes) -> tuple[str, ...]:
    names = strict_json.items(_object(answer), "The ids")
    if not all(isinstance(name, str) and len(bytes.fromhex(name)) == 32 for name in names):
        raise InvalidInput("An id from the mailbox is not 64 hex digits; tell its operator.")
    return tuple(names)


def _refusal(answer: bytes) -> Refusal:
    refusal = Refusal.from_fields(_object(answer))
    if refusal.code not in CODES and refusal.code not in HTTP_STATUS:
        raise InvalidInput("The refusal has an unknown code; update Jamjar to the mailbox's version.")
    return refusal
