"""A request on paper: the notice in both languages and its code to scan, as one page of HTML without any script.

Warning: the page is what the adviser prints. The claimant reads the notice that their own program makes of the code.
"""

from html import escape
from typing import Final

from jamjar.consent.notice import notice
from jamjar.consent.request import SignedConsentRequest
from jamjar.encoding.qr_code import Restores, inline_svg, svg
from jamjar.errors import InvalidInput

MOST_IN_A_CODE: Final = 1500
"""How many bytes fit a code that phones still read from paper."""
_TITLE: Final = "The request, to scan"
_STYLE: Final = """
@page { size: A4; margin: 15mm }
body { font: 11pt/1.4 sans-serif; color: #000; background: #fff; max-width: 180mm; margin: 0 auto; padding: 4mm }
h1 { font-size: 16pt; margin: 0 0 2mm }
p.notice { white-space: pre-line; overflow-wrap: anywhere }
svg { width: 90mm; height: 90mm }
"""


def code(signed: SignedConsentRequest) -> bytes:
    """Return the request as a QR code in a file of SVG; raises InvalidInput for one that is too long to scan."""
    return svg(_text(signed), _TITLE, Restores.A_SEVENTH)


def page(signed: SignedConsentRequest) -> str:
    """Return the page; raises InvalidInput for a request that is too long to scan."""
    asked = signed.request
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<title>{escape(asked.recipient_name)} asks</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(asked.recipient_name)} asks</h1>
<p>To answer by {asked.answer_by}, scan this code, and give what it says to <code>jamjar wallet requests -</code>.</p>
<div>{inline_svg(_text(signed), _TITLE, Restores.A_SEVENTH)}</div>
<p class="notice">{escape(notice(asked))}</p>
</body>
</html>
"""


def _text(signed: SignedConsentRequest) -> str:
    text = signed.to_json()
    if len(text.encode("utf-8")) > MOST_IN_A_CODE:
        raise InvalidInput(
            f"The request has more than the {MOST_IN_A_CODE} bytes that a code holds; shorten your words, name whole "
            "sections in place of jars, or hand over the file alone."
        )
    return text
