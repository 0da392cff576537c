"""A site's pages over HTTP: the answer of each page, its errors in words, its style, and forms of bounded length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException as HttpError
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from jamjar.errors import InvalidInput, JamjarError
from jamjar.pages.site import BASE, Site
from jamjar.pages.words import LANGUAGES
from jamjar.service.refusal_http import read_body

__all__ = ["Answers", "Form", "Request", "Response", "create_app", "language_of", "read_form"]

MOST_BYTES: Final = 12 << 20
"""How long a form may be, with its file."""
MOST_FIELDS: Final = 400
LANGUAGE_COOKIE: Final = "language"
_NOT_FOUND: Final = "There is no such page; go back, or to the first page."
_WENT_WRONG: Final = (
    "Something went wrong here, and nothing more was done; go to the first page, and look whether it is there."
)


class _InMemory(MultiPartParser):
    """Parts of a form, none of which is written to a temporary file: it may be a bank's."""

    spool_max_size = MOST_BYTES


@dataclass(frozen=True)
class Form:
    """What a form sent: its fields, of each the first, and its file."""

    fields: Mapping[str, str]
    file: bytes = b""
    file_name: str = ""

    def __getitem__(self, name: str) -> str:
        """Return a field without the blanks around it, "" where there is none."""
        return self.fields.get(name, "").strip()

    def __repr__(self) -> str:
        return f"Form({', '.join(self.fields)})"  # not what is in them: a passphrase may be


class Answers:
    """Makes the answers of one site: pages in the reader's language."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """Return a page; `context` is what its template names."""
        chosen = request.query_params.get("language", "")
        language = chosen if chosen in LANGUAGES else language_of(request)
        path = request.url.path if request.method in {"GET", "HEAD"} else f"{self.site.base}/"
        context.setdefault("here", path.removeprefix(self.site.base))
        kept = [each for each in request.query_params.multi_items() if each[0] != "language"]
        asked = kept if request.method in {"GET", "HEAD"} else []
        other = {code: f"{path}?{urlencode([*asked, ('language', code)])}" for code in LANGUAGES if code != language}
        response = HTMLResponse(self.site.page(template, language, other=other, **context), status)
        if chosen in LANGUAGES:
            path = f"{self.site.base}/"
            response.set_cookie(LANGUAGE_COOKIE, chosen, path=path, httponly=True, samesite="strict")
        return response

    def error(self, request: Request, sentence: str, status: int = 400, **context: Any) -> HTMLResponse:
        """Return the page that says what is wrong, and what to do."""
        return self.page(request, "error.html", status, sentence=sentence, **context)

    def go(self, path: str) -> RedirectResponse:
        """Send the browser to a path below the base, which it gets with GET (RFC 9110, section 15.4.4)."""
        return RedirectResponse(f"{self.site.base}{path}", 303)


def language_of(request: Request) -> str:
    """Return the reader's language: the one chosen, else the first that the browser asks for."""
    if (kept := request.cookies.get(LANGUAGE_COOKIE, "")) in LANGUAGES:
        return kept
    asked = request.headers.get("accept-language", "")[:200].lower()
    for each in asked.split(","):
        if (code := each.strip()[:2]) in LANGUAGES:
            return code
    return "en"


async def read_form(request: Request) -> Form:
    """Read a form of either kind; raises InvalidInput for one that is too long, or none."""
    body = await read_body(request, MOST_BYTES)
    if body is None:
        raise InvalidInput(f"That is larger than {MOST_BYTES >> 20} megabytes; choose a smaller file.")

    async def whole() -> Any:
        yield body
        yield b""

    kind = request.headers.get("content-type", "")
    try:
        if kind.startswith("multipart/form-data"):
            limits: dict[str, Any] = {"max_files": 1, "max_fields": MOST_FIELDS, "max_part_size": MOST_BYTES}
            parsed = await _InMemory(request.headers, whole(), **limits).parse()
        elif kind.startswith("application/x-www-form-urlencoded"):
            parsed = await FormParser(request.headers, whole()).parse()
        else:
            raise InvalidInput("What was sent is no form; use the page's own button.")
    except (MultiPartException, KeyError, UnicodeDecodeError, ValueError):
        raise InvalidInput("What was sent cannot be read as a form; use the page's own button.") from None
    return await _form(parsed)


async def _form(parsed: FormData) -> Form:
    fields, file, name = dict[str, str](), b"", ""
    for key, value in parsed.multi_items():
        if isinstance(value, UploadFile):
            file, name = await value.read(), value.filename or ""
        elif len(fields) < MOST_FIELDS:
            fields.setdefault(key, value)
    await parsed.close()
    return Form(fields, file, name)


def create_app(answers: Answers, rooms: Sequence[str] = (), **options: Any) -> FastAPI:
    """Return an application with the style and the error pages, to which routes below the base are added.

    rooms    packages that have a `static` folder besides the base's own
    options  what FastAPI takes more, such as `lifespan`
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, **options)
    styles = {
        place.name: place.read_bytes()
        for room in (BASE, *rooms)
        for place in (files(room) / "static").iterdir()
        if place.name.endswith(".css")
    }

    @app.get(f"{answers.site.base}/static/{{name}}")
    def static(request: Request, name: str) -> Response:
        if name not in styles:
            return answers.error(request, _NOT_FOUND, 404)
        return Response(styles[name], media_type="text/css")

    @app.exception_handler(JamjarError)
    def refused(request: Request, error: JamjarError) -> Response:
        return answers.error(request, str(error))

    @app.exception_handler(HttpError)
    def http_error(request: Request, error: HttpError) -> Response:
        if error.status_code in {404, 405}:
            return answers.error(request, _NOT_FOUND, 404)
        return answers.error(request, _WENT_WRONG, error.status_code)

    @app.exception_handler(Exception)
    def failed(request: Request, _: Exception) -> Response:
        return answers.error(request, _WENT_WRONG, 500)

    return app
