"""A report as one HTML page, without scripts or external resources, for phones, large screens and paper."""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Final

from jamjar.audit.addresses import ShortAddresses
from jamjar.audit.figures import KINDS, LIVES
from jamjar.audit.findings import CHANGES, RULES, Finding, Severity
from jamjar.audit.members_page import members, timeline, warnings
from jamjar.audit.pictures import activity, bar, day_of, epochs_of, range_bar, table
from jamjar.audit.report import AuditReport, Verdict
from jamjar.audit.style import STYLE
from jamjar.audit.uncompared import joined
from jamjar.audit.words import moment, text_shown
from jamjar.model.state import Status
from jamjar.protocol.settings import DAY

_SHOWN: Final = 20
"""Most findings of one rule that are listed; the page gives the number of the others."""
_CHECKED: Final = (
    "The contracts' code is the code that was built, and holds no ether.",
    "Every event belongs to an interface, and the rules allow it where it stands.",
    "Every claimant's act was signed by the consent's own key, in batches too.",
    "Every use, commitment and advice stands under a consent that was live in its block.",
    "Every change of the members was made by the member itself, by the council in time, or by a proposal that was "
    "open to veto for its whole delay.",
    "What the contracts hold is what the events add up to, now and at sampled blocks before.",
    "Every block names the one before it and commits to just the events that were read.",
)
_COMPARED: Final = "The nodes that were compared tell the same history."
_ALONE: Final = "Nothing was compared with another node, as one only was named."
_COLOURS: Final = {Verdict.SOUND: "sound", Verdict.IN_PART: "in-part", Verdict.UNSOUND: "unsound"}


def page(report: AuditReport) -> str:
    """Return the page of a report."""
    verdict = f"The record is {report.told}."
    colour = _COLOURS[report.verdict]
    short = ShortAddresses({address: name for name, address in report.contracts.items()})
    changes = [finding for finding in report.findings if finding.rule == CHANGES]
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Audit: {verdict}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>Audit of a consent record</h1>
<p class="verdict {colour}">{verdict}</p>
<p>Chain {report.chain_id}, blocks {_number(report.first)} to {_number(report.last)}, as of {moment(report.time)}.</p>
{warnings(report.membership)}
{_summary(report)}
</header>
<main>
{members(report.membership, short)}
{timeline(changes, report.counts.get(CHANGES, 0), report.times, short)}
{_findings(report, short)}
{_activity(report)}
{_lives(report)}
{_uses(report)}
{_gas(report)}
{_nodes(report)}
{short.section()}
</main>
<footer>
<h2>What was checked</h2>
<ul>
{"".join(f"<li>{each}</li>" for each in (*_CHECKED, _ALONE if report.alone else _COMPARED))}
</ul>
<p>The last block is <code>{escape(report.hash)}</code>. The contracts were built from commit
<code>{escape(report.commit)}</code>.</p>
{_contracts(report)}
</footer>
</body>
</html>
"""


def _summary(report: AuditReport) -> str:
    figures = report.figures
    told = (
        ("Breaches", sum(report.counts.get(rule.id, 0) for rule in RULES.values() if rule.severity is Severity.BREACH)),
        ("Consents", sum(report.statuses.values())),
        ("Uses", sum(figures.uses.values())),
        ("Events checked", figures.events),
        ("Answers compared", report.compared),
    )
    return f"<dl>{''.join(f'<div><dt>{name}</dt><dd>{_number(value)}</dd></div>' for name, value in told)}</dl>"


def _findings(report: AuditReport, short: ShortAddresses) -> str:
    order = [rule for severity in Severity for rule in RULES if RULES[rule].severity is severity]
    found = sorted(report.findings, key=lambda finding: order.index(finding.rule))
    grouped = groupby(found, key=lambda finding: finding.rule)
    cards = "".join(_card(rule, list(places), report.counts[rule], short) for rule, places in grouped)
    return f"<section><h2>Findings</h2>\n{cards or '<p>Nothing was found.</p>'}</section>"


def _card(rule: str, places: list[Finding], count: int, short: ShortAddresses) -> str:
    told = RULES[rule]
    if rule == CHANGES:
        listed = "<p>They are under what changed among the members, above.</p>"
    else:
        shown = "".join(f"<li>{short.text(each.what)}{_place(each, short)}</li>" for each in places[:_SHOWN])
        left = count - len(places[:_SHOWN])
        listed = f"<ul>{shown}</ul>" + (f"<p>And {_number(left)} more.</p>" if left else "")
    kind = told.severity.value
    return f"""<article class="{kind}"><p class="kind">{kind.capitalize()}: <code>{rule}</code></p>
