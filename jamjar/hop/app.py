"""A hop over HTTP.

    GET    /gateways/{gateway}            a gateway's signed key, the same to all, and the seconds of an epoch
    POST   /gateways/{gateway}/requests   pass on at once, and answer the response: for a conversation; nothing is kept
    POST   /gateways/{gateway}/messages   keep until the next epoch: 202, or 200 if it is known
    POST   /gateways/{gateway}/urgent     keep, and pass on now: the same
    GET    /messages/{id}                 the response to what was kept, or 202 while there is none
    DELETE /messages/{id}                 delete it after fetching, or take it back
    GET    /health                        200 or, when something is wrong, 503; both with facts
    GET    /metrics                       for Prometheus; only for the operator
    GET    /openapi.json                  what each of these takes, answers and refuses

A gateway's name is the Keccak-256 of its address, and an id that of the sealed request; both are 64 lower-case hex
digits. A refusal is JSON with code, sentence and details. Logs have events, codes and counts, and no address: run it
with the server's own access log switched off.
"""

import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, Final

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from jamjar.hop.message import RESPONSE_TYPE
from jamjar.hop.metrics import HopHealth, HopMetrics
from jamjar.hop.openapi import INTERFACE, MOST_BYTES
from jamjar.hop.refusal import HopCode as Code
from jamjar.hop.refusal import status_of
from jamjar.hop.service import Hop
from jamjar.hop.store import Kept, KeptState
from jamjar.service.database import DatabaseUnavailable
from jamjar.service.monitored import serve_monitoring
from jamjar.service.openapi import serve_document
from jamjar.service.refusal import Refusal, log_line, refused
from jamjar.service.refusal_http import answer_refusals, read_body, sender_of

LOG: Final = logging.getLogger("jamjar.hop")
WORD: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


async def _data(request: Request) -> bytes | None:
    return await read_body(request, MOST_BYTES)


def _name(name: str) -> str:
    if not WORD.fullmatch(name):
        raise refused(Code.UNKNOWN_ID, "The id is not 64 lower-case hex digits; copy it again.")
    return name


Data = Annotated[bytes | None, Depends(_data)]
Name = Annotated[str, Depends(_name)]


def create_app(
    hop: Hop,
    metrics: HopMetrics,
    health: Callable[[], HopHealth],
    *,
    start: Callable[[], None] = lambda: None,
    stop: Callable[[], None] = lambda: None,
) -> FastAPI:
    """Return the application; it calls `start` before the first request, and `stop` after the last."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(start)
        LOG.info(log_line("started"))
        yield
        await run_in_threadpool(stop)
        LOG.info(log_line("stopped"))

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)

    def count(_: Request, refusal: Refusal) -> None:
        metrics.refused.labels(refusal.code).inc()

    answer_refusals(app, LOG, status_of, (DatabaseUnavailable, Code.STORE_UNAVAILABLE), count)

    @app.get("/gateways/{gateway}")
    def gateway(gateway: str) -> dict[str, Any]:
        return {"epoch": hop.settings.epoch, "key": hop.key(gateway).to_json()}

    @app.post("/gateways/{gateway}/requests")
    def at_once(request: Request, gateway: str, data: Data) -> Response:
        response = hop.at_once(gateway, data, sender_of(request))
        metrics.taken.labels("at once").inc()
        return Response(response, media_type=RESPONSE_TYPE)

    @app.post("/gateways/{gateway}/messages")
    def keep(request: Request, gateway: str, data: Data) -> JSONResponse:
        return _kept(hop.keep(gateway, data, sender_of(request), urgent=False), "kept")

    @app.post("/gateways/{gateway}/urgent")
    def hurry(request: Request, gateway: str, data: Data) -> JSONResponse:
        return _kept(hop.keep(gateway, data, sender_of(request), urgent=True), "urgent")

    def _kept(found: tuple[Kept, bool], how: str) -> JSONResponse:
        kept, is_new = found
        if kept.state not in (KeptState.HELD, KeptState.ANSWERED):
            kept = hop.look(kept.id)  # raises what became of it
        if is_new:
            metrics.taken.labels(how).inc()
        return JSONResponse(_fields(kept), 202 if is_new else 200)

    @app.get("/messages/{name}")
    def response(name: Name) -> Response:
        kept = hop.look(name)
        if kept.response is None:
            return JSONResponse(_fields(kept), 202)
        return Response(kept.response, media_type=RESPONSE_TYPE)

    @app.delete("/messages/{name}")
    def forget(name: Name) -> Response:
        hop.forget(name)
        return Response(status_code=204)

    serve_monitoring(app, health, metrics)
    serve_document(app, INTERFACE)
    return app


def _fields(kept: Kept) -> dict[str, Any]:
    return {"id": kept.id, "state": kept.state.name, "due_at": kept.due_at}
