"""The client of a hop: seals requests to a gateway, has them passed on, and opens the responses.

A hop can delay, drop and repeat what it is given, and no more: a response is sealed to a key that was made for one
request, and names that request.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from jamjar.crypto.sealing import SealBroken
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, JamjarError
from jamjar.hop.gateway_key import KeyRules, SignedGatewayKey
from jamjar.hop.message import REQUEST_TYPE, HopRequest, SealedRequest, open_response, seal_request
from jamjar.hop.refusal import ENDED, HopError, HopLied, HopUnavailable
from jamjar.hop.settings import gateway_id
from jamjar.service.http_client import HttpAnswer, HttpClient
from jamjar.service.refusal import Refusal, Refused

ANSWER_SECONDS: Final = 60
MOST_ANSWER: Final = 256 * 1024


class HopClient:
    """One hop, for one gateway.

    rules         which key of the gateway is taken; they name the gateway
    random_bytes  a CSPRNG such as `secrets.token_bytes`

    Make one for each consent. Every method raises Refused with the hop's reason, HopUnavailable when there is no valid
    answer, HopLied when it does not fit the request, and InvalidInput for a key that is not to be relied on.
    """

    def __init__(
        self, url: str, rules: KeyRules, random_bytes: Callable[[int], bytes], seconds: float = ANSWER_SECONDS
    ) -> None:
        self.url, self.gateway = url, rules.gateway
        self._rules, self._random_bytes = rules, random_bytes
        self._at = f"{url.rstrip('/')}/gateways/{gateway_id(rules.gateway)}"
        self._messages = f"{url.rstrip('/')}/messages"
        self._http = HttpClient("The hop", HopUnavailable, seconds=seconds, most_bytes=MOST_ANSWER)
        self._known: tuple[int, SignedGatewayKey] | None = None

    @property
    def epoch(self) -> int:
        """The seconds for which the hop keeps what can wait, at most, as it says."""
        return self._gateway()[0]

    def seal(self, request: HopRequest) -> SealedRequest:
        """Seal a request to the gateway's key, which is fetched and checked first."""
        key = self._gateway()[1].key
        return seal_request(request, key.key, key.gateway, key.kind, self._random_bytes)

    def at_once(self, request: HopRequest) -> HttpAnswer:
        """Have a request passed on now, and return what the service behind the gateway answers."""
        sealed = self.seal(request)
        answer = self._ask("POST", f"{self._at}/requests", sealed.data)
        return self._opened(answer.body, sealed.id, sealed.seed)

    def keep(self, sealed: SealedRequest, *, urgent: bool = False) -> int:
        """Have a request kept and passed on, urgent or with the hop's epoch; return when, in Unix seconds.

        Sending it again is safe. `response` says what became of it.
        """
        answer = self._ask("POST", f"{self._at}/{'urgent' if urgent else 'messages'}", sealed.data)
        return self._http.sensible(lambda: int(_object(answer.body)["due_at"]))

    def response(self, request_id: bytes, seed: bytes) -> HttpAnswer | None:
        """Return the response to a request that the hop keeps; None while there is none. Nothing is deleted.

        seed  of the request's reply key

        Raises HopLied where the response is none to this request, and Refused with a code of `ENDED` where there is
        none, and none will come.
        """
        answer = self._ask("GET", f"{self._messages}/{request_id.hex()}")
        return None if answer.status == 202 else self._opened(answer.body, request_id, seed)

    def forget(self, request_id: bytes) -> None:
        """Have the hop delete a response that is kept here, or a request that is taken back."""
        self._ask("DELETE", f"{self._messages}/{request_id.hex()}")

    def _opened(self, data: bytes, request_id: bytes, seed: bytes) -> HttpAnswer:
        try:
            response = open_response(data, request_id, seed, self._rules.kind)
        except (SealBroken, InvalidInput):
            raise HopLied("The hop's response is not the one to this request; use another hop.") from None
        return HttpAnswer(response.status, response.content_type, response.body)

    def _gateway(self) -> tuple[int, SignedGatewayKey]:
        if self._known is None:
            answer = self._ask("GET", self._at)
            epoch, signed = self._http.sensible(lambda: _epoch_and_key(answer.body))
            self._rules.check(signed)
            self._known = epoch, signed
        return self._known

    def _ask(self, method: str, url: str, body: bytes = b"") -> HttpAnswer:
        answer = self._http.ask(method, url, body, {"Content-Type": REQUEST_TYPE} if body else {})
        if answer.status not in (200, 202, 204):
            raise Refused(self._http.sensible(lambda: Refusal.from_fields(_object(answer.body))))
        return answer


class HttpByHop(HttpClient):
    """An HTTP client of a service that is asked through a hop, at once; its errors are those of that service."""

    def __init__(self, name: str, unavailable: type[JamjarError], hop: HopClient) -> None:
        super().__init__(name, unavailable, seconds=ANSWER_SECONDS, most_bytes=MOST_ANSWER)
        self._hop, self._error = hop, unavailable

    def ask(self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """Send one request through the hop, and return the answer, with any status."""
        try:
            return self._hop.at_once(HopRequest(method, url.removeprefix(self._hop.gateway), headers or {}, body))
        except (HopError, Refused) as error:  # the hop's own reasons: those of the service are in its answer
            raise self._error(str(error)) from None


def is_ended(error: Refused) -> bool:
    """Return whether a hop says that it has no response to a request, and will have none."""
    return error.refusal.code in ENDED


def _object(body: bytes) -> Any:
    return strict_json.loads(body.decode(), "The answer", MOST_ANSWER)


def _epoch_and_key(body: bytes) -> tuple[int, SignedGatewayKey]:
    found = strict_json.fields(_object(body), "The answer", "epoch", "key")
    if type(found["epoch"]) is not int or found["epoch"] < 1:
        raise InvalidInput("The hop's epoch is not in whole seconds; use another hop.")
    return found["epoch"], SignedGatewayKey.from_json(found["key"])
