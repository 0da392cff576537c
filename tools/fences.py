"""The blocks of code of a document of this project, as a Markdown library finds them."""

from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent


class Fence(NamedTuple):
    """A fenced block: its language, the heading above it, and its text."""

    language: str
    heading: str
    text: str


def fences(document: str) -> list[Fence]:
    """Return the fenced blocks of a document, named by its path from the root, in order."""
    found, heading = list[Fence](), ""
    tokens = MarkdownIt("commonmark").parse((ROOT / document).read_text(encoding="utf-8"))
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[number + 1].content
        if token.type == "fence":
            found.append(Fence(token.info, heading, token.content))
    return found


def ten_lines() -> str:
    """Return the ten lines of Python in README.md."""
    (lines,) = (each.text for each in fences("README.md") if each.heading == "Ten lines of Python")
    return lines
