"""The charts of a report, as SVG without external resources or text: bars that scale to any width.

A table accompanies each chart; its title and description say in words what it shows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from html import escape

from jamjar.audit.figures import KINDS, Figures

_HEIGHT, _BAR, _GAP = 160, 10, 2


def day_of(time: int) -> str:
    """Return a time, in Unix seconds, as a day of UTC."""
    return f"{datetime.fromtimestamp(time, timezone.utc):%Y-%m-%d}"


def epochs_of(figures: Figures) -> list[tuple[int, Mapping[str, int]]]:
    """Return the epochs from the first with an event to the last, by their beginnings in Unix seconds, with counts."""
    if not figures.epochs:
        return []
    span = range(min(figures.epochs), max(figures.epochs) + 1)
    return [(epoch * figures.width, figures.epochs.get(epoch, {})) for epoch in span]


def activity(figures: Figures) -> str:
    """Return the events of each epoch as one stacked bar, with the first of `KINDS` at the bottom."""
    epochs = epochs_of(figures)
    most = max((sum(counts.values()) for _, counts in epochs), default=0) or 1
    width = max(len(epochs), 12) * (_BAR + _GAP)  # so that a single bar does not fill the chart
    parts = []
    for place, (_, counts) in enumerate(epochs):
        base = float(_HEIGHT)
        for kind in KINDS:
            if not counts.get(kind):
                continue
            height = counts[kind] / most * _HEIGHT
            base -= height
            left = place * (_BAR + _GAP)
            parts.append(f'<rect class="{kind}" x="{left}" y="{base:.2f}" width="{_BAR}" height="{height:.2f}"/>')
    told = f"{figures.events} events in {len(epochs)} epochs; at most {most} in one."
    return (
        f'<svg class="activity" viewBox="0 0 {width} {_HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-labelledby="activity-title activity-told"><title id="activity-title">Activity per epoch</title>'
        f'<desc id="activity-told">{escape(told)}</desc>{"".join(parts)}</svg>'
    )


def bar(value: float, most: float) -> str:
    """Return a bar as long as a value is relative to the largest; the value itself stands next to it."""
    width = max(value / most * 100, 1) if value and most else 0
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="room" width="100" height="8"/><rect class="part" width="{width:.2f}" height="8"/></svg>'
    )


def range_bar(least: float, mean: float, most: float, full: float) -> str:
    """Return a bar from the least to the most, with a mark at the mean, on a scale that ends at `full`."""
    at = [value / full * 100 if full else 0 for value in (least, mean, most)]
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="room" width="100" height="8"/><rect class="span" x="{at[0]:.2f}" y="2"'
        f' width="{max(at[2] - at[0], 0.5):.2f}" height="4"/>'
        f'<rect class="part" x="{min(max(at[1] - 0.5, 0), 99):.2f}" width="1" height="8"/></svg>'
    )


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: int) -> str:
    """Return an HTML table; the first column has row headers, and columns from `numbers` on are aligned as numbers.

    Cells are HTML: the caller escapes their text. A table that is wider than the window scrolls in a region of its own,
    which a keyboard reaches, so that the page does not (WCAG 2.2, 1.4.10).
    """
    sides = ["" if place < numbers else ' class="number"' for place in range(len(columns))]
    head = "".join(f'<th scope="col"{side}>{name}</th>' for name, side in zip(columns, sides, strict=True))
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>'
        + "".join(f"<td{side}>{cell}</td>" for cell, side in zip(row[1:], sides[1:], strict=True))
        + "</tr>\n"
        for row in rows
    )
    return (
        f'<div class="scrolled" role="region" aria-label="{caption}" tabindex="0">\n'
        f"<table><caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n"
        if rows
        else f'<p class="soft">{caption}: none yet.</p>\n'
    )
