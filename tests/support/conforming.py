"""An application whose every answer is compared with its own OpenAPI document."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator

from jamjar.service.openapi import PATH

Event = MutableMapping[str, Any]


def document_of(app: FastAPI) -> Any:
    """The document that an application serves; None where it serves none."""
    found = [route.endpoint for route in app.routes if isinstance(route, APIRoute) and route.path == PATH]
    return json.loads(found[0]().body) if found else None


def refusals_of(document: Any) -> set[tuple[int, str]]:
    """Every code of a refusal in a document, with the status that it stands at."""
    return {
        (int(status), code)
        for operations in document["paths"].values()
        for operation in operations.values()
        for status, response in operation["responses"].items()
        for schema in _schemas(response)
        for code in schema.get("properties", {}).get("code", {}).get("enum", ())
    }


def _schemas(response: Any) -> list[Any]:
    found = [content["schema"] for content in response.get("content", {}).values()]
    return [each for schema in found for each in schema.get("anyOf", [schema])]


def _asks_first(scope: Event) -> bool:
    return b"access-control-request-method" in dict(scope["headers"])


class Conforming:
    """Passes requests on to an application, and remembers what it answered in another way than its document says."""

    def __init__(self, app: FastAPI) -> None:
        self.app, self.document, self.wrong = app, document_of(app), list[str]()

    async def __call__(
        self, scope: Event, receive: Callable[[], Awaitable[Event]], send: Callable[[Event], Awaitable[None]]
    ) -> None:
        events = list[Event]()

        async def sent(event: Event) -> None:
            events.append(event)
            await send(event)

        await self.app(scope, receive, sent)
        if self.document is not None and scope["type"] == "http" and events:
            head = {name.decode().lower(): value.decode() for name, value in events[0].get("headers", ())}
            body = b"".join(event.get("body", b"") for event in events[1:])
            status, kind = events[0]["status"], head.get("content-type", "").partition(";")[0]
            if said := self._wrong(scope, status, kind, body):
                self.wrong.append(f"{scope['method']} {scope['path']} {status} {kind} {body[:200]!r}: {said}")

    def _wrong(self, scope: Event, status: int, kind: str, body: bytes) -> str:
        operation = self._operation(scope)
        if operation is None:
            if scope["method"] == "OPTIONS" and _asks_first(scope):
                return ""  # a browser's own question (Fetch standard, CORS-preflight), which no document lists
            return "" if status in (404, 405) else "answered where there is nothing"
        response = operation["responses"].get(str(status))
        if response is None:
            return "an undocumented status"
        contents = {name.partition(";")[0]: of["schema"] for name, of in response.get("content", {}).items()}
        if not body:
            return "" if response.get("content", {}).keys() <= {"text/plain"} else "no body"
        if kind not in contents:
            return "an undocumented type"
        value = (
            json.loads(body) if kind == "application/json" else body.decode("latin-1" if "octet" in kind else "utf-8")
        )
        return "; ".join(error.message for error in Draft202012Validator(contents[kind]).iter_errors(value))

    def _operation(self, scope: Event) -> Any:
        for route in self.app.routes:
            if isinstance(route, APIRoute) and route.path_regex.match(scope["path"]):
                operation = self.document["paths"][route.path].get(scope["method"].lower())
                if operation:
                    return operation
        return None
