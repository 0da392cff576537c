"""The entries of CAMT files (ISO 20022 camt.052, 053 and 054), element by element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from jamjar.bank.source import BankFile
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOTS = ("BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn")
_JOINED = "ntrydtls.txdtls.rmtinf.ustrd"
_DEEPEST = 40


def entries(source: BankFile) -> Iterator[dict[str, str]]:
    """Iterate over the texts in each Ntry by the dotted path of its elements, with those of the account.

    Raises InvalidInput for anything but CAMT, and for a document type or an entity, which no bank's file has.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    account: dict[str, str] = {}
    path: list[str] = []
    known = False
    try:
        for event, element in iterparse(source.raw(), events=("start", "end"), forbid_dtd=True):
            name = _name(element)
            if event == "start":
                path.append(name)
                known = known or name in _ROOTS
                if len(path) > _DEEPEST or (len(path) == 2 and not known):
                    raise InvalidInput("The XML file is not a bank's CAMT statement; export CAMT.053, OFX or CSV.")
                continue
            path.pop()
            if name == "Ntry":
                source.row_done()
                yield account | dict(_paths(element, ""))
            elif name == "Acct" and path[-1:] != ["Ntry"] and "Ntry" not in path:
                account = dict(_paths(element, "acct."))
            if "Ntry" not in path and (name != "Id" or path[-1:] != ["Acct"]) and "Acct" not in path:
                element.clear()
    except (ParseError, DefusedXmlException, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        # The parser's own exception may repeat part of the file, so it is not chained.
        raise InvalidInput("The XML file is cut off, or has what no bank writes; download it again.") from None
    if not known:
        raise InvalidInput("The XML file is not a bank's CAMT statement; export CAMT.053, OFX or CSV.")


def _paths(element: Element, start: str) -> Iterator[tuple[str, str]]:
    """Yield the path, folded, and text of each element below one; of equal paths the first, but all of the texts."""
    found: dict[str, str] = {}
    for child in element:
        _collect(child, start, found)
    yield from found.items()


def _collect(element: Element, start: str, found: dict[str, str]) -> None:
    path = start + _name(element).lower()
    text = (element.text or "").strip()
    if text:
        found[path] = f"{found[path]} {text}" if path == _JOINED and path in found else found.get(path, text)
    for name, value in element.attrib.items():
        found.setdefault(f"{path}.{name.lower()}", value)
    for child in element:
        _collect(child, f"{path}.", found)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
