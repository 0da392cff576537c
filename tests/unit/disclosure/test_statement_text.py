"""Statements as advisers type them: each form, its opposite, and what is refused with how it is written."""

import pytest

from jamjar.disclosure.statement import BudgetStatement, Relation
from jamjar.disclosure.statement_text import read_statement
from jamjar.errors import InvalidInput

LEAST, MOST = Relation.AT_LEAST, Relation.AT_MOST
RENT, INCOME, FIXED = "fixed.home.rent", "total.income", "total.fixed"


@pytest.mark.parametrize(
    ("text", "relation", "figures", "amount"),
    [
        ("fixed.home.rent >= 500", LEAST, [(1, RENT)], 50000),
        ("fixed.home.rent > £1,234.56", LEAST, [(1, RENT)], 123457),
        ("fixed.home.rent < 500", MOST, [(1, RENT)], 49999),
        ("500 <= fixed.home.rent", LEAST, [(1, RENT)], 50000),
        ("total.fixed > total.income + 100", LEAST, [(1, FIXED), (-1, INCOME)], 10001),
        ("total.fixed - 100 > total.income", LEAST, [(1, FIXED), (-1, INCOME)], 10001),
        ("total.income + 100 < total.fixed", MOST, [(-1, FIXED), (1, INCOME)], -10001),
        ("fixed.home.rent + flexible.food.groceries >= total.income", LEAST,
         [(1, RENT), (1, "flexible.food.groceries"), (-1, INCOME)], 0),
        ("balance <= - 12.50", MOST, [(1, "balance")], -1250),
        ("- balance >= 12.50", MOST, [(1, "balance")], -1250),
        ("fixed.home.council-tax >= 0.01", LEAST, [(1, "fixed.home.council-tax")], 1),
        ("total.fixed.home = lines", Relation.SUM_OF_LINES, [(1, "total.fixed.home")], 0),
        ("org.example:born <= 2008-11-29", MOST, [(1, "org.example:born")], 20081129),
        ("org.example:born > 2008-11-30", LEAST, [(1, "org.example:born")], 20081131),
        ("org.example:children >= 2", LEAST, [(1, "org.example:children")], 2),
    ],
)  # fmt: skip
def test_what_is_read(text, relation, figures, amount):
    assert read_statement(text) == BudgetStatement(relation, tuple(figures), amount)


@pytest.mark.parametrize(
    "text",
    ["", "fixed.home.rent", "fixed.home.rent>=500", "fixed.home.rent >= 500 <= 600", "fixed.home.rent >=", ">= 500",
     "fixed.home.rent 500 >= 1", "fixed.home.rent + >= 500", "fixed.home.rent >= 5.001", "fixed.castle >= 1",
     "total.fixed = 500", "total.fixed = total.income", "total.fixed + total.income = lines", "500 >= 400",
     "fixed.home.rent - fixed.home.rent >= 1", "fixed.home.rent >= 1000000.01", "x " * 600,
     "org.example:born >= 2008-02-30", "org.example:children >= 2.5", "org.example:children >= £2", "a:b = lines"],
)  # fmt: skip
def test_what_is_refused(text):
    with pytest.raises(InvalidInput):
        read_statement(text)


def test_in_words_again():
    assert str(read_statement("total.fixed > total.income + 100")) == "total.fixed - total.income is at least £100.01"
    assert str(read_statement("total.fixed.home = lines")) == "total.fixed.home is the sum of its lines"
