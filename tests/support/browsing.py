"""A browser without a window: requests to an ASGI application as a browser sends them, its cookies and its forms."""

import asyncio
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

PORT = 20_123
HOST = f"127.0.0.1:{PORT}"


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def words(self) -> str:
        """What a reader reads: the page without its markup, on one line."""
        inner = re.sub(r"<head>.*?</head>", " ", self.text, flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inner)).split())

    def forms(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Each form's address, and the fields that it sends when nothing is typed."""
        for attributes, inner in re.findall(r"<form([^>]*)>(.*?)</form>", self.text, re.DOTALL):
            fields = {}
            for tag in re.findall(r"<input[^>]*>", inner):
                found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
                if found.get("type") not in ("radio", "checkbox") or " checked" in tag:
                    fields[found["name"]] = html.unescape(found.get("value", ""))
            (action,) = re.findall(r'action="([^"]*)"', attributes)
            yield html.unescape(action), fields

    def form(self, ends: str) -> tuple[str, dict[str, str]]:
        """The one form whose address ends so."""
        (found,) = [(action, fields) for action, fields in self.forms() if action.endswith(ends)]
        return found


@dataclass
class Browser:
    """Keeps cookies, names itself in Fetch Metadata, and follows a redirection when told to."""

    app: Any
    host: str = HOST
    app_may_fail: bool = False
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answered:
        return self._ask("GET", path, {"sec-fetch-site": "same-origin", **(headers or {})}, b"")

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answered:
        given = {"content-type": "application/x-www-form-urlencoded", "origin": "null"}
        given |= {"sec-fetch-site": "same-origin"}
        return self._ask("POST", path, given | dict(headers or {}), urlencode(fields).encode())

    def upload(self, path: str, fields: Mapping[str, str], name: str, content: bytes) -> Answered:
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
        ]
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, content, b"\r\n--x--\r\n"])
        given = {"content-type": "multipart/form-data; boundary=x", "origin": "null", "sec-fetch-site": "same-origin"}
        return self._ask("POST", path, given, body)

    def follow(self, answered: Answered) -> Answered:
        assert answered.status == 303, (answered.status, answered.words)
        return self.get(answered.headers["location"])

    def press(self, page: Answered, ends: str, **typed: str) -> Answered:
        """Send a form of a page, and go where the answer leads."""
        action, fields = page.form(ends)
        answered = self.post(action, fields | typed)
        return self.follow(answered) if answered.status == 303 else answered

    def _ask(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answered:
        parts = urlsplit(address)
        own = [value for value, path in self.cookies.items() if parts.path.startswith(path[1])]
        pairs = [("host", self.host), *headers.items()]
        if own:
            pairs.append(("cookie", "; ".join(f"{name}={self.cookies[name][0]}" for name in own)))
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": parts.path, "raw_path": parts.path.encode(), "query_string": parts.query.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in pairs],
            "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", PORT),
        }  # fmt: skip
        answered = asyncio.run(_call(self.app, scope, body, self.app_may_fail))
        for value in answered.pop("cookies"):
            for name, morsel in SimpleCookie(value).items():
                self.cookies[name] = (morsel.value, morsel["path"] or "/")
        return Answered(**answered)


async def _call(app: Any, scope: dict[str, Any], body: bytes, app_may_fail: bool) -> dict[str, Any]:
    events, given = [], [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return given.pop() if given else {"type": "http.disconnect"}

    async def send(event: dict[str, Any]) -> None:
        events.append(event)

    try:
        await app(scope, receive, send)
    except Exception:
        if not app_may_fail or not events:  # an error that was answered is raised again, for the server's log
            raise
    head = [(name.decode().lower(), value.decode("latin-1")) for name, value in events[0]["headers"]]
    return {
        "status": events[0]["status"],
        "headers": dict(head),
        "cookies": [value for name, value in head if name == "set-cookie"],
        "body": b"".join(event.get("body", b"") for event in events[1:]),
    }
