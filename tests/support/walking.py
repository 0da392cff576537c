"""Walk-throughs: documents whose commands are typed one after the other, and print what the document says.

A fence `console` has commands after "$ " and below each what it prints, where "..." stands for any lines. A fence of
another kind is a file, named by the code in the line of text before it.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Typed:
    """A command, without the program's name, and the lines that it prints."""

    words: list[str]
    prints: list[str]


@dataclass(frozen=True)
class Written:
    """A file that the reader writes."""

    name: str
    text: str


def steps(document: Path) -> Iterator[Typed | Written]:
    """Yield what a reader does, in order."""
    text = document.read_text(encoding="utf-8")
    for fence in re.finditer(r"(?ms)^```(\w+)\n(.*?)^```$", text):
        if fence[1] == "console":
            for command in re.split(r"(?m)^\$ ", fence[2])[1:]:
                line, _, rest = command.partition("\n")
                program, *words = shlex.split(line)
                assert program == "jamjar", line
                yield Typed(words, rest.splitlines())
        else:
            yield Written(re.findall(r"`([^`]+)`", text[: fence.start()].splitlines()[-2])[-1], fence[2])


def fits(printed: str, wanted: list[str]) -> bool:
    """Return whether what was printed is what the document says."""
    parts = [r"(?:.*\n)*?" if line == "..." else re.escape(line.rstrip()) + r"\n" for line in wanted]
    return bool(re.fullmatch("".join(parts), "".join(f"{line.rstrip()}\n" for line in printed.splitlines())))
