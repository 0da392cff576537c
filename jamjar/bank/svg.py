"""The planned and the spent money of each jar, as one self-contained SVG picture."""

from __future__ import annotations

import re
from html import escape

from jamjar.bank.spending import JarSpending, Spending
from jamjar.errors import InvalidInput
from jamjar.plan.money import format_pounds

_WIDTH, _TOP, _ROW = 760, 84, 46
_LABELS, _BARS, _LONGEST, _AMOUNTS = 16, 288, 264, 744
_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")

# Colours of WCAG contrast 3:1 or more against the ground they stand on, in both schemes.
_STYLE = """\
#{name} {{ --ground: #ffffff; --ink: #1b1f24; --soft: #57606a; --plan: #6e7781; --room: #eaeef2; \
--spent: #1f6f8b; --over: #b3261e }}
@media (prefers-color-scheme: dark) {{ #{name} {{ --ground: #14181d; --ink: #f0f3f6; --soft: #b1bac4; \
--plan: #8b949e; --room: #2a3038; --spent: #58b4d1; --over: #ff8a80 }} }}
@media print {{ #{name} {{ --ground: #ffffff; --ink: #000000; --soft: #333333; --plan: #555555; --room: #ffffff; \
--spent: #555555; --over: #000000 }} }}
#{name} text {{ font: 14px system-ui, sans-serif; fill: var(--ink) }}
#{name} .head {{ font-size: 20px; font-weight: 600 }}
#{name} .soft {{ font-size: 12px; fill: var(--soft) }}
#{name} .over {{ font-size: 12px; font-weight: 600; fill: var(--over) }}
#{name} .end {{ text-anchor: end; font-variant-numeric: tabular-nums }}
#{name} .ground {{ fill: var(--ground) }}
#{name} .plan {{ fill: var(--room); stroke: var(--plan) }}
#{name} .spent {{ fill: var(--spent) }}
#{name} .hatch {{ stroke: var(--over); stroke-width: 3 }}
#{name} .beyond {{ fill: url(#{name}-hatch); stroke: var(--over) }}
"""


def svg(spending: Spending, *, name: str = "jars") -> str:
    """Return the jars as the text of an SVG 1.1 element: no script, no outside reference, all text escaped.

    The frame of a jar is its plan and the bar in it the spending, hatched and labelled where that exceeds the plan.
    A title and a description state all of it in words. The picture follows a light or dark colour scheme, and prints
    without colour. `name` begins every id in it: use another for each picture of a page (a to z, 0 to 9, hyphens).
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InvalidInput(
            "The name of a picture is not 1 to 32 of a to z, 0 to 9 and hyphens, a letter first; give such a name."
        )
    full = max([1, *(max(jar.held, jar.spent) for jar in spending.jars), spending.unassigned_out])
    rows = [_row(jar, _TOP + place * _ROW, full) for place, jar in enumerate(spending.jars)]
    if spending.unassigned_out:
        rows.append(_unassigned(spending.unassigned_out, _TOP + len(rows) * _ROW, full))
    height = _TOP + len(rows) * _ROW + 52
    title = f"Jars from {_day(spending, 'start')} to {_day(spending, 'end')}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" viewBox="0 0 {_WIDTH} {height}" role="img"'
            f' aria-labelledby="{name}-title {name}-description">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-description">{escape(_in_words(spending))}</desc>',
            f"<style>\n{_STYLE.format(name=name)}</style>",
            f'<defs><pattern id="{name}-hatch" width="7" height="7" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)"><path class="hatch" d="M0 0V7"/></pattern></defs>',
            f'<rect class="ground" width="{_WIDTH}" height="{height}"/>',
            _text("head", _LABELS, 34, title),
            _legend(),
            *rows,
            _total(spending, height - 24),
            "</svg>",
            "",
        ]
    )


def _day(spending: Spending, end: str) -> str:
    day = getattr(spending.period, end)
    return f"{day.day} {day:%B %Y}"


def _in_words(spending: Spending) -> str:
    """Return one sentence for each jar, and one for all of them."""
    sentences = [
        f"{jar.label}: {format_pounds(jar.spent)} spent of {format_pounds(jar.planned)} planned{_carried(jar.carried)},"
        f" {_state(jar)}."
        for jar in spending.jars
    ]
    if spending.unassigned_out:
        sentences.append(f"No jar yet: {format_pounds(spending.unassigned_out)} spent.")
    sentences.append(f"All jars: {_all(spending)}.")
    return " ".join(sentences)


def _state(jar: JarSpending) -> str:
    return f"over by {format_pounds(jar.over)}" if jar.over else f"{format_pounds(jar.left)} left"


def _all(spending: Spending) -> str:
    left = spending.left
    rest = f"over by {format_pounds(-left)}" if left < 0 else f"{format_pounds(left)} left"
    return (
        f"{format_pounds(spending.spent)} spent of {format_pounds(spending.planned)} planned"
        f"{_carried(spending.carried)}, {rest}"
    )


def _carried(amount: int) -> str:
    return f" and {format_pounds(amount)} carried over" if amount else ""


def _row(jar: JarSpending, top: int, full: int) -> str:
    within = max(min(jar.spent, jar.held), 0)
    shapes = [
        _text("label", _LABELS, top + 18, jar.label),
        _bar("plan", _BARS, top + 2, _length(jar.held, full), 24),
        _bar("spent", _BARS, top + 7, _length(within, full), 14),
    ]
    if jar.over:
        start, end = _length(within, full), _length(jar.held + jar.over, full)
        shapes.append(_bar("beyond", _BARS + start, top + 7, max(end - start, 2.0), 14))
    amounts = f"{format_pounds(jar.spent)} of {format_pounds(jar.held)}"
    shapes += [
        _text("end", _AMOUNTS, top + 12, amounts),
        _text("end over" if jar.over else "end soft", _AMOUNTS, top + 28, _state(jar)),
    ]
    return f"<g>{''.join(shapes)}</g>"


def _unassigned(amount: int, top: int, full: int) -> str:
    bar = _bar("spent", _BARS, top + 7, _length(amount, full), 14)
    amounts = _text("end", _AMOUNTS, top + 18, format_pounds(amount))
    return f"<g>{_text('label', _LABELS, top + 18, 'No jar yet')}{bar}{amounts}</g>"


def _legend() -> str:
    keys = (("plan", "planned", 0), ("spent", "spent", 84), ("beyond", "over the plan", 154))
    drawn = (
        _bar(kind, _LABELS + left, 51, 14, 10) + _text("soft", _LABELS + left + 20, 60, what)
        for kind, what, left in keys
    )
    return f"<g>{''.join(drawn)}</g>"


def _total(spending: Spending, base: int) -> str:
    rule = f'<path d="M{_LABELS} {base - 22}H{_AMOUNTS}" stroke="var(--plan)"/>'
    return rule + _text("label", _LABELS, base, "All jars") + _text("end", _AMOUNTS, base, _all(spending))


def _length(amount: int, full: int) -> float:
    """Return the length of a bar, visible for every amount above zero."""
    return max(round(amount * _LONGEST / full, 1), 2.0) if amount else 0.0


def _bar(kind: str, left: float, top: int, width: float, height: int) -> str:
    return f'<rect class="{kind}" x="{left:g}" y="{top}" width="{width:g}" height="{height}" rx="2"/>' if width else ""


def _text(kind: str, left: int, base: int, text: str) -> str:
    return f'<text class="{kind}" x="{left}" y="{base}">{escape(text)}</text>'
