"""A mailbox over HTTP.

    PUT    /packages/{id}              the consent key: store this package        201 new, 200 known
    GET    /packages                   a member: the ids of its packages
    GET    /packages/{id}              its recipient: the body, and its deposit
    POST   /packages/{id}/key          its recipient: the sealed key, for a recorded use
    PUT    /replies/{id}               a consent's recipient: store this reply    201 new, 200 known
    GET    /consents/{consent}/replies the consent key: the ids of the replies
    GET    /replies/{id}               the consent key: one reply
    DELETE /replies/{id}               the consent key: delete it after fetching
    DELETE /consents/{consent}         the consent key: delete everything
    GET    /openapi.json               anyone: what each of these takes, answers and refuses

Ids are 64 lower-case hex digits. Every request but the last is signed (`jamjar.mailbox.signed_request`). A refusal is
JSON with code, sentence and details. Logs name neither consents nor addresses: the source and time of requests would
link the consents of one claimant. For that reason, run it with the server's own access log switched off.
"""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from fastapi import BackgroundTasks, Depends, FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from jamjar.crypto.hashing import keccak256
from jamjar.disclosure.package import MAX_BYTES
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.mailbox.answers import key_fields, package_fields
from jamjar.mailbox.ledger_view import MailboxLedgerView
from jamjar.mailbox.openapi import INTERFACE
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.refusal import status_of
from jamjar.mailbox.service import Mailbox
from jamjar.mailbox.settings import MailboxSettings
from jamjar.mailbox.signed_request import HEADER_SCHEMAS, WORD, SignedRequest, read_request
from jamjar.mailbox.store import MailboxStore
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.service.cors import open_to_pages
from jamjar.service.openapi import serve_document
from jamjar.service.refusal import Refused, log_line, refused
from jamjar.service.refusal_http import answer_refusals, read_body

T = TypeVar("T")
LOG: Final = logging.getLogger("jamjar.mailbox")
SWEEP_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class _Received:
    body: bytes
    signed: SignedRequest


async def _received(request: Request) -> _Received:
    """Read a request, with a body up to the size of a package, and no query, as that would not be signed."""
    body = await read_body(request, MAX_BYTES)
    if body is None:
        raise refused(Code.TOO_LARGE, f"The body is longer than {MAX_BYTES:,} bytes; send less.")
    if request.scope["query_string"]:
        raise InvalidInput("The request has a query; leave it out.")
    try:
        signed = read_request(request.headers, request.method, request.scope["path"], keccak256(body))
    except InvalidSignature as error:
        raise refused(Code.BAD_SIGNATURE, str(error)) from None
    return _Received(body, signed)


def _id(name: str) -> str:
    if not WORD.fullmatch(name):
        raise InvalidInput("The id is not 64 lower-case hex digits; copy it again.")
    return name


def _consent(consent: str) -> str:
    return checksum_address(parse_address(consent))


Received = Annotated[_Received, Depends(_received)]
Name = Annotated[str, Depends(_id)]
Consent = Annotated[str, Depends(_consent)]


def create_app(
    settings: MailboxSettings, ledger_view: MailboxLedgerView, store: MailboxStore, clock: Callable[[], float]
) -> FastAPI:
    """Return the application; `clock` gives Unix seconds, such as `time.time`. It closes the store when it stops."""
    mailbox = Mailbox(settings, ledger_view, store, clock)
    swept = [clock()]

    def sweep() -> None:
        try:
            _log("swept", ended=mailbox.sweep())
        except Refused as error:
            _log("sweep", code=error.refusal.code)

    def sweep_when_due() -> None:
        if clock() - swept[0] >= SWEEP_SECONDS:
            swept[0] = clock()
            sweep()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(sweep)
        _log("started")
        yield
        store.close()
        _log("stopped")

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)

    answer_refusals(app, LOG, status_of, (InvalidInput, Code.MALFORMED))

    @app.put("/packages/{name}")
    def deposit(name: Name, received: Received, later: BackgroundTasks) -> Response:
        later.add_task(sweep_when_due)
        return _stored("deposit", mailbox.deposit(received.signed, name, received.body))

    @app.get("/packages")
    def waiting(received: Received) -> list[str]:
        return _done("waiting", list(mailbox.waiting(received.signed)))

    @app.get("/packages/{name}")
    def fetch(name: Name, received: Received) -> dict[str, Any]:
        body, came = mailbox.fetch(received.signed, name)
        return _done("fetch", package_fields(body, came))

    @app.post("/packages/{name}/key")
    def hand_over(name: Name, received: Received) -> dict[str, Any]:
        return _done("hand_over", key_fields(*mailbox.hand_over(received.signed, name)))

    @app.put("/replies/{name}")
    def put_reply(name: Name, received: Received) -> Response:
        return _stored("put_reply", mailbox.put_reply(received.signed, name, received.body))

    @app.get("/consents/{consent}/replies")
    def replies(consent: Consent, received: Received) -> list[str]:
        return _done("replies", list(mailbox.replies(received.signed, consent)))

    @app.get("/replies/{name}")
    def reply(name: Name, received: Received) -> Response:
        return _done("reply", Response(mailbox.reply(received.signed, name), media_type="application/octet-stream"))

    @app.delete("/replies/{name}")
    def delete_reply(name: Name, received: Received) -> Response:
        mailbox.delete_reply(received.signed, name)
        return _done("delete_reply", Response(status_code=204))

    @app.delete("/consents/{consent}")
    def erase(consent: Consent, received: Received) -> Response:
        mailbox.erase(received.signed, consent)
        return _done("erase", Response(status_code=204))

    serve_document(app, INTERFACE)
    # What a claimant's wallet asks for; a member's is no page.
    open_to_pages(app, ("/packages/", "/replies/", "/consents/"), ("GET", "PUT", "DELETE"), tuple(HEADER_SCHEMAS))
    return app


def _log(event: str, **facts: int | str) -> None:
    LOG.info(log_line(event, **facts))


def _done(event: str, answer: T) -> T:
    _log(event, code="OK")
    return answer


def _stored(event: str, new: bool) -> Response:
    return _done(event, Response(status_code=201 if new else 200))