<h3>{escape(told.title)}</h3>{listed}<p><strong>What to do:</strong> {escape(told.advice)}</p></article>
"""


def _place(found: Finding, short: ShortAddresses) -> str:
    at = (("block", found.block), ("log", found.log))
    words = [f"{name} {value}" for name, value in at if value is not None]
    if found.transaction is not None:
        words.append(f"transaction {short.text(found.transaction)}")
    return f' <span class="soft">({", ".join(words)})</span>' if words else ""


def _activity(report: AuditReport) -> str:
    figures = report.figures
    epochs = epochs_of(figures)
    if not epochs:
        return '<section><h2>Activity</h2><p class="soft">Nothing was recorded yet.</p></section>'
    legend = "".join(
        f'<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="{kind}" width="1" height="1"/></svg>{kind}</li>'
        for kind in KINDS
    )
    rows = [[day_of(start), *(_number(counts.get(kind, 0)) for kind in KINDS)] for start, counts in epochs if counts]
    days = figures.width // DAY
    length = "a day" if days == 1 else f"{days} days"
    return f"""<section><h2>Activity</h2>
<p>{_number(figures.events)} events; each bar covers {length}, from the day in its label.</p>
{activity(figures)}
<p class="axis"><span>{day_of(epochs[0][0])}</span><span>{day_of(epochs[-1][0])}</span></p>
<ul class="legend">{legend}</ul>
<details><summary>The same as a table</summary>
{table("Events per epoch", ["from", *KINDS], rows, numbers=1)}</details></section>"""


def _lives(report: AuditReport) -> str:
    statuses = [(status.name, report.statuses.get(status.name, 0)) for status in Status]
    lives = [(name, report.figures.lives.get(name, 0)) for _, name in LIVES]
    return f"""<section><h2>Life of consents</h2>
{_bars("Where consents stand at the last block", "status", [each for each in statuses if each[1]])}
{_bars("How long consents ran that were ended early", "ran for", [each for each in lives if each[1]])}</section>"""


def _uses(report: AuditReport) -> str:
    uses = sorted(report.figures.uses.items(), key=lambda each: -each[1])
    named = [(f"{text_shown(report.members.get(number, 'unknown'))} ({number})", count) for number, count in uses]
    return f"<section><h2>Uses per recipient</h2>\n{_bars('Looks recorded by each member', 'member', named)}</section>"


def _bars(caption: str, what: str, counted: Iterable[tuple[str, int]]) -> str:
    held = list(counted)
    most = max((count for _, count in held), default=0)
    rows = [[escape(name), bar(count, most), _number(count)] for name, count in held]
    return table(caption, [what, "share", "count"], rows, numbers=2)


def _gas(report: AuditReport) -> str:
    gas = sorted(report.figures.gas.items(), key=lambda each: -each[1].total)
    per = {name: used.total / (used.events or 1) for name, used in gas}
    full = max((used.most for _, used in gas), default=0)
    rows = [
        [
            f"<code>{escape(name)}</code>",
            range_bar(used.least, used.total / used.calls, used.most, full),
            _number(used.calls),
            _number(round(used.total / used.calls)),
            _number(round(per[name])),
        ]
        for name, used in gas
    ]
    columns = ["function", "range", "calls", "a call", "an event"]
    caption = "Gas used: from the least to the most, with a mark at the mean"
    return f"<section><h2>Gas per function</h2>\n{table(caption, columns, rows, numbers=2)}</section>"


def _nodes(report: AuditReport) -> str:
    rows = [[escape(n.name), _number(n.height), f"<code>{n.hash[:18] or 'no answer'}</code>"] for n in report.nodes]
    asked = table("Nodes asked", ["node", "height", "hash"], rows, numbers=1)
    left = [[escape(each.node), _number(each.first), _number(each.last)] for each in joined(report.uncompared)]
    if left:
        asked += table("Blocks that a node could not be asked about", ["node", "from", "to"], left, numbers=2)
    return f"<section><h2>Nodes</h2>\n{asked}</section>"


def _contracts(report: AuditReport) -> str:
    rows = [[name, f"<code>{address}</code>"] for name, address in report.contracts.items()]
    return table("The contracts", ["contract", "address"], rows, numbers=2)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
