"""What is read of OFX is what the library ofxtools reads, of files that are as strict as it demands."""

import io
from collections.abc import Callable
from html import escape

import pytest
from ofxtools.Parser import OFXTree

from jamjar.bank.row import BankRow

Read = Callable[..., list[BankRow]]

OFX1 = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
OFX1 += "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
OFX2 = '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" '
OFX2 += 'NEWFILEUID="NONE"?>\n'
PAYEES = ("SHOP", "MARKS & SPENCER", "A < B", "CAFÉ £5", "O'NEILL  & SON", "x" * 32)
ROWS = [
    ("DEBIT", f"202611{place % 28 + 1:02d}", f"-{place}.{place:02d}", payee)
    if place % 3
    else ("CREDIT", f"202611{place % 28 + 1:02d}", f"{place}.{place:02d}", payee)
    for place, payee in enumerate(PAYEES * 4, 1)
]


def element(name: str, text: str, *, closed: bool) -> str:
    return f"<{name}>{escape(text, quote=False)}{f'</{name}>' if closed else ''}\n"


def written(*, closed: bool, card: bool, time: str = "") -> str:
    """A whole statement: XML when every element is closed, SGML otherwise."""

    def of(name: str, text: str) -> str:
        return element(name, text, closed=closed)

    status = f"<STATUS>{of('CODE', '0')}{of('SEVERITY', 'INFO')}</STATUS>"
    entries = "".join(
        f"<STMTTRN>{of('TRNTYPE', kind)}{of('DTPOSTED', day + time)}{of('TRNAMT', amount)}{of('FITID', f'F{place}')}"
        f"{of('NAME', payee)}{of('MEMO', f'CARD {place}')}</STMTTRN>"
        for place, (kind, day, amount, payee) in enumerate(ROWS)
    )
    start = "CC" if card else ""
    account = of("ACCTID", "55779911")
    account = f"<CCACCTFROM>{account}</CCACCTFROM>" if card else (
        f"<BANKACCTFROM>{of('BANKID', '200000')}{account}{of('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>"
    )  # fmt: skip
    set_ = "CREDITCARDMSGSRSV1" if card else "BANKMSGSRSV1"
    signed = f"<SONRS>{status}{of('DTSERVER', '20261130')}{of('LANGUAGE', 'ENG')}</SONRS>"
    days = f"{of('DTSTART', '20261101')}{of('DTEND', '20261130')}"
    balance = f"<LEDGERBAL>{of('BALAMT', '1.00')}{of('DTASOF', '20261130')}</LEDGERBAL>"
    body = f"{of('CURDEF', 'GBP')}{account}<BANKTRANLIST>{days}{entries}</BANKTRANLIST>{balance}"
    answer = f"{of('TRNUID', '1')}{status}<{start}STMTRS>{body}</{start}STMTRS>"
    return (
        f"<OFX><SIGNONMSGSRSV1>{signed}</SIGNONMSGSRSV1>"
        f"<{set_}><{start}STMTTRNRS>{answer}</{start}STMTTRNRS></{set_}></OFX>"
    )


@pytest.mark.parametrize("card", [False, True])
@pytest.mark.parametrize("time", ["", "120000", "120000.000[0:GMT]"])
@pytest.mark.parametrize("version", [1, 2])
def test_both_read_the_same(reading: Read, version: int, time: str, card: bool) -> None:
    text = (OFX1 if version == 1 else OFX2) + written(closed=version == 2, card=card, time=time)
    data = text.encode("cp1252" if version == 1 else "utf-8")
    tree = OFXTree()
    tree.parse(io.BytesIO(data))
    theirs = [
        (each.dtposted.date(), int(each.trnamt * 100), each.name, each.memo)
        for each in tree.convert().statements[0].transactions
    ]
    ours = [(row.day, row.pence, row.payee, row.note) for row in reading(data)]
    assert len(ours) == len(ROWS)
    assert [(day, pence, " ".join(payee.split()), note) for day, pence, payee, note in theirs] == ours
