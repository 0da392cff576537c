"""A service's OpenAPI 3.1 document: of its routes, its refusal codes, and the schemas of what it reads and writes.

Each route has an `Operation` under the name of its function. What is answered below the routes is in it, too: a body
that is too slow, and what is no HTTP/1.1.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from fastapi import FastAPI, Response
from fastapi.routing import APIRoute

from jamjar import __version__
from jamjar.encoding.json_schema import Schema
from jamjar.service.bounded_protocol import HEAD_SECONDS, MOST_CONNECTIONS
from jamjar.service.listening import HEADERS
from jamjar.service.refusal import CHALLENGE, UNAUTHORIZED, http_status, refusal_schema
from jamjar.service.refusal_http import BODY_SECONDS

Contents: TypeAlias = Mapping[str, Schema]
"""By media type, the schema of a body."""

PATH: Final = "/openapi.json"
JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"
PLAIN: Final = "text/plain"


def _headers(named: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {name: {"required": True, "schema": {"type": "string", "const": value}} for name, value in named}


ANSWER_HEADERS: Final = _headers(HEADERS)
_CHALLENGE: Final = _headers([("WWW-Authenticate", CHALLENGE)])
_NO_HTTP: Final = {PLAIN: {"type": "string", "const": "Invalid HTTP request received."}}
_BELOW: Final = f"""
A request whose head does not come within {HEAD_SECONDS:.0f} seconds is closed without an answer.
So is, beyond {MOST_CONNECTIONS} connections, the one that has waited longest for its request.
A body that does not come within {BODY_SECONDS:.0f} seconds is answered 408, what is no HTTP/1.1 is answered 400.
A path that is not listed here is answered 404, a method that is not listed 405, with the path's methods in Allow.
Every answer has X-Content-Type-Options: nosniff and Cache-Control: no-store.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with the schemas of its body; none where it has no body."""

    description: str
    contents: Contents = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The body of a request: its media type, the schema, and how many bytes it may have."""

    media_type: str
    schema: Schema
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Operation:
    """What one route takes and answers; `codes` are those of its refusals, `headers` what a request must have."""

    summary: str
    answers: Mapping[int, Answer]
    codes: frozenset[str] = frozenset()
    body: RequestBody | None = None
    headers: Mapping[str, Schema] = field(default_factory=dict)
    security: str = ""


@dataclass(frozen=True, slots=True)
class Interface:
    """A service's interface.

    operations  by the name of the function that answers
    paths       the schemas of what stands in paths, by their names there
    status_of   the HTTP status of a refusal's code
    security    security schemes, by the names that operations use
    """

    title: str
    description: str
    operations: Mapping[str, Operation]
    paths: Mapping[str, Schema] = field(default_factory=dict)
    status_of: Callable[[str], int] = lambda _: 400
    security: Mapping[str, Schema] = field(default_factory=dict)


_ITSELF: Final = Operation("This document.", {200: Answer("This document.", {JSON: {"type": "object"}})})


def serve_document(app: FastAPI, interface: Interface) -> None:
    """Serve the document of an application's routes at /openapi.json; call it once they are all there.

    Raises LookupError for a route without an operation, and for an operation without a route.
    """
    text = b""

    @app.get(PATH)
    def openapi() -> Response:
        return Response(text, media_type=JSON)

    operations = {**interface.operations, openapi.__name__: _ITSELF}
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    if unused := operations.keys() - {route.endpoint.__name__ for route in routes}:
        raise LookupError(f"There is no route for {', '.join(sorted(unused))}.")
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        for method in sorted(route.methods or ()):
            operation = operations[route.endpoint.__name__]
            paths.setdefault(route.path, {})[method.lower()] = {
                "operationId": route.endpoint.__name__,
                **_operation(operation, route.path, interface),
            }
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": interface.title,
            "version": __version__,
            "description": f"{interface.description.strip()}\n{_BELOW}",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"securitySchemes": interface.security},
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()


def _operation(operation: Operation, path: str, interface: Interface) -> dict[str, Any]:
    named = [("path", name, interface.paths[name]) for name in re.findall(r"{(\w+)}", path)]
    named += [("header", name, schema) for name, schema in operation.headers.items()]
    found: dict[str, Any] = {
        "summary": operation.summary,
        "parameters": [{"in": place, "name": name, "required": True, "schema": of} for place, name, of in named],
        "responses": _responses(operation, interface),
        "security": [{operation.security: []}] if operation.security else [],
    }
    if operation.body:
        found["requestBody"] = {
            "required": True,
            "description": f"At most {operation.body.most_bytes:,} bytes.",
            "content": {operation.body.media_type: {"schema": operation.body.schema}},
        }
    return found


def _responses(operation: Operation, interface: Interface) -> dict[str, Any]:
    codes: dict[int, list[str]] = {}
    for code in sorted(operation.codes):
        codes.setdefault(http_status(code, interface.status_of), []).append(code)
    answers = {status: [answer] for status, answer in operation.answers.items()}
    for status, named in codes.items():
        refusal = Answer(f"Refused: {', '.join(named)}.", {JSON: refusal_schema(named)})
        answers.setdefault(status, []).append(refusal)
    answers.setdefault(400, []).append(Answer("This is no HTTP/1.1.", _NO_HTTP))
    return {str(status): _response(status, answers[status]) for status in sorted(answers)}


def _response(status: int, answers: Sequence[Answer]) -> dict[str, Any]:
    schemas: dict[str, list[Schema]] = {}
    for answer in answers:
        for media_type, schema in answer.contents.items():
            schemas.setdefault(media_type, []).append(schema)
    description = " ".join(answer.description for answer in answers)
    found: dict[str, Any] = {"description": description, "headers": ANSWER_HEADERS}
    if status == UNAUTHORIZED:
        found["headers"] = ANSWER_HEADERS | _CHALLENGE
    if schemas:
        found["content"] = {
            media_type: {"schema": each[0] if len(each) == 1 else {"anyOf": each}}
            for media_type, each in schemas.items()
        }
    return found
