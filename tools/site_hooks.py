"""Hooks of MkDocs: what the documents link to outside of docs/ becomes part of the site, and each public module a page.

README.md is the first page, as index.md. `api.md` lists the public modules; each has a page made of its docstrings.
"""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"""(\]\(|src=")((?!https?:|mailto:|#)[^)"#\s]+)""")
MOVED = {"README.md": "index.md"}


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
    return markdown


def place_of(path: str) -> str:
    """Return where a file of the project stands in the site."""
    return MOVED.get(path, path.removeprefix("docs/"))


def modules() -> list[str]:
    """Return the public modules, which api.md lists."""
    return re.findall(r"(?m)^\| `(jamjar\.[\w.]+)`", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"))
