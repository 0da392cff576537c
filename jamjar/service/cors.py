"""Which paths of a service pages of other origins may use in a browser (CORS, Fetch standard, section 3.2).

Any origin may, as a claimant's page has several hosts, or none; credentials never, as what is signed needs none. The
rest of a service, such as an operator's figures, answers no page: a browser in the operator's own network could
otherwise be made to read it out.
"""

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class _Cors:
    """Passes requests for some paths through CORS, and all others on as they are."""

    def __init__(self, app: ASGIApp, paths: tuple[str, ...], methods: Sequence[str], headers: Sequence[str]) -> None:
        self._app, self._paths = app, paths
        self._cors = CORSMiddleware(app, allow_origins=["*"], allow_methods=methods, allow_headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_open = scope["type"] == "http" and scope["path"].startswith(self._paths)
        await (self._cors if is_open else self._app)(scope, receive, send)


def open_to_pages(app: FastAPI, paths: tuple[str, ...], methods: Sequence[str], headers: Sequence[str]) -> None:
    """Let pages of any origin use the paths that begin so, by these methods, with these headers of their own."""
    app.add_middleware(_Cors, paths=paths, methods=methods, headers=headers)
