"""Refusals over HTTP, and request bodies of bounded length."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from jamjar.service.refusal import Refusal, Refused, log_line

BODY_SECONDS: Final = 30.0
"""How long a request's body may take."""


async def read_body(request: Request, most_bytes: int) -> bytes | None:
    """Return a request's body, None for one that is longer; one that takes too long is answered 408."""
    try:
        return await asyncio.wait_for(_read(request, most_bytes), BODY_SECONDS)
    except asyncio.TimeoutError:
        raise HTTPException(408, "The body took too long; send the request again.") from None


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
        return JSONResponse(refusal.to_fields(), status_of(refusal.code))

    @app.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> JSONResponse:
        return answer(request, error.refusal)

    @app.exception_handler(kind)
    def told(request: Request, error: Exception) -> JSONResponse:
        return answer(request, Refusal(code, str(error)))
