"""How a service is watched: `/health` for whoever asks, and `/metrics` for its operator's Prometheus."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST


class ServiceHealth(Protocol):
    """What is wrong, as sentences, and facts."""

    @property
    def problems(self) -> Sequence[str]:
        """What is wrong; empty when all is well."""

    def to_fields(self) -> dict[str, Any]:
        """Return it as an object for JSON."""


class Measured(Protocol):
    """What a service counts."""

    def page(self) -> bytes:
        """Return it in Prometheus' text format."""


def serve_monitoring(app: FastAPI, health: Callable[[], ServiceHealth], metrics: Measured) -> None:
    """Answer `/health`, with 503 when something is wrong, and `/metrics`."""
    watching = asyncio.Semaphore(2)  # monitoring takes no threads from withdrawals

    @app.get("/health")
    async def is_well() -> JSONResponse:
        async with watching:
            found = await asyncio.to_thread(health)
        return JSONResponse(found.to_fields(), 503 if found.problems else 200)

    @app.get("/metrics")
    async def read_metrics() -> Response:
        async with watching:
            return Response(await asyncio.to_thread(metrics.page), media_type=CONTENT_TYPE_LATEST)
