"""Refusals over HTTP, request bodies of bounded length, and where requests come from."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as HttpError

from jamjar.service.rates import sender_name
from jamjar.service.refusal import CHALLENGE, HTTP_STATUS, UNAUTHORIZED, Refusal, Refused, http_status, log_line

BODY_SECONDS: Final = 30.0
"""How long a request's body may take, in seconds."""
_SENTENCES: Final = {
    404: "There is no such path here; /openapi.json lists those that there are.",
    405: "This path has no such method; the header Allow lists those that it has.",
}


async def read_body(request: Request, most_bytes: int) -> bytes | None:
    """Return a request's body, None for one that is longer; one that takes too long is answered 408."""
    try:
        return await asyncio.wait_for(_read(request, most_bytes), BODY_SECONDS)
    except asyncio.TimeoutError:
        raise HttpError(408, "The body took too long; send the request again.") from None


async def _read(request: Request, most_bytes: int) -> bytes | None:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most_bytes:
            return None
    return bytes(body)


def route_name(request: Request) -> str:
    """Return the name of the function that answers a request, "unknown" where there is none."""
    return getattr(request.scope.get("endpoint"), "__name__", "unknown")


def sender_of(request: Request) -> str:
    """Return the sender of a request: its address, or in IPv6 its network of 64 bits."""
    return sender_name(request.client.host if request.client else "")


def answer_refusals(
    app: FastAPI,
    log: logging.Logger,
    status_of: Callable[[str], int],
    other: tuple[type[Exception], str],
    seen: Callable[[Request, Refusal], None] = lambda *_: None,
) -> None:
    """Make an application answer a refusal as JSON, and log its code.

    status_of  the HTTP status of a code
    other      an error besides `Refused` whose text is the answer's sentence, and the answer's code
    seen       is called with each refusal
    """
    kind, code = other

    def answer(request: Request, refusal: Refusal) -> JSONResponse:
        log.info(log_line(route_name(request), code=refusal.code))
        seen(request, refusal)
        status = http_status(refusal.code, status_of)
        headers = {"WWW-Authenticate": CHALLENGE} if status == UNAUTHORIZED else None
        return JSONResponse(refusal.to_fields(), status, headers)

    @app.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> JSONResponse:
        return answer(request, error.refusal)

    @app.exception_handler(kind)
    def told(request: Request, error: Exception) -> JSONResponse:
        return answer(request, Refusal(code, str(error)))

    codes = {status: code for code, status in HTTP_STATUS.items()}
    answer_http_errors(app, lambda request, status, text: answer(request, Refusal(codes[status], text)))


def answer_http_errors(app: FastAPI, answer: Callable[[Request, int, str], Response]) -> None:
    """Make an application answer an unknown path (404) or method (405) and a late body (408) by `answer`.

    answer  takes the request, the HTTP status and the sentence
    """

    @app.exception_handler(HttpError)
    def http_error(request: Request, error: HttpError) -> Response:
        response = answer(request, error.status_code, _SENTENCES.get(error.status_code, error.detail))
        if error.status_code == 405:  # all of the path's methods (RFC 9110, section 15.5.6), not one route's
            response.headers["Allow"] = ", ".join(sorted(_methods(app, request.scope["path"])))
        return response


def _methods(app: FastAPI, path: str) -> set[str]:
    routes = [route for route in app.routes if isinstance(route, APIRoute) and route.path_regex.match(path)]
    return {method for route in routes for method in route.methods or ()}
