"""Hooks of MkDocs: what the documents link to outside of docs/, each public module and each service become pages.

README.md is the first page, as index.md. `api.md` lists the public modules; each has a page made of its docstrings, and
the services, each of which has a page made of the OpenAPI document that `python -m scripts.http_documents` writes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"""(\]\(|src=")((?!https?:|mailto:|#)[^)"#\s]+)""")
MOVED = {"README.md": "index.md"}
OPENAPI = ROOT / "packages" / "client" / "openapi"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is linked from outside of docs/, and the pages of the public modules."""
    waiting = [("README.md", "index.md"), *((f"docs/{f.src_uri}", f.src_uri) for f in files.documentation_pages())]
    while waiting:
        path, uri = waiting.pop()
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, abs_src_path=str(ROOT / path)))
        if not path.endswith(".md"):
            continue
        for _, linked in LINK.findall((ROOT / path).read_text(encoding="utf-8")):
            there = normpath(PurePosixPath(path).parent / linked)
            if (ROOT / there).is_file() and files.get_file_from_path(place_of(there)) is None:
                waiting.append((there, place_of(there)))
    for module in modules():
        text = f"# {module}\n\n::: {module}\n"
        files.append(File.generated(config, f"api/{module}.md", content=text))
    for service in services():
        document = (OPENAPI / f"{service}.json").read_text(encoding="utf-8")
        files.append(File.generated(config, f"http/{service}.json", content=document))
        text = "\n\n".join(page_of(json.loads(document), f"{service}.json")) + "\n"
        files.append(File.generated(config, f"http/{service}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Any, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - by name
    """Point the links of a page at the places that files have in the site, and a public module's name at its page."""
    uri = page.file.src_uri
    places = (*(old for old, new in MOVED.items() if new == uri), f"docs/{uri}", uri)
    path = next((place for place in places if (ROOT / place).exists()), uri)

    def pointed(link: re.Match[str]) -> str:
        there = normpath(PurePosixPath(path).parent / link[2])
        if files.get_file_from_path(place_of(there)) is None:
            return link[0]
        return link[1] + relpath(place_of(there), PurePosixPath(uri).parent)

    markdown = LINK.sub(pointed, markdown)
    if uri == "api.md":
        markdown = re.sub(r"(?m)^\| `(jamjar\.[\w.]+)`", r"| [`\1`](api/\1.md)", markdown)
        for service in services():
            markdown = markdown.replace(f"| {service} |", f"| [{service}](http/{service}.md) |")
    return markdown


def place_of(path: str) -> str:
    """Return where a file of the project stands in the site."""
    return MOVED.get(path, path.removeprefix("docs/"))


def modules() -> list[str]:
    """Return the public modules, which api.md lists."""
    return re.findall(r"(?m)^\| `(jamjar\.[\w.]+)`", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"))


def services() -> list[str]:
    """Return the services with an HTTP interface, which api.md lists."""
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    _, table = text.split("| service | for |\n|---|---|\n")
    return re.findall(r"(?m)^\| (\w+) \|", table.partition("\n\n")[0])


def page_of(document: Mapping[str, Any], file: str) -> Iterator[str]:
    """Yield the paragraphs of a service's page."""
    yield f"# {document['info']['title']}"
    yield "  \n".join(document["info"]["description"].splitlines())
    yield f"The whole OpenAPI {document['openapi']} document, with a schema of each body and answer: [{file}]({file})."
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield f"## {method.upper()} {path}"
            yield operation["summary"]
            for each in operation["parameters"]:
                yield f"`{each['name']}`, in the {each['in']}: {schema_of(each['schema'])}"
            if "requestBody" in operation:
                yield f"The body: {operation['requestBody']['description']}"
                yield from contents(operation["requestBody"])
            for status, answer in operation["responses"].items():
                yield f"**{status}** {answer['description']}"
                yield from contents(answer) if status < "300" else ()


def contents(of: Mapping[str, Any]) -> Iterator[str]:
    """Yield each media type of a body with its schema, which opens on a click."""
    for kind, content in of.get("content", {}).items():
        yield f"<details><summary><code>{escape(kind)}</code></summary>{schema_of(content['schema'])}</details>"


def schema_of(schema: Any) -> str:
    """Return a JSON schema as HTML."""
    return f"<pre><code>{escape(json.dumps(schema, indent=1, sort_keys=True)).replace(chr(10), '&#10;')}</code></pre>"
