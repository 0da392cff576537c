"""What a page answers at all: requests to its own address, from its own pages; and the headers of every answer.

Another site in the same browser can send requests to a port of this machine, also under a name that it makes lead here
(DNS rebinding). What it sends has another `Host`, `Origin` or `Sec-Fetch-Site` (Fetch Metadata, W3C), and is refused
before anything else is looked at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final, TypeAlias

Event: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Event]]
Send: TypeAlias = Callable[[Event], Awaitable[None]]
Application: TypeAlias = Callable[[Event, Receive, Send], Awaitable[None]]

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
"""The Content-Security-Policy (CSP level 3): no script at all, and nothing from elsewhere."""
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer."""
_OWN_POLICY: Final = b"content-security-policy"
_READS: Final = frozenset({"GET", "HEAD"})


class OwnRequests:
    """An application that answers only requests to one of its hosts, and from its own pages."""

    def __init__(self, app: Application, hosts: Iterable[str]) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on; both with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(event: Event) -> None:
            if event["type"] == "http.response.start":
                given = [(name.lower(), value) for name, value in event.get("headers", ())]
                own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                if any(name == _OWN_POLICY for name, _ in given):  # a page to print names its own style by its hash
                    own = [(name, value) for name, value in own if name != _OWN_POLICY]
                names = {name for name, _ in own}
                event["headers"] = [pair for pair in given if pair[0] not in names] + own
            await send(event)

        wrong = refusal(scope["method"], scope["headers"], self.hosts)
        if not wrong:
            await self.app(scope, receive, sent)
            return
        kind = (b"content-type", b"text/plain; charset=utf-8")
        await sent({"type": "http.response.start", "status": 403, "headers": [kind]})
        await sent({"type": "http.response.body", "body": wrong.encode()})


def refusal(method: str, headers: Iterable[tuple[bytes, bytes]], hosts: frozenset[str]) -> str:
    """Return why a request is refused: what is wrong; what to do. An empty text for one that is not.

    headers  as ASGI has them: names in lower case
    hosts    what `Host` may be, each with its port
    """
    given: dict[bytes, list[str]] = {}
    for name, value in headers:
        given.setdefault(name, []).append(value.decode("latin-1"))
    host, origin, site = (given.get(name, []) for name in (b"host", b"origin", b"sec-fetch-site"))
    if len(host) != 1 or host[0] not in hosts:
        return "This page is not found under that name; open the address that Jamjar printed."
    if method not in (*_READS, "POST"):
        return "A page is only read, or sent a form; use its links and buttons."
    if any(each not in {"same-origin", "none"} for each in site):
        return "Another site led here; open the address that Jamjar printed, or go back to the page you had."
    if any(each not in {f"http://{host[0]}", "null"} for each in origin):
        return "Another site sent this; nothing was done. Use the buttons of Jamjar's own pages."
    # A page without a referrer sends `null` as its origin, so its browser has to say that it is the page's own.
    if method == "POST" and site != ["same-origin"] and origin != [f"http://{host[0]}"]:
        return "It cannot be seen which page sent this, so nothing was done; use a browser of the last years."
    return ""
