"""What documents hold, as a Markdown library renders them: their tables, and the places that these point at.

A place is a file of the project, or a function in one, as `path::function`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(path for folder in ("docs", "data") for path in (ROOT / folder).rglob("*.md")),
        TESTS / "README.md",
        TESTS / "formats" / "README.md",
    ]
)
MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Table:
    """One rendered table: the heading above it, the cells of its head and rows, the lines of source it is made of."""

    heading: str
    head: list[str]
    rows: list[list[str]]
    lines: range


def tables(text: str) -> list[Table]:
    """The tables that a document's text is rendered to."""
    found, heading, tokens = list[Table](), "", MARKDOWN.parse(text)
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[number + 1].content
        if token.type == "table_open" and token.map:
            inside = tokens[number : next(n for n in range(number, len(tokens)) if tokens[n].type == "table_close")]
            head, *rows = _rows(inside)
            found.append(Table(heading, head, rows, range(*token.map)))
    return found


def _rows(tokens: list[Token]) -> list[list[str]]:
    rows = list[list[str]]()
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return rows


def written(text: str) -> dict[int, list[str]]:
    """The cells of every line of source that looks like a row of a table, outside code, by its number from 0."""
    code = {line for token in MARKDOWN.parse(text) if token.type == "fence" and token.map for line in range(*token.map)}
    return {
        number: [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
        for number, line in enumerate(text.splitlines())
        if line.lstrip().startswith("|") and number not in code
    }


def anchors(text: str) -> list[str]:
    """The anchors that the headings of a document get."""
    return [re.sub(r"[^\w -]", "", line.lower()).strip().replace(" ", "-") for line in re.findall(r"(?m)^#+(.*)", text)]


def crowded(text: str) -> list[str]:
    """The lines of a document, outside code and tables, that hold more than one sentence beside a number."""
    tokens = MARKDOWN.parse(text)
    code = {line for token in tokens if token.type == "fence" and token.map for line in range(*token.map)}
    prose = [line for number, line in enumerate(text.splitlines()) if number not in code and line[:1] not in "|<"]
    prose = [re.sub(r"^ *\d+\. ", "", line) for line in prose]
    return [
        line for line in prose if re.search(r"[.!?]\)? +(?=[A-Z`(\[])", re.sub(r"\*\*[^*]+\*\*|`[^`]+`", "`c`", line))
    ]


def line_after(text: str, start: str) -> tuple[str, ...]:
    """The names in backticks that stand on the same line after these words."""
    return tuple(named(text.partition(start)[2].partition("\n")[0]))


def read(document: str) -> str:
    """The text of a document in docs/."""
    return (ROOT / "docs" / document).read_text(encoding="utf-8")


def rows(document: str) -> list[list[str]]:
    """The cells of every row of the rendered tables of a document in docs/."""
    return [row for table in tables(read(document)) for row in table.rows]


def named(cell: str) -> list[str]:
    """The places a cell names, in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def missing(place: str, folder: Path = TESTS) -> str:
    """Why a place is not there; empty when it is. In a file of tests there must be a test."""
    path, _, function = place.partition("::")
    file = folder / path
    if not file.exists():
        return f"there is no {file.relative_to(ROOT)}"
    if folder != TESTS:
        return ""
    wanted = rf"(def|function) {function}\b" if function else r"(def test_|function (check|invariant|test)\w*)"
    return "" if re.search(wanted, file.read_text(encoding="utf-8")) else f"{path} has no {function or 'test'}"
