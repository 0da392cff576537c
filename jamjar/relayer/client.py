"""The client of a relayer: sends signed messages, and verifies all answers that can be verified.

A relayer can still fail to carry a message. Its receipt is the evidence: keep it until your own node has the message
(`jamjar.ledger.carried`), because RECORDED is only the relayer's claim.
"""

from collections.abc import Callable
from typing import Any, Final

from jamjar.encoding import strict_json
from jamjar.protocol import typed_data, vouched
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.token import Token
from jamjar.protocol.typed_data import Grant
from jamjar.relayer import answers, promise
from jamjar.relayer.answers import MessageAnswer
from jamjar.relayer.item import ItemState
from jamjar.relayer.refusal import RelayerLied, RelayerUnavailable
from jamjar.service.http_client import HttpClient
from jamjar.service.refusal import Refusal, Refused

ANSWER_SECONDS: Final = 60
MAX_ANSWER: Final = 64 * 1024


class RelayerClient:
    """One relayer, for messages of one deployment.

    is_operator  returns whether an account acts for an active operator, according to the caller's own node
                 (`ledger_view.is_operator`); it is called with the signer of a receipt

    Every method raises Refused with the relayer's reason, RelayerLied when the answer does not fit the request, and
    RelayerUnavailable when there is no valid answer: the message may have arrived, and can safely be sent again.
    """

    def __init__(self, url: str, deployment: Deployment, is_operator: Callable[[str], bool]) -> None:
        self._url = url.rstrip("/")
        self._deployment = deployment
        self._is_operator = is_operator
        self._http = HttpClient("The relayer", RelayerUnavailable, seconds=ANSWER_SECONDS, most_bytes=MAX_ANSWER)

    def send(self, signed: SignedMessage, token: Token | None = None) -> MessageAnswer:
        """Send a message, and return the relayer's answer, with a receipt unless the message is carried already.

        token  the token of its consent, if there is one: a relayer may ask for it, or count by it

        Sending it again is safe, and returns its state.
        """
        text = vouched.to_json(signed, self._deployment.domain_of(type(signed.message)), token)
        return self._answer(signed, *self._ask("POST", "/messages", text.encode()))

    def look(self, signed: SignedMessage) -> MessageAnswer:
        """Return the relayer's answer about a message that is carried."""
        return self._answer(signed, *self._ask("GET", f"/messages/{self._id(signed).hex()}"))

    def _id(self, signed: SignedMessage) -> bytes:
        return typed_data.digest(self._deployment.domain_of(type(signed.message)), signed.message)

    def _answer(self, signed: SignedMessage, status: int, content: bytes) -> MessageAnswer:
        answer, name = (
            self._http.sensible(lambda: answers.from_json(_object(content), is_new=status == 202)),
            self._id(signed),
        )
        if answer.id != name:
            raise RelayerLied("The relayer answered for another message; send yours to another relayer.")
        if answer.receipt is not None:
            domain = promise.domain_of(self._deployment.domain_of(Grant))
            promise.check(answer.receipt, name, domain, self._is_operator)
            if isinstance(signed.message, Grant) and answer.receipt.receipt.carry_by > signed.message.valid_from:
                raise RelayerLied("The receipt promises the grant only after its start; send it to another relayer.")
        elif answer.state is ItemState.WAITING:
            raise RelayerLied("The relayer queued the message without a receipt; send it to another relayer.")
        return answer

    def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        answer = self._http.ask(method, self._url + path, body)
        if answer.status not in (200, 202):
            raise Refused(self._http.sensible(lambda: _refusal(answer.body)))
        return answer.status, answer.body


def _object(content: bytes) -> Any:
    return strict_json.loads(content.decode(), "The answer", MAX_ANSWER)


def _refusal(content: bytes) -> Refusal:
    found = strict_json.fields(_object(content), "The refusal", "code", "sentence", "details")
    return Refusal.from_fields(found)
