"""A relayer over HTTP.

    POST /messages        accept a message, a jamjar.signed.1: 202 and its receipt; 200 if known, or on the ledger
    GET  /messages/{id}   the outcome of a message that is carried; the id is its EIP-712 digest, 64 hex digits
    GET  /health          200 or, when something is wrong, 503; both with facts
    GET  /metrics         for Prometheus; only for the operator, as the counts show when messages are accepted
    GET  /openapi.json    what each of these takes, answers and refuses
    GET  /hop/key, POST /hop   messages from a hop (`jamjar.hop.gateway_app`), which reach the first two of these

A refusal is JSON with code, sentence and details. Logs have events, codes and counts, and name neither consents nor
ids nor addresses: who sends from where, and when, would tie the consents of one claimant together. For that reason,
run it with the server's own access log switched off.
"""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, Final

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from jamjar.hop.gateway import Gateway
from jamjar.hop.gateway_app import BY_HOP, serve_gateway
from jamjar.hop.message import GatewayKind
from jamjar.protocol.vouched import MAX_BYTES
from jamjar.relayer import answers
from jamjar.relayer.health import Health
from jamjar.relayer.intake import Intake
from jamjar.relayer.metrics import Metrics
from jamjar.relayer.openapi import INTERFACE, MESSAGE_ID
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.relayer.refusal import status_of
from jamjar.service.cors import open_to_pages
from jamjar.service.database import DatabaseUnavailable
from jamjar.service.monitored import serve_monitoring
from jamjar.service.openapi import serve_document
from jamjar.service.refusal import Refusal, log_line, refused
from jamjar.service.refusal_http import answer_refusals, read_body, route_name, sender_of

LOG: Final = logging.getLogger("jamjar.relayer")
HOP_PATHS: Final = ("/messages",)
"""What hops reach."""
NO_GATEWAY: Final = Gateway(GatewayKind.RELAYER, HOP_PATHS)


async def _text(request: Request) -> str:
    """Read a body, up to the length of a message."""
    body = await read_body(request, MAX_BYTES)
    if body is None:
        raise refused(Code.TOO_LARGE, f"The message is longer than {MAX_BYTES:,} bytes; send one message at a time.")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise refused(Code.MALFORMED, "The message is not UTF-8 text; send the file as it was written.") from None


Text = Annotated[str, Depends(_text)]


def create_app(
    intake: Intake,
    metrics: Metrics,
    health: Callable[[], Health],
    *,
    start: Callable[[], None] = lambda: None,
    stop: Callable[[], None] = lambda: None,
    gateway: Gateway = NO_GATEWAY,
) -> FastAPI:
    """Return the application; it calls `start` before the first request, and `stop` after the last.

    gateway  opens what hops pass on; without one, nothing is taken from hops
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(start)
        _log("started")
        yield
        await run_in_threadpool(stop)
        _log("stopped")

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)

    def count(request: Request, refusal: Refusal) -> None:
        if route_name(request) == take.__name__:
            metrics.refused.labels(refusal.code).inc()

    answer_refusals(app, LOG, status_of, (DatabaseUnavailable, Code.STORE_UNAVAILABLE), count)

    @app.post("/messages")
    def take(request: Request, text: Text) -> JSONResponse:
        answer = intake.take(text, sender_of(request), by_hop=BY_HOP in request.scope)
        _log("take", code="ACCEPTED" if answer.is_new else answer.state.name)
        if answer.is_new:
            metrics.accepted.inc()
        return JSONResponse(answers.to_json(answer), 202 if answer.is_new else 200)

    @app.get("/messages/{name}")
    def look(name: str) -> dict[str, Any]:
        if not MESSAGE_ID.fullmatch(name):
            raise refused(Code.UNKNOWN_MESSAGE, "The id is not 64 lower-case hex digits; copy it again.")
        return answers.to_json(intake.look(bytes.fromhex(name.removeprefix("0x"))))

    serve_monitoring(app, health, metrics)
    serve_gateway(app, gateway)
    serve_document(app, INTERFACE)
    open_to_pages(app, ("/messages",), ("GET", "POST"), ("Content-Type",))
    return app


def _log(event: str, **facts: int | str) -> None:
    LOG.info(log_line(event, **facts))
