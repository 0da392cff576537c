"""Bank files of any length, in layouts of each family; payees and amounts are made up."""

import io
import json
from collections.abc import Callable

import openpyxl


def monzo(row: int) -> str:
    """Return a row as Monzo exports it."""
    return f"tx_{row:08d},{_day(row)},12:00:00,Card payment,Shop {row % 700},,General,-{row % 90}.50,GBP,,,,,,,,,"


def starling(row: int) -> str:
    """Return a row as Starling exports it; the balance is made up."""
    return f"{_day(row)},Shop {row % 700},REF,CARD,-{row % 90}.50,{row}.00"


def barclays(row: int) -> str:
    """Return a row as Barclays exports it."""
    return f"{row},{_day(row)},20-00-00 12345678,-{row % 90}.50,CARD,Shop {row % 700}"


HEADS: dict[str, tuple[str, Callable[[int], str]]] = {
    "Monzo": (
        "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,"
        "Address,Receipt,Description,Category split,Money Out,Money In",
        monzo,
    ),
    "Starling": ("Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)", starling),
    "Barclays": ("Number,Date,Account,Amount,Subcategory,Memo", barclays),
}


def open_banking(rows: int) -> bytes:
    """Return rows as Open Banking v4 gives them."""
    found = [
        {
            "AccountId": "22289",
            "TransactionId": f"t{row}",
            "CreditDebitIndicator": "Debit",
            "Status": "BOOK",
            "BookingDateTime": f"2026-{row % 12 + 1:02d}-{row % 28 + 1:02d}T10:43:07+00:00",
            "Amount": {"Amount": f"{row % 90}.50", "Currency": "GBP"},
            "TransactionInformation": f"Shop {row % 700}",
        }
        for row in range(rows)
    ]
    return json.dumps({"Data": {"Transaction": found}}).encode()


def ofx(rows: int) -> bytes:
    """Return rows as OFX 1 has them."""
    entries = (
        f"<STMTTRN><TRNTYPE>POS<DTPOSTED>2026{row % 12 + 1:02d}{row % 28 + 1:02d}<TRNAMT>-{row % 90}.50<FITID>{row}"
        f"<NAME>Shop {row % 700}</STMTTRN>\n"
        for row in range(rows)
    )
    return f"OFXHEADER:100\n\n<OFX><STMTRS><CURDEF>GBP<BANKTRANLIST>{''.join(entries)}</STMTRS></OFX>".encode()


def camt(rows: int) -> bytes:
    """Return rows as CAMT.053 has them."""
    entries = (
        f'<Ntry><Amt Ccy="GBP">{row % 90}.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt>'
        f"<Dt>2026-{row % 12 + 1:02d}-{row % 28 + 1:02d}</Dt></BookgDt><AcctSvcrRef>{row}</AcctSvcrRef>"
        f"<AddtlNtryInf>Shop {row % 700}</AddtlNtryInf></Ntry>"
        for row in range(rows)
    )
    return f"<Document><BkToCstmrStmt><Stmt>{''.join(entries)}</Stmt></BkToCstmrStmt></Document>".encode()


def swift(rows: int) -> bytes:
    """Return rows as MT940 has them, in one statement."""
    head = ":20:STATEMENT\n:25:20000055779911\n:28C:1/1\n:60F:C260101GBP0,00\n"
    entries = (
        f":61:26{row % 12 + 1:02d}{row % 28 + 1:02d}D{row % 90 + 1},50NMSCREF{row}//B{row}\n:86:Shop {row % 700}\n"
        for row in range(rows)
    )
    return f"{head}{''.join(entries)}:62F:C261231GBP0,00\n-\n".encode()


def spreadsheet(rows: int) -> bytes:
    """Return Starling's rows as a spreadsheet in XLSX."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    head, row = HEADS["Starling"]
    for line in (head, *map(row, range(rows))):
        book.active.append(line.split(","))
    book.save(made)
    return made.getvalue()


def files(rows: int) -> dict[str, bytes]:
    """Return a file of each kind, with this number of rows."""
    made = {name: "\n".join([head, *map(row, range(rows)), ""]).encode() for name, (head, row) in HEADS.items()}
    others = {"OFX": ofx(rows), "CAMT.053": camt(rows), "MT940": swift(rows), "Starling as XLSX": spreadsheet(rows)}
    return made | {"Open Banking": open_banking(rows)} | others


def _day(row: int) -> str:
    return f"{row % 28 + 1:02d}/{row % 12 + 1:02d}/2026"
