"""The layouts that ship with the package, and which of them a file has."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from jamjar.bank.layout import Layout, layout_from
from jamjar.bank.text import folded
from jamjar.errors import InvalidInput

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_LARGEST = 64 * 1024
_HELP = "list what each bank gives with jamjar wallet banks, or describe this file with jamjar wallet layout learn"


@cache
def layouts() -> tuple[Layout, ...]:
    """Return the layouts that ship with the package, the generic ones last."""
    folder = resources.files("jamjar").joinpath("layouts")
    texts = (file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(map(parsed, texts), key=lambda layout: (layout.generic, layout.name)))


def parsed(text: str) -> Layout:
    """Return the layout that a TOML text describes; raises InvalidInput for anything else."""
    try:
        found = tomllib.loads(text) if len(text) <= _LARGEST else None
    except (tomllib.TOMLDecodeError, RecursionError):
        raise InvalidInput("The layout is not readable as TOML; see docs/banks.md for an example.") from None
    return layout_from(found)


def of_family(family: str, known: Iterable[Layout]) -> list[Layout]:
    """Return the layouts of one family."""
    return [layout for layout in known if layout.family == family]


def layout_of(header: Sequence[str], known: Iterable[Layout]) -> Layout | None:
    """Return the layout whose columns are all in `header`, in any case and order, among others; None if none is.

    Of several, the one that needs the most. Raises InvalidInput for a needed column that is there twice.
    """
    columns = [folded(name) for name in header]
    there = set(columns)
    fitting = [layout for layout in known if not layout.order and not _missing(layout, there)]
    if not fitting:
        return None
    found = max(fitting, key=lambda layout: (not layout.generic, len(layout.required), len(_used(layout) & there)))
    if twice := [name for name in _used(found) & there if columns.count(name) > 1]:
        raise InvalidInput(
            f"The column {twice[0]} of the {found.name} file is there twice; export it again, unaltered."
        )
    return found


def unknown_columns(rows: Iterable[Sequence[str]], known: Iterable[Layout]) -> InvalidInput:
    """Return the error for a table of which no row is a known header; it names what the nearest one lacks."""
    best: tuple[int, str] = (0, "")
    for row in rows:
        written = [" ".join(name.split()) for name in row if name.strip()]
        there = set(map(folded, written))
        for layout in known:
            missing = _missing(layout, there)
            score = len(layout.required) - len(missing)
            if layout.generic or layout.order or score < 2 or score < len(missing) or score <= best[0]:
                continue
            best = (score, _sentence(layout, missing, written))
    return InvalidInput(best[1] or f"The columns are not those of a known bank's file; {_HELP}.")


def _sentence(layout: Layout, missing: list[str], written: list[str]) -> str:
    for name in missing:
        if "(GBP)" in name:
            start = folded(name.partition("(GBP)")[0])
            for other in written:
                if folded(other).startswith(f"{start} (") and len(other) == len(name):
                    currency = other[-4:-1]
                    return (
                        f"The {layout.name} file is in {currency}, not in pounds sterling; import accounts in GBP only."
                    )
    used = {folded(name) for names in layout.columns.values() for name in names}
    others = [name[:40] for name in written if folded(name) not in used][:8]
    return (
        f"The file looks like {layout.name}, and lacks the column {', '.join(missing)}; export it again, or if the bank"
        f" renamed it (not known: {', '.join(others) or 'none'}), describe it with jamjar wallet layout learn."
    )


def _missing(layout: Layout, there: set[str]) -> list[str]:
    return [group[0] for group in layout.required if not any(folded(name) in there for name in group)]


@cache
def _used_names(names: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(folded(name) for group in names for name in group)


def _used(layout: Layout) -> frozenset[str]:
    return _used_names((*layout.columns.values(), layout.needs))
