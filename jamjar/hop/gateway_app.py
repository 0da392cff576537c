"""A gateway over HTTP, in front of the service whose application it is part of.

    GET  /hop/key   the gateway's key, signed by an account of its member
    POST /hop       a hop: a sealed request; the answer is the service's, sealed, whatever it is

The service sees a request of the hop's address, and its own rules, refusals and limits hold. What a hop asks for in
others' names, and when, is in no log: only the code of what was refused.
"""

import logging
from collections.abc import MutableMapping
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from jamjar.hop.gateway import Gateway
from jamjar.hop.gateway_key import SCHEMA
from jamjar.hop.message import NOTHING, REQUEST_TYPE, RESPONSE_TYPE, GatewayKind, HopRequest, HopResponse
from jamjar.hop.refusal import HopCode as Code
from jamjar.service.openapi import JSON, Answer, Operation, RequestBody
from jamjar.service.refusal import HttpCode, log_line
from jamjar.service.refusal_http import read_body, sender_of

LOG: Final = logging.getLogger("jamjar.hop")
BY_HOP: Final = "jamjar.hop"
"""In the scope of a request that came through a hop."""
_NOT_HERE: Final = b'{"code":"NO_SUCH_PATH","details":{},"sentence":"Hops reach no such path; ask it directly."}'


def gateway_operations(kind: GatewayKind) -> dict[str, Operation]:
    """Return what the routes of `serve_gateway` take and answer, for a service's OpenAPI document."""
    codes = {Code.NO_GATEWAY, Code.NOT_A_HOP, Code.WRONG_SIZE, Code.UNKNOWN_FORMAT, Code.UNKNOWN_KEY, Code.NOT_OPENED}
    length, size = kind.response_bytes, f"{kind.request_bytes:,}"
    sealed = {"type": "string", "format": "binary", "minLength": length, "maxLength": length}
    response = Answer("The sealed response, always of one length.", {RESPONSE_TYPE: sealed})
    opaque = {"type": "string", "format": "binary", "maxLength": kind.request_bytes}
    opaque["description"] = f"A sealed request, of exactly {size} bytes."
    request = RequestBody(REQUEST_TYPE, opaque, kind.request_bytes)
    key = Answer("The key, signed by an account of the gateway's member.", {JSON: SCHEMA})
    return {
        "gateway_key": Operation("The gateway's signed key.", {200: key}, frozenset({Code.NO_GATEWAY})),
        "pass_in": Operation(
            "A hop passes on a sealed request.", {200: response}, frozenset({*codes, HttpCode.TOO_SLOW}), request
        ),
    }


def serve_gateway(app: FastAPI, gateway: Gateway) -> None:
    """Add a gateway's routes to the application of the service that it stands in front of."""

    @app.get("/hop/key")
    def gateway_key() -> dict[str, Any]:
        return gateway.key()

    @app.post("/hop")
    async def pass_in(request: Request) -> Response:
        body = await read_body(request, gateway.kind.request_bytes)
        opened = await run_in_threadpool(gateway.open, body, sender_of(request))
        if gateway.is_passed(opened):
            response = await _ask(app, opened.request, request)
        elif opened.request.method == NOTHING:
            response = HopResponse(204)
        else:
            response = HopResponse(404, JSON, _NOT_HERE)
        return Response(await run_in_threadpool(gateway.seal, opened, response), media_type=RESPONSE_TYPE)


async def _ask(app: FastAPI, asked: HopRequest, outer: Request) -> HopResponse:
    """Ask the application itself, by ASGI, as if the request had come over HTTP from the hop."""
    headers = {name.lower(): value for name, value in asked.headers.items() if name.lower().startswith("jamjar-")}
    headers["content-length"] = str(len(asked.body))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": asked.path,
        "raw_path": asked.path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": outer.scope.get("client"),
        "server": outer.scope.get("server"),
        "state": {},
        BY_HOP: True,
    }
    events = list[MutableMapping[str, Any]]()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": asked.body, "more_body": False}

    async def send(event: MutableMapping[str, Any]) -> None:
        events.append(event)

    try:
        await app(scope, receive, send)
    except Exception as error:  # unanswered, the hop would hold it for days, and rest from what others sent as well
        LOG.error(log_line("pass_in", problem=type(error).__name__))
        return HopResponse(500)
    head, *parts = events
    kinds = [value.decode("latin-1") for name, value in head.get("headers", ()) if name == b"content-type"]
    body = b"".join(part.get("body", b"") for part in parts)
    return HopResponse(head["status"], kinds[0] if kinds else "", body)
