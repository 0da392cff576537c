"""Statements as advisers type them, "total.fixed > total.income + 100", "total.fixed.home = lines", or choose them.

About a set of named values they are typed with its entries' names: "org.example.identity:born <= 2008-11-29".
"""

from __future__ import annotations

from typing import Final

from jamjar.consent.named import is_entry_name
from jamjar.disclosure.statement import BudgetStatement, Relation
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.plan.entries import number_of
from jamjar.plan.money import from_pounds

LONGEST: Final = 1_000
_LINES: Final = "lines"
_HOW: Final = (
    "write it as 'fixed.home.rent >= 500' or 'total.fixed > total.income + 100', with spaces between all parts"
)
_RELATIONS: Final = {
    ">=": (Relation.AT_LEAST, 0),
    ">": (Relation.AT_LEAST, 1),
    "<=": (Relation.AT_MOST, 0),
    "<": (Relation.AT_MOST, -1),
}
"""The relation for each sign, and the pence that it moves the amount by."""


def read_statement(text: str) -> BudgetStatement:
    """Return the statement that a text makes: names and pounds, added and subtracted, on both sides of a sign.

    In one with a name of a set, amounts are whole numbers, or dates as YYYY-MM-DD, in place of pounds.
    Amounts go to the right and names to the left; "> 100" is at least 100.01. After "=" stands only the word "lines".
    Raises InvalidInput, which says how it is written, for anything else.
    """
    words = text.split() if len(text) <= LONGEST else []
    signs = [i for i, word in enumerate(words) if word in (*_RELATIONS, "=")]
    if len(signs) != 1:
        raise InvalidInput(f"The question does not have one of the signs >=, >, <=, < and =; {_HOW}.")
    left, sign, right = words[: signs[0]], words[signs[0]], words[signs[0] + 1 :]
    of_set = any(map(is_entry_name, words))
    figures, amount = _side(left, of_set)
    if sign == "=":
        if right != [_LINES] or len(figures) != 1 or amount:
            raise InvalidInput("Only a total can be asked to equal its lines; write it as 'total.fixed.home = lines'.")
        return BudgetStatement(Relation.SUM_OF_LINES, tuple(figures), 0)
    relation, off = _RELATIONS[sign]
    others, over = _side(right, of_set)
    figures += [(-each, name) for each, name in others]
    amount = over - amount + off
    if all(each == -1 for each, _ in figures):  # turned round, it says the same
        figures, amount = [(1, name) for _, name in figures], -amount
        relation = Relation.AT_MOST if relation is Relation.AT_LEAST else Relation.AT_LEAST
    return BudgetStatement(relation, tuple(sorted(figures, key=lambda figure: figure[1])), amount)


def chosen_statement(relation: str, first: str, amount: str = "", sign: str = "", second: str = "") -> BudgetStatement:
    """Return the statement of a form: a figure, or two added or subtracted, at least or at most an amount in pounds.

    relation  the value of a Relation; a total that is the sum of its lines has no amount, sign and second figure
    sign      + or - before the second figure, empty where there is none

    Raises InvalidInput for any other form.
    """
    found, signs = [each for each in Relation if each.value == relation], {"+": 1, "-": -1}
    if not found or bool(sign) != bool(second) or (sign and sign not in signs):
        raise InvalidInput("The question is not whole; choose its figures, and at least, at most or the sum of lines.")
    figures = [(1, first), *([(signs[sign], second)] if sign else [])]
    of_lines = found[0] is Relation.SUM_OF_LINES
    pence = 0 if of_lines else from_pounds(amount, "The amount of the question", negative=True)
    return BudgetStatement(found[0], tuple(sorted(figures, key=lambda figure: figure[1])), pence)


def _side(words: list[str], of_set: bool) -> tuple[list[tuple[int, str]], int]:
    """Return the names with their signs, and the sum of the amounts, of one side."""
    if words[:1] not in (["+"], ["-"]):
        words = ["+", *words]
    if len(words) % 2:
        raise InvalidInput(f"A side of the question ends or begins with a sign; {_HOW}.")
    figures, amount = list[tuple[int, str]](), 0
    for sign, word in zip(words[::2], words[1::2], strict=True):
        if sign not in ("+", "-"):
            raise InvalidInput(f"Between two parts of the question there is no + or -; {_HOW}.")
        number = 1 if sign == "+" else -1
        if word.lstrip("£")[:1].isdigit():
            amount += number * (_of_set(word) if of_set else from_pounds(word, "An amount of the question"))
        else:
            figures.append((number, word))
    return figures, amount


def _of_set(word: str) -> int:
    if (day := strict_json.day(word)) is not None:
        return number_of(day)
    if not word.isascii() or not word.isdigit():
        raise InvalidInput("An amount of the question is no whole number and no date YYYY-MM-DD; write it as one.")
    return int(word)
