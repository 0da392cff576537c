"""What a file is, from its first bytes, and a way that exists for whoever has one that is not read."""

from __future__ import annotations

from typing import Literal

from jamjar.bank.layout import Layout
from jamjar.bank.layouts import layouts
from jamjar.bank.source import BankFile
from jamjar.bank.text import folded
from jamjar.errors import InvalidInput

Kind = Literal["json", "ofx", "camt", "mt940", "zip", "blocks", "table", "html"]

_OTHERS = {
    b"%PDF": "a PDF, which is made for people to read",
    b"\xd0\xcf\x11\xe0": "a spreadsheet of the old kind (XLS) or with a password: open it and save it as CSV or XLSX",
    b"{\\rtf": "a text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a GZIP archive: unpack it, and import what is in it",
    b"Rar!": "a RAR archive: unpack it, and import what is in it",
    b"7z\xbc\xaf": "a 7-Zip archive: unpack it, and import what is in it",
}
_STARTS: dict[Kind, tuple[str, ...]] = {"camt": ("<",), "mt940": ("{1:", ":20:"), "json": ("{", "[")}
_PHOTO = b"ftyp"
_WORKBOOK = "urn:schemas-microsoft-com:office:spreadsheet"
_PAGES = ("<!doctype html", "<html", "<head", "<script", "<table")


def kind_of(source: BankFile, known: tuple[Layout, ...], name: str = "") -> Kind:
    """Return how to read a file; raises InvalidInput for a kind that is not read, which says what it is.

    `name` is the file's name, from which the bank may be known.
    """
    _refuse_others(source, name)
    head, start = source.head, source.beginning[:2000].lower()
    if start.startswith(_PAGES) or (start.startswith("<") and "<html" in start):
        return "html"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if start.startswith(("ofxheader", "<ofx", "<?ofx")) or (start.startswith("<?xml") and "<ofx" in start):
        return "ofx"
    for kind, starts in _STARTS.items():
        if start.startswith(starts):
            return kind
    begun = any(layout.family == "blocks" and start.startswith(folded(layout.begins)) for layout in known)
    return "blocks" if begun else "table"


def _refuse_others(source: BankFile, name: str) -> None:
    head, start = source.head, source.beginning[:2000].lower()
    for mark, what in _OTHERS.items():
        if head.startswith(mark) or (mark == b"%PDF" and mark in head[:1024]):
            raise InvalidInput(f"The file is {what}; {_way(source, name)}.")
    if head[4:8] == _PHOTO:
        raise InvalidInput(f"The file is a picture or a film; {_way(source, name)}.")
    if _WORKBOOK in start:
        raise InvalidInput("The file is a spreadsheet in XML; open it, and save it as CSV or XLSX.")


def web_page(source: BankFile, name: str) -> InvalidInput:
    """Return the error for a web page in which there is no table of payments."""
    return InvalidInput(
        "The file is a web page, such as the one on which a bank asks you to log in; log in, and download the"
        f" statement itself; {_way(source, name)}."
    )


def _way(source: BankFile, name: str) -> str:
    """Return a sentence for the customer of the bank that the file names, or for that of any."""
    text = folded(name + " " + source.head.decode("latin-1"))
    for layout in layouts():
        for bank in layout.name.replace(" or ", ", ").split(", "):
            if (
                layout.way
                and f" {folded(bank.removeprefix('The '))} " in f" {''.join(c if c.isalnum() else ' ' for c in text)} "
            ):
                return f"for {bank}: {layout.way.rstrip('.')}"
    return "jamjar wallet banks says where each bank has CSV, OFX or QIF for download"
