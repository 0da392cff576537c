"""The panic card as one page of HTML that prints on A4: no script, no need of colour, no external resource.

Every withdrawal appears twice: as a QR code to scan and as eight lines to type. The page names recipients only in
labels: with them, a finder of the card learns who was shown this person's budget; without them, its owner has to know
which consent is which.
"""

from collections.abc import Mapping
from html import escape
from typing import Final

from jamjar.encoding.qr_code import Restores, inline_svg
from jamjar.errors import InvalidInput
from jamjar.protocol.panic_card import Card, consent_of, to_scan, to_text
from jamjar.protocol.signing import SignedMessage

_STYLE: Final = """
@page { size: A4; margin: 15mm }
body { font: 11pt/1.4 sans-serif; color: #000; background: #fff; max-width: 180mm; margin: 0 auto; padding: 4mm }
h1 { font-size: 20pt; margin: 0 0 2mm }
h2 { font-size: 12pt; margin: 0 0 1mm }
section { border: 0.5mm solid #000; padding: 4mm; margin: 5mm 0 0; break-inside: avoid }
section div { display: flex; gap: 6mm; align-items: flex-start }
svg { width: 55mm; height: 55mm; flex: none }
ol.lines { font: 12pt/1.45 monospace; margin: 0; padding-left: 9mm; white-space: nowrap }
p.small { font-size: 9pt; margin: 1mm 0; overflow-wrap: anywhere }
"""
_INTRODUCTION: Final = """
<p><strong>This card ends consents.</strong> Each box below ends one consent that you gave: for ever, and at once when
it reaches the ledger. No reason is needed and nobody can refuse it.</p>
<ul>
<li><strong>To use it:</strong> have the code scanned, or the eight lines typed, by any Jamjar program that carries
messages. Use only the boxes of the consents that you want to end.</li>
<li><strong>Anyone can carry it for you:</strong> a friend, an adviser, any member of the ledger. It needs no key, no
password and no machine of yours.</li>
<li><strong>It can do nothing else.</strong> Whoever holds this card can end these consents, and cannot see, change or
allow anything.</li>
<li><strong>Keep it where only you find it.</strong> {shows}Shred it when you no longer want it: a new one can be
made.</li>
{ties}<li><strong>What was seen stays seen:</strong> ending a consent stops further looks and does not take back earlier
ones.</li>
</ul>
"""
_SHOWS: Final = "It shows that these consents are one person's. "
_TIES: Final = """<li><strong>Boxes that are used together are tied together:</strong> everybody on the ledger sees
which consents end at one time, and so that they are one person's. If you can, use one box a day, or cards of one
consent each (<code>jamjar wallet card --each</code>).</li>
"""


def page(card: Card, labels: Mapping[str, str] | None = None) -> str:
    """Return the page of a card; `labels` may name any of its consents, in up to 100 characters each.

    Raises InvalidInput for labels of consents that are not on the card, and for longer ones.
    """
    named = dict(labels or {})
    if not named.keys() <= set(card.consents):
        raise InvalidInput("A label names a consent that is not on the card; leave it out.")
    if not all(isinstance(label, str) and len(label) <= 100 for label in named.values()):
        raise InvalidInput("A label is not a text of up to 100 characters; shorten it.")
    boxes = [
        _box(number, signed, named.get(consent_of(signed), "")) for number, signed in enumerate(card.withdrawals, 1)
    ]
    several = len(boxes) > 1
    made = f"{card.made.day} {card.made:%B %Y}"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<title>Panic card</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Panic card</h1>
{_INTRODUCTION.format(ties=_TIES if several else "", shows=_SHOWS if several else "")}
<p class="small">Made on {made}: consents given later are not on it. {len(boxes)} in all. Chain {card.chain_id},
ConsentRegistry {escape(card.contract)}.</p>
{"".join(boxes)}
</body>
</html>
"""


def _box(number: int, signed: SignedMessage, label: str) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in to_text(signed).split("\n"))
    title = f"Withdrawal {number}" + (f": {escape(label)}" if label else "")
    drawn = inline_svg(to_scan(signed), f"QR code of withdrawal {number}", Restores.A_QUARTER)
    return f"""<section>
<h2>{title}</h2>
<p class="small">Ends the consent {escape(consent_of(signed))}</p>
<div>{drawn}
<ol class="lines">{lines}</ol></div>
</section>
"""
