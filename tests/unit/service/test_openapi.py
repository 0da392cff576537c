"""A service's OpenAPI document is made of its routes, and of nothing else.

When a route has no operation, or an operation no route    LookupError
When an answer is not as the document says                 every test that serves the application fails
Given two answers of one status and type                   each is one of the two
"""

import json

import pytest
import requests
from fastapi import FastAPI, Response

from jamjar.service.openapi import JSON, Answer, Interface, Operation, serve_document
from jamjar.service.refusal_http import answer_http_errors
from scripts.http_documents import documents
from tests.support.conforming import document_of, refusals_of
from tests.support.serving import served

NUMBER = {"type": "integer"}
READ = Operation("Read.", {200: Answer("A number.", {JSON: NUMBER}), 409: Answer("A number.", {JSON: NUMBER})})


def app_of(operations, body=b"1", status=200, media_type=JSON):
    app = FastAPI(openapi_url=None)

    @app.get("/numbers/{name}")
    def read(name: str) -> Response:
        return Response(body, status, media_type=media_type)

    @app.delete("/numbers/{name}")
    def drop(name: str) -> Response:
        return Response(status_code=204)

    answer_http_errors(app, lambda _, status, text: Response(text, status, media_type="text/plain"))
    serve_document(
        app, Interface("Numbers", "It has numbers.", operations, {"name": {"type": "string"}}, lambda _: 409)
    )
    return app


OPERATIONS = {"read": READ, "drop": Operation("Drop.", {204: Answer("It is gone.")}, frozenset({"BUSY", "FULL"}))}


@pytest.mark.parametrize("operations", [{}, {"read": READ}, {**OPERATIONS, "write": READ}])
def test_routes_and_operations_are_the_same(operations):
    with pytest.raises(LookupError):
        app_of(operations)


def test_it_holds_every_route_with_its_answers():
    document = document_of(app_of(OPERATIONS))
    assert {path: set(found) for path, found in document["paths"].items()} == {
        "/numbers/{name}": {"get", "delete"}, "/openapi.json": {"get"}
    }  # fmt: skip
    assert refusals_of(document) == {(409, "BUSY"), (409, "FULL")}
    read = document["paths"]["/numbers/{name}"]["get"]
    assert read["responses"].keys() == {"200", "400", "409"}
    assert [(each["name"], each["in"], each["required"]) for each in read["parameters"]] == [("name", "path", True)]


def test_answers_of_one_status_are_alternatives():
    either = Operation("Read.", READ.answers, frozenset({"BUSY"}))
    found = document_of(app_of({**OPERATIONS, "read": either}))["paths"]["/numbers/{name}"]["get"]["responses"]["409"]
    assert [schema.get("type") for schema in found["content"][JSON]["schema"]["anyOf"]] == ["integer", "object"]


def test_it_is_served_as_json():
    with served(app_of(OPERATIONS)) as url:
        answer = requests.get(f"{url}/openapi.json", timeout=60)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, JSON)
        assert json.loads(answer.content)["openapi"] == "3.1.0"


def test_all_methods_of_a_path_are_allowed():
    with served(app_of(OPERATIONS)) as url:
        answer = requests.post(f"{url}/numbers/1", timeout=60)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET")
        assert requests.get(f"{url}/letters", timeout=60).text.startswith("There is no such path")


@pytest.mark.parametrize(
    ("body", "status", "media_type"),
    [(b'"1"', 200, JSON), (b"1", 201, JSON), (b"1", 200, "text/html"), (b"", 200, JSON)],
)
def test_an_answer_that_the_document_does_not_know_is_noticed(body, status, media_type):
    with (
        pytest.raises(AssertionError, match="GET /numbers/1"),
        served(app_of(OPERATIONS, body, status, media_type)) as url,
    ):
        requests.get(f"{url}/numbers/1", timeout=60)


def test_documents_are_written_without_a_service() -> None:
    assert {name: json.loads(text)["openapi"][:2] for name, text in documents().items()} == {
        "hop": "3.", "mailbox": "3.", "relayer": "3.", "witness": "3.",
    }  # fmt: skip
