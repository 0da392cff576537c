"""What answers say of their pages, in the words of each service: which of them are missing, in one file or several."""

import io
import json
from typing import Any

import pytest

from jamjar.bank.keys import RowKeys
from jamjar.bank.pages import AnswerPage, grouped, missing
from jamjar.bank.reader import read
from tests.unit.bank.test_open_banking import GOOD

Made = dict[str, Any]


def page(number: int, of: int, **more: Any) -> Made:
    """A page of Open Banking, with one row."""
    links = {"Self": f"u{number}"} | ({"Next": f"u{number + 1}"} if number < of else {})
    return {"Data": {"Transaction": [GOOD | {"TransactionId": f"{number}"}]}, "Links": links, **more}


def plaid(**more: Any) -> Made:
    row = {"transaction_id": "a", "account_id": "x", "amount": 1, "iso_currency_code": "GBP", "pending": False}
    return {"added": [{**row, "date": "2026-11-10", "name": "Shop"}], **more}


def yapily(offset: int, total: int) -> Made:
    """A page of Yapily, with one row."""
    places = {"self": {"offset": offset}} | ({"next": {"offset": offset + 1}} if offset + 1 < total else {})
    row = {"id": f"{offset}", "date": "2026-11-10T00:00:00Z", "status": "BOOKED", "amount": -1, "currency": "GBP"}
    return {"meta": {"pagination": {"totalCount": total, **places}}, "data": [row]}


def answer(made: Any) -> AnswerPage:
    statement = read(io.BytesIO(made if isinstance(made, bytes) else json.dumps(made).encode()), RowKeys(bytes(32)))
    return AnswerPage("a", list(statement.rows), statement)


TWO = {"Meta": {"TotalPages": 2}}
WHOLE: list[list[Any]] = [
    [page(1, 1)], [[page(1, 2, **TWO), page(2, 2, **TWO)]], [[page(1, 2), page(2, 2)]],
    [json.dumps(page(1, 2)).encode() + b"\n" + json.dumps(page(2, 2)).encode()],
    [{"pages": [page(1, 2, **TWO), page(2, 2, **TWO)]}], [page(2, 2, **TWO), page(1, 2, **TWO)],
    [plaid(next_cursor="c", has_more=False)], [{"response": plaid(next_cursor="c", has_more=False)}],
    [plaid(total_transactions=1)], [yapily(0, 1)], [yapily(0, 2), yapily(1, 2)],
]  # fmt: skip
PARTS: list[tuple[Any, str]] = [
    (page(1, 2), "goes on"), ([page(1, 3), page(2, 3)], "goes on"), (page(1, 2, **TWO), "1 of 2 pages"),
    (page(1, 2, Meta={"TotalPages": "2"}), "1 of 2 pages"), ([page(1, 2, **TWO), page(1, 2, **TWO)], "1 of 2 pages"),
    ([page(n, 3, Meta={"TotalPages": 3}) for n in (1, 2)], "2 of 3 pages"),
    (plaid(next_cursor="c", has_more=True), "goes on"), (plaid(total_transactions=5), "1 of 5 rows"),
    (yapily(0, 3), "1 of 3 rows"), ([yapily(0, 3), yapily(2, 3)], "2 of 3 rows"),
]  # fmt: skip


@pytest.mark.parametrize("files", WHOLE)
def test_all_pages_are_one_answer_and_nothing_is_missing(files: list[Any]) -> None:
    (group,) = grouped([answer(each) for each in files])
    assert missing(group) == ""


@pytest.mark.parametrize(("made", "says"), PARTS)
def test_a_missing_page_is_told(made: Any, says: str) -> None:
    assert says in missing([answer(made)])


def test_another_answer_is_no_page_of_one() -> None:
    assert len(grouped([answer(page(1, 1)), answer(plaid(total_transactions=1)), answer(yapily(0, 1))])) == 3


def test_json_may_be_in_windows_1252_whatever_part_a_letter_ends() -> None:
    """Parts of 16 KiB end within letters of two, three and four bytes; what is no text in either is refused."""
    for letters in ("é£", "€‰", "😀"):
        for before in range(4):
            text = "a" * before + letters * 400
            rows = [GOOD | {"TransactionInformation": text, "TransactionId": str(n)} for n in range(30)]
            made = json.dumps({"Data": {"Transaction": rows}}, ensure_ascii=False)
            assert {row.payee for row in answer(made.encode()).rows} == {text}
            assert {row.payee for row in answer(made.encode("utf-16")).rows} == {text}
            if letters != "😀":
                assert {row.payee for row in answer(made.encode("cp1252")).rows} == {text}
