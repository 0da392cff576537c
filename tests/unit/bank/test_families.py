"""One file of each family, in the forms that banks and services write: what they say, then what is refused.

What is expected comes from each format's own documentation, named in the layout file.
"""

from collections.abc import Callable
from datetime import date

import pytest

from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput

Read = Callable[..., list[BankRow]]
DAY = date(2026, 11, 10)

OFX1 = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
CHARSET:1252

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP<BANKACCTFROM>
<BANKID>200000<ACCTID>55779911</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261101<DTEND>20261130
<STMTTRN>
<TRNTYPE>POS
<DTPOSTED>20261110120000.000[0:GMT]
<TRNAMT>-12.34
<FITID>1
<NAME>CAF\xc9 &amp; BAR
<MEMO>CARD 1234
</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261111<TRNAMT>+424.90<FITID>2<NAME>DWP UC</STMTTRN>
<STMTTRN><TRNTYPE>POS<DTPOSTED>20261112<TRNAMT>-5.00<FITID>3<NAME>BAR
<CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY></STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
OFX2 = """<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?>
<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>GBP</CURDEF><CCACCTFROM><ACCTID>4929</ACCTID></CCACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261110</DTPOSTED><TRNAMT>-12.34</TRNAMT><FITID>1</FITID>
<PAYEE><NAME>CORNER GROCER</NAME><CITY>LEEDS</CITY></PAYEE></STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS>
</CREDITCARDMSGSRSV1></OFX>"""
QIF = (
    "!Option:AutoSwitch\n!Account\nNCurrent\nTBank\n^\n!Type:Bank\nD10/11/2026\nT-1,204.50\nPRENT\nMNOV\n^\n"
    "D11/11'26\nT424.90\nPDWP UC\nSBenefits\n$424.90\n^\n"
)
CAMT = """<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>GB00BANK20000055779911</IBAN></Id>
</Acct>
<Bal><Amt Ccy="GBP">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="GBP">12.34</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-10</Dt></BookgDt>
<AcctSvcrRef>R1</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Cdtr><Pty><Nm>CORNER GROCER</Nm></Pty></Cdtr></RltdPties>
<RmtInf><Ustrd>BREAD</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="GBP">424.90</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts>
<BookgDt><DtTm>2026-11-11T00:00:00Z</DtTm></BookgDt>
<AddtlNtryInf>DWP UC</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>"""
MT940 = (
    ":20:X\r\n:25:20000055779911\r\n:28C:1/1\r\n:60F:C261101GBP100,00\r\n:61:2611101110D12,34NMSCREF1//B1\r\n"
    ":86:CORNER GROCER\r\n:61:2611111111RC2,00NMSCNONREF//B2\r\n:86:TAKEN BACK\r\n:62F:C261130GBP85,66\r\n-\r\n"
    ":20:Y\r\n:25:20000055779912\r\n:28C:1/1\r\n:60F:C261101GBP0,00\r\n"
    ":61:2611121112C424,90NMSCREF2//B1\r\n:86:DWP UC\r\n"
    ":62F:C261130GBP424,90\r\n-"
)  # fmt: skip


def said(rows: list[BankRow]) -> list[tuple[date, int, str, str]]:
    return [(row.day, row.pence, row.payee, row.status) for row in rows]


def test_ofx_1(reading: Read) -> None:
    rows = reading(OFX1.encode("cp1252"))
    assert said(rows) == [(DAY, -1234, "CAFÉ & BAR", "booked"), (date(2026, 11, 11), 42490, "DWP UC", "booked")]
    assert (rows[0].note, rows[0].source) == ("CARD 1234", rows[1].source)


def test_ofx_with_a_comma(reading: Read) -> None:
    """OFX lets an amount have a comma in place of a point."""
    assert said(reading(OFX1.replace("-12.34", "-12,34").encode("cp1252"))) == said(reading(OFX1.encode("cp1252")))


def test_ofx_2(reading: Read) -> None:
    assert said(reading(OFX2.encode())) == [(DAY, -1234, "CORNER GROCER", "booked")]


def test_qif(reading: Read) -> None:
    expected = [(DAY, -120450, "RENT", "booked"), (date(2026, 11, 11), 42490, "DWP UC", "booked")]
    assert said(reading(QIF.encode())) == said(reading(QIF.replace("\n", "\r").encode())) == expected


def test_camt(reading: Read) -> None:
    rows = reading(CAMT.encode())
    expected = [(DAY, -1234, "CORNER GROCER", "booked"), (date(2026, 11, 11), 42490, "DWP UC", "pending")]
    assert said(rows) == expected
    assert (rows[0].note, rows[0].number != "", rows[1].number) == ("BREAD", True, "")


def test_mt940(reading: Read) -> None:
    rows = reading(MT940.encode())
    assert said(rows) == [
        (DAY, -1234, "CORNER GROCER", "booked"),
        (date(2026, 11, 11), -200, "TAKEN BACK", "booked"),
        (date(2026, 11, 12), 42490, "DWP UC", "booked"),
    ]
    assert rows[0].source == rows[1].source != rows[2].source


@pytest.mark.parametrize("text", [OFX1, OFX2, QIF[:-3], CAMT, MT940.replace("D12,34", "12,34")])
def test_a_file_that_is_cut_off_or_broken_is_refused(reading: Read, text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        reading((text if text.startswith((":", "!")) else text[:-30]).encode("cp1252"))
    assert "GROCER" not in str(caught.value)
