"""Pages of other origins may send messages and ask after them; an operator's figures answer no page."""

import pytest
import requests

ORIGIN = {"Origin": "https://wallet.example"}


@pytest.fixture
def served(world):
    with world.running():
        yield world


def preflight(world, path, method, headers="content-type"):
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return requests.options(f"{world.url}{path}", headers=ORIGIN | asked, timeout=60)


def test_refused(served):
    assert preflight(served, "/messages", "DELETE").status_code == 400
    assert preflight(served, "/messages", "POST", "authorization").status_code == 400
    for path in ("/metrics", "/health", "/openapi.json"):
        asked, told = preflight(served, path, "GET"), requests.get(f"{served.url}{path}", headers=ORIGIN, timeout=60)
        assert asked.status_code == 405
        assert not [
            name for each in (asked, told) for name in each.headers if name.lower().startswith("access-control")
        ]
    assert requests.options(f"{served.url}/messages", timeout=60).status_code == 405


def test_what_a_claimant_needs(served):
    for path, method in (("/messages", "POST"), (f"/messages/{'0' * 64}", "GET")):
        answer = preflight(served, path, method)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
        assert "Access-Control-Allow-Credentials" not in answer.headers
    refused = requests.post(f"{served.url}/messages", data=b"{}", headers=ORIGIN | {"Cookie": "a=1"}, timeout=60)
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (400, "*")
    assert "Access-Control-Allow-Credentials" not in refused.headers
