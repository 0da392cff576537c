"""A site's pages over HTTP.

Given text from elsewhere                       it is text in the page, whatever it holds
Given a language that is chosen, or asked for   the page is in it, and the link leads to the other
Given an error                                  a page with its sentence, and nothing of the program
Given a form                                    its fields, each once, and its file, in memory alone
"""

import re
from pathlib import Path

import pytest
from fastapi import Request, Response

from jamjar.errors import InvalidInput
from jamjar.pages.app import MOST_BYTES, Answers, create_app, read_form
from jamjar.pages.serving import own_requests
from jamjar.pages.site import Site
from tests.support.browsing import PORT, Browser

HOSTILE = "</p><script>alert('1')</script>\" onload=\"x %(a)s {{ 7*7 }} &amp;"
TEMPLATES = sorted((Path(__file__).parents[3] / "jamjar").rglob("templates/*.html"))


@pytest.fixture
def browser():
    answers = Answers(Site("jamjar.pages", "Wallet", base="/base", navigation=(("/", "Home"),)))
    app = create_app(answers)

    @app.get("/base/raise")
    def raises() -> Response:
        raise InvalidInput(HOSTILE)

    @app.get("/base/break")
    def breaks() -> Response:
        raise RuntimeError("secret")

    @app.post("/base/form")
    async def form(request: Request) -> Response:
        found = await read_form(request)
        return Response(f"{dict(found.fields)} {found.file!r} {found.file_name} {found!r}")

    return Browser(own_requests(app, PORT))


def test_text_from_elsewhere_is_text(browser):
    page = browser.get("/base/raise")
    assert page.status == 400
    assert HOSTILE in page.words
    assert "<script" not in page.text
    assert 'onload="' not in page.text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_only_literals_are_translated_unescaped(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\b_\((?![\"'])", text) == []
    assert "|safe" not in text.replace(" ", "")
    assert "<script" not in text
    assert not re.search(r"\bon\w+=|\bstyle=|https?://", text)


def test_an_error_of_ours_and_one_that_is_not(browser):
    assert "no such page" in browser.get("/base/none").words
    assert browser.get("/base/none").status == 404
    browser.app_may_fail = True
    broken = browser.get("/base/break")
    assert (broken.status, "secret" in broken.text) == (500, False)
    assert "Something went wrong here" in broken.words


def test_languages(browser):
    english = browser.get("/base/none")
    assert 'lang="en"' in english.text
    assert '/base/none?language=cy"' in english.text
    welsh = browser.get("/base/none?language=cy")
    assert '<html lang="cy"' in welsh.text
    assert "English" in welsh.words
    assert '<html lang="cy"' in browser.get("/base/none").text
    assert '<html lang="en"' in browser.get("/base/none?language=en").text
    assert '<html lang="en"' in browser.get("/base/none?language=%22x").text
    browser.cookies.clear()
    assert '<html lang="cy"' in browser.get("/base/none", {"accept-language": "fr, cy-GB;q=0.8, en"}).text
    assert '<html lang="en"' in browser.get("/base/none", {"accept-language": "fr"}).text


def test_style_is_from_the_package_alone(browser):
    page = browser.get("/base/none")
    addresses = re.findall(r'(?:href|src)="([^"]*)"', page.text)
    assert all(each.startswith(("/base/", "#", "data:,")) for each in addresses), addresses
    for each in re.findall(r'href="(/base/static/[^"]*)"', page.text):
        style = browser.get(each)
        assert (style.status, style.headers["content-type"].partition(";")[0]) == (200, "text/css")
        assert "url(" not in style.text
    assert browser.get("/base/static/..%2Fapp.py").status == 404


def test_forms(browser):
    sent = browser.post("/base/form", {"a": " 1 ", "passphrase": "secret"})
    assert sent.text == "{'a': ' 1 ', 'passphrase': 'secret'} b''  Form(a, passphrase)"
    twice = browser._ask("POST", "/base/form", {"content-type": "application/x-www-form-urlencoded",
                                                "sec-fetch-site": "same-origin"}, b"a=1&a=2")  # fmt: skip
    assert "{'a': '1'}" in twice.text
    content = b"Date,Amount\r\n\x00\xff\n"
    assert f"{content!r} bank.csv" in browser.upload("/base/form", {"a": "1"}, "bank.csv", content).text
    for kind in ("", "text/plain", "multipart/form-data", "multipart/form-data; boundary=y"):
        refused = browser.post("/base/form", {"a": "1"}, {"content-type": kind})
        assert (refused.status, "use the page" in refused.words) == (400, True)


def test_a_form_that_is_too_long(browser):
    refused = browser.upload("/base/form", {}, "big", bytes(MOST_BYTES))
    assert (refused.status, "choose a smaller file" in refused.words) == (400, True)
