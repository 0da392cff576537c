"""A gateway: it opens the requests that hops pass on, and seals the responses; who sealed them it never sees."""

from collections.abc import Collection, Sequence
from typing import Any

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import SealBroken
from jamjar.errors import InvalidInput
from jamjar.hop.gateway_key import GatewaySecret
from jamjar.hop.message import (
    FORMAT,
    NOTHING,
    GatewayKind,
    HopResponse,
    OpenedRequest,
    key_digest,
    open_request,
    seal_response,
)
from jamjar.hop.refusal import HopCode as Code
from jamjar.service.rates import sender_name
from jamjar.service.refusal import refused


class Gateway:
    """The gateway of one service, safe to use from several threads.

    secrets  its keys, newest first: older ones open what was sealed to them; without any, everything is refused
    hops     the addresses of the hops that it takes requests from
    paths    how the paths begin that it passes on; nobody reaches others through it
    """

    def __init__(
        self,
        kind: GatewayKind,
        paths: Collection[str],
        secrets: Sequence[GatewaySecret] = (),
        hops: Collection[str] = (),
    ) -> None:
        if any(secret.signed.key.kind is not kind for secret in secrets):
            raise InvalidInput(f"The key is not of a {kind.value}'s gateway; make one with jamjar hop key.")
        if secrets and not hops:
            raise InvalidInput("No hop is named to take requests from; name its address with --hop.")
        if hops and not secrets:
            raise InvalidInput(
                "A gateway needs a key; make one with jamjar hop key, and name it with --gateway-key-file."
            )
        self.kind = kind
        self._paths = tuple(paths)
        self._secrets = tuple(secrets)
        self._by_digest = {keccak256(secret.signed.key.key): secret for secret in secrets}
        self._hops = frozenset(map(sender_name, hops))

    def key(self) -> dict[str, Any]:
        """Return the newest signed key, as an object for JSON; raises Refused where there is none."""
        if not self._secrets:
            raise refused(Code.NO_GATEWAY, "This service takes nothing from hops; send to it directly, or to another.")
        return self._secrets[0].signed.to_json()

    def open(self, data: bytes | None, sender: str) -> OpenedRequest:
        """Open a request from a hop at an address, None for one that is too long; raises Refused, and does nothing."""
        self.key()
        if sender not in self._hops:
            raise refused(Code.NOT_A_HOP, "This address is not that of a hop that is taken from; ask its operator.")
        if data is None or len(data) != self.kind.request_bytes:
            size = f"{self.kind.request_bytes:,}"
            raise refused(Code.WRONG_SIZE, f"A request to this gateway has {size} bytes; seal it again for this kind.")
        if not data.startswith(FORMAT):
            raise refused(Code.UNKNOWN_FORMAT, "The request's format is unknown; this gateway reads jamjar.hop.1.")
        secret = self._by_digest.get(key_digest(data, self.kind))
        if secret is None:
            raise refused(Code.UNKNOWN_KEY, "The request is sealed to another key; fetch the key, and seal it again.")
        try:
            return open_request(data, secret.private, secret.signed.key.gateway, self.kind)
        except (SealBroken, InvalidInput):
            raise refused(
                Code.NOT_OPENED, "The request does not open here; fetch the key, and seal it again."
            ) from None

    def seal(self, opened: OpenedRequest, response: HopResponse) -> bytes:
        """Seal the response to a request; raises Refused where its reply key is none."""
        try:
            return seal_response(opened, response, self.kind)
        except InvalidInput:
            pass
        try:  # what the service answers is longer than a response may be
            return seal_response(opened, HopResponse(500), self.kind)
        except InvalidInput:
            raise refused(Code.NOT_OPENED, "The request's reply key is invalid; seal the request again.") from None

    def is_passed(self, opened: OpenedRequest) -> bool:
        """Return whether a request is for the service: a dummy is not, nor one for a path that hops do not reach."""
        path = opened.request.path
        return opened.request.method != NOTHING and any(
            path == each or path.startswith(f"{each}/") for each in self._paths
        )
