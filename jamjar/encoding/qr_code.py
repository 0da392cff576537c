"""Texts as QR codes (ISO/IEC 18004), drawn as SVG."""

import io
from enum import Enum

import segno


class Restores(Enum):
    """How much of a damaged code is restored, by its level of error correction (section 7.5.1)."""

    A_SEVENTH = "m"
    A_QUARTER = "q"


def inline_svg(text: str, title: str, restores: Restores) -> str:
    """Return a code as an element of HTML, in black on white, as large as the page says."""
    drawn: str = _code(text, restores).svg_inline(border=4, dark="#000", light="#fff", omitsize=True, title=title)
    return drawn


def svg(text: str, title: str, restores: Restores) -> bytes:
    """Return a code as a file of its own."""
    out = io.BytesIO()
    _code(text, restores).save(out, kind="svg", border=4, scale=4, dark="#000", light="#fff", title=title)
    return out.getvalue()


def _code(text: str, restores: Restores) -> segno.QRCode:
    return segno.make_qr(text, error=restores.value, boost_error=False)
