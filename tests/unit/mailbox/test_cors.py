"""Pages of other origins: a claimant's may sign requests, a member's part is no page, and cookies count for nothing."""

import pytest
import requests

from jamjar.mailbox.signed_request import HEADER_SCHEMAS

ORIGINS = ("https://wallet.example", "null")
ID = "0" * 64
SENT = ", ".join(HEADER_SCHEMAS).lower()


def preflight(world, path, method, headers=SENT, origin=ORIGINS[0]):
    asked = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return requests.options(f"{world.url}{path}", headers=asked, timeout=60)


def allowed(answer):
    return {name.lower() for name in answer.headers if name.lower().startswith("access-control")}


@pytest.mark.parametrize(
    ("path", "method"),
    [(f"/packages/{ID}/key", "POST"), (f"/replies/{ID}", "PATCH"), ("/packages", "GET"), ("/openapi.json", "GET")],
)
def test_refused_methods_and_paths(world, path, method):
    answer = preflight(world, path, method)
    assert answer.status_code in (400, 405)
    assert method not in answer.headers.get("Access-Control-Allow-Methods", "")


def test_refused_headers(world):
    assert preflight(world, f"/replies/{ID}", "GET", "authorization").status_code == 400
    assert preflight(world, f"/replies/{ID}", "GET", f"{SENT}, cookie").status_code == 400


def test_options_without_an_origin_are_as_before(world):
    answer = requests.options(f"{world.url}/replies/{ID}", timeout=60)
    assert (answer.status_code, allowed(answer)) == (405, set())


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_a_claimant_needs(world, origin):
    for path, method in ((f"/packages/{ID}", "PUT"), (f"/consents/{ID}/replies", "GET"), (f"/replies/{ID}", "DELETE")):
        answer = preflight(world, path, method, origin=origin)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
        assert method in answer.headers["Access-Control-Allow-Methods"]
        assert "access-control-allow-credentials" not in allowed(answer)


def test_a_refusal_can_be_read_and_a_cookie_changes_nothing(world):
    sent = {"Origin": ORIGINS[0], "Cookie": "jamjar=1"}
    answer = requests.get(f"{world.url}/replies/{ID}", headers=sent, timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (401, "BAD_SIGNATURE")
    assert (answer.headers["Access-Control-Allow-Origin"], allowed(answer)) == ("*", {"access-control-allow-origin"})
    assert allowed(requests.get(f"{world.url}/packages", headers=sent, timeout=60)) == set()
