"""Files made to harm: entities, bombs, formulas, endless or deep ones; each is refused, or does nothing."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from jamjar.bank import keys, matching
from jamjar.bank.book import Merge
from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput
from tests.unit.bank.test_csv_files import STARLING
from tests.unit.bank.test_families import CAMT, MT940, OFX1

Read = Callable[..., list[BankRow]]

LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd">'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, REMOTE])
def test_a_document_type_is_refused(reading: Read, declared: str) -> None:
    head, rest = CAMT.split("?>", 1)
    with pytest.raises(InvalidInput, match="has what no bank writes"):
        reading(f"{head}?>{declared}{rest.replace('BREAD', '&a;')}".encode())


def test_ofx_has_no_entities(reading: Read) -> None:
    text = OFX1.replace("CAF\xc9", "&xxe;").replace("<OFX>", f"{OUTSIDE}<OFX>")
    assert reading(text.encode())[0].payee == "&xxe; & BAR"


@pytest.mark.parametrize(
    "text", ["<a>" * 100_000, "<Document>" + "<b>" * 100, "<Document><x/></Document>", "<?xml?>", "<a"]
)
def test_other_xml_is_refused(reading: Read, text: str) -> None:
    with pytest.raises(InvalidInput):
        reading(text.encode())


@pytest.mark.parametrize("text", [MT940.replace("D12,34", "D12,34,"), ":20:\n:61:x", "{1:F01" + "a" * 1000 + "}"])
def test_broken_mt940_is_refused_and_not_logged(reading: Read, capfd: pytest.CaptureFixture[str], text: str) -> None:
    with pytest.raises(InvalidInput):
        reading(text.encode())
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\nBarclays Bank", "PDF.*Barclays: In online banking, not in the app"),
        (b"\xef\xbb\xbf%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><title>Log in to Monzo </title>", "web page.*Monzo: In the app"),
        (b"\n<HTML><body>Log in", "web page"), (b"<!-- saved --><html><table><tr><td>Log in</table>", "web page"),
        (b"Rar!\x1a", "RAR"), (b"7z\xbc\xaf'", "7-Zip"), (b"\0\0\0\x18ftypheic", "picture"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "spreadsheet in XML"),
        (b"From: bank@example\nSubject: statement\n\nHello", "no name before a colon"),
        (b"\xd0\xcf\x11\xe0\xa1", "XLS"), (b"{\\rtf1", "text document"),
        (b"\x89PNG\r\n", "picture"), (b"\x1f\x8b\x08", "GZIP"),
    ],
)  # fmt: skip
def test_other_files_are_named_and_a_way_is_given(reading: Read, data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        reading(data)


@pytest.mark.parametrize("text", ["Bus", "Bus {}"])
def test_equal_and_nearly_equal_rows_cost_no_more_than_others(
    monkeypatch: pytest.MonkeyPatch, reading: Read, merging: Callable[..., Merge], text: str
) -> None:
    """Ten thousand payments of one day and amount: each row is compared with a bounded number of others."""
    compared = Counter[str]()
    count, most = 10_000, matching.MOST_COMPARED

    def counted(*given: Any, of: Callable[..., Any], name: str) -> Any:
        compared[name] += 1
        return of(*given)

    monkeypatch.setattr(matching, "alike", partial(counted, of=matching.alike, name="texts"))
    made = keys.RowKeys.key
    monkeypatch.setattr(keys.RowKeys, "key", lambda *given: counted(*given, of=made, name="keys"))
    rows = [
        reading((STARLING.decode() + "".join(f"02/04/2026,{text.format(n)},,,-2.00,\n" for n in numbers)).encode())
        for numbers in (range(count), range(count, 2 * count))
    ]
    held = merging([], rows[0]).put
    assert (len(held), compared["texts"]) == (count, 0)
    assert merging(held, rows[0]).counts.known == count
    assert merging(held, rows[1]).counts.new == (0 if text == "Bus" else count)
    assert compared["texts"] <= count * most
    assert compared["keys"] <= 3 * count
