"""What a paper in docs/papers says, sentence by sentence, and what each sentence rests on."""

import re
from collections.abc import Iterator

from tests.meta.places import MARKDOWN

POINTER = re.compile(r"\b(?:P\d+\.\d+|[LM]\d+)\b")
LINK = re.compile(r"\]\(([^)]+)\)")
LIMIT = re.compile(r"\]\((\.\./[^)]+)\)")
BLANK = "For the institution: "


def said(text: str) -> Iterator[tuple[str, str]]:
    """What a paper says after its first lines, in order, with its kind: "##", "-", "1.", "|" or "" for a paragraph.

    A sentence of a list is one; a row of a table is one, its cells with a bar between them.
    """
    kind, cells = "", list[str]()
    for token in MARKDOWN.parse(text[text.index("\n## ") :]):
        if token.type in ("heading_open", "bullet_list_open", "ordered_list_open", "tbody_open"):
            kind = {"h": "##", "b": "-", "o": "1.", "t": "|"}[token.type[0]]
        elif token.type in ("heading_close", "bullet_list_close", "ordered_list_close", "tbody_close", "thead_close"):
            kind = ""
        elif token.type == "thead_open":
            kind = "head"
        elif token.type == "tr_close" and kind == "|":
            yield kind, " | ".join(cells)
            cells.clear()
        elif token.type == "inline" and kind == "|":
            cells.append(token.content)
        elif token.type == "inline" and kind != "head":
            yield from ((kind, line) for line in token.content.splitlines())


def rests_on(sentence: str) -> list[str]:
    """What a sentence points to: promises, places in other documents, a source, or a blank."""
    found = [*POINTER.findall(sentence), *LIMIT.findall(sentence), *re.findall(r"\(source: [^)]+\)", sentence)]
    return found + [BLANK] * sentence.count(BLANK)
