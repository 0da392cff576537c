"""The style sheet of a report's page: one column for phones, large screens and paper, light and dark."""

from typing import Final

# Ink has a contrast of 7:1 or more on its ground, soft ink 4.5:1, bars 3:1 (WCAG 2.2, 1.4.6, 1.4.3 and 1.4.11).
STYLE: Final = """
:root { color-scheme: light dark; --ground: #fbfbf9; --card: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d8dcd6;
--room: #edf0ec; --good: #1f6b45; --bad: #a3231c; --doubt: #8a5a00; --note: #2b5f8a; --granted: #1f6f8b;
--committed: #4c7a34; --used: #a8620e; --advised: #7a4f9a; --ended: #a3231c; --other: #6e7781 }
@media (prefers-color-scheme: dark) { :root { --ground: #14181d; --card: #1b2027; --ink: #f0f3f6; --soft: #b1bac4;
--line: #38404a; --room: #2a3038; --good: #6fcf97; --bad: #ff8a80; --doubt: #f2c46d; --note: #84bdea;
--granted: #58b4d1; --committed: #8fc46f; --used: #eeaa55; --advised: #c59be0; --ended: #ff8a80; --other: #9aa4ae } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif }
header, main, footer { max-width: 52rem; margin: 0 auto; padding: 0 1.25rem }
header { padding-top: 2.5rem }
footer { padding-bottom: 3rem; color: var(--soft); font-size: .875rem }
h1 { font-size: 1.25rem; font-weight: 600; margin: 0; color: var(--soft) }
h2 { overflow-wrap: anywhere; font-size: 1.25rem; font-weight: 600; margin: 3rem 0 .75rem }
h3 { font-size: 1rem; font-weight: 600; margin: 0 }
p { margin: .5rem 0; max-width: 40rem }
.verdict { font-size: 2rem; line-height: 1.2; font-weight: 650; margin: .5rem 0; letter-spacing: -.01em }
.sound { color: var(--good) } .unsound { color: var(--bad) } .in-part { color: var(--doubt) }
.soft, caption { color: var(--soft) }
code { font: .875em/1.4 ui-monospace, monospace; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 2rem 0 0 }
dl div { border-top: 2px solid var(--line); padding-top: .5rem }
dt { color: var(--soft); font-size: .875rem } dd { margin: 0; font-size: 1.375rem; font-variant-numeric: tabular-nums }
article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--note);
border-radius: 6px; padding: .875rem 1rem; margin: .75rem 0; break-inside: avoid }
article.breach { border-left-color: var(--bad) } article.doubt { border-left-color: var(--doubt) }
article h2 { margin: 0 } article p { margin: .375rem 0 0; overflow-wrap: anywhere }
article ul { margin: .375rem 0 0; padding-left: 1.125rem; font-size: .9375rem; overflow-wrap: anywhere }
.kind { font-size: .8125rem; font-weight: 600; color: var(--note) }
.breach .kind { color: var(--bad) } .doubt .kind { color: var(--doubt) }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 }
caption { text-align: left; font-size: .875rem; padding-bottom: .25rem }
th, td { padding: .375rem .75rem .375rem 0; text-align: left; vertical-align: baseline;
border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
thead th { font-size: .8125rem; font-weight: 600; color: var(--soft); overflow-wrap: normal }
tbody th { font-weight: 400 }
.number { text-align: right; font-variant-numeric: tabular-nums;
overflow-wrap: normal; padding-right: 0; padding-left: .75rem }
.bar { display: block; width: 100%; min-width: 4rem; height: .5rem; margin-top: .5rem }
.activity { display: block; width: 100%; height: 11rem; border-bottom: 1px solid var(--soft) }
.axis { display: flex; justify-content: space-between; font-size: .8125rem; color: var(--soft); margin: .25rem 0 0;
max-width: none }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .75rem 0;
font-size: .875rem }
.legend svg { width: .75rem; height: .75rem; margin-right: .375rem }
.room { fill: var(--room) } .part { fill: var(--granted) } .span { fill: var(--other) }
.granted { fill: var(--granted) } .committed { fill: var(--committed) } .used { fill: var(--used) }
.advised { fill: var(--advised) } .ended { fill: var(--ended) } .other { fill: var(--other) }
.scrolled { overflow-x: auto }
summary { cursor: pointer; color: var(--soft); font-size: .875rem; padding: .25rem 0 }
:focus-visible { outline: 2px solid var(--note); outline-offset: 2px }
@media (max-width: 32rem) { tbody th code { overflow-wrap: normal; white-space: nowrap }
.number { padding-left: .5rem } .bar { min-width: 2rem } .verdict { font-size: 1.625rem }
header { padding-top: 1.5rem } }
@media print { :root { --ground: #fff; --card: #fff; --ink: #000; --soft: #333; --line: #999; --room: #eee }
@page { margin: 16mm } body { font-size: 10pt } header, main, footer { max-width: none; padding: 0 }
h2 { break-after: avoid } tr { break-inside: avoid }
svg { print-color-adjust: exact; -webkit-print-color-adjust: exact } }
"""
