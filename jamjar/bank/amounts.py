"""Amounts as banks write them, in whole pence: the one place that knows the ways a sign is written."""

from __future__ import annotations

import re

from jamjar.errors import InvalidInput
from jamjar.plan.money import from_pounds

_PLAIN = re.compile(r"(-?)([0-9]{1,9})(?:\.([0-9]{1,2}))?")
_WRITTEN = re.compile(
    r"(?P<open>\()?(?P<before>[+-])? ?(?:£|GBP)? ?(?P<inner>\()?(?P<after>[+-])?"
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]{1,2})?)0{0,3}"
    r"(?: ?(?:GBP|£))?(?: ?(?P<mark>CR|DR|[CD+-]))?(?P<close>\))?",
    re.IGNORECASE,
)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-", "\u00a0": " ", "\u202f": " "})
_LONGEST = 40
_MARKS = ("C", "D", "R", "c", "d", "r")
_SIGNS = {"+": 1, "-": -1, "cr": 1, "c": 1, "dr": -1, "d": -1}


def is_marked(text: str) -> bool:
    """Return whether an amount has CR or DR, which say which way it went whatever a missing sign means."""
    return text.rstrip(" \u00a0)")[-1:] in _MARKS


def amount(text: str, what: str, *, signed: bool = True) -> int:
    """Return the pence of an amount in pounds; money out is below zero.

    A sign is "-", "+", U+2212 or U+2013 before or after the pound sign or at the end, brackets, or "CR", "DR", "C" or
    "D" at the end.
    `what` names the amount, and begins the sentence of the error. Raises InvalidInput, which never repeats the amount,
    for anything else, for two signs, and for any sign unless `signed`.
    """
    if plain := _PLAIN.fullmatch(text):
        found = int(plain[2]) * 100 + int((plain[3] or "").ljust(2, "0"))
        if not plain[1]:
            return found
        if signed:
            return -found
    written = _WRITTEN.fullmatch(text.translate(_MINUS).strip()) if len(text) <= _LONGEST else None
    if written is None or (written["open"], written["inner"]).count("(") != (written["close"] or "").count(")"):
        return from_pounds(text if len(text) > _LONGEST else f"?{text}", what)  # which refuses it
    signs = [_SIGNS[sign.lower()] for sign in (written["before"], written["after"], written["mark"]) if sign]
    signs += [-1] if written["close"] else []
    if len(signs) > 1 or (signs and not signed):
        wrong = "has two signs" if len(signs) > 1 else "has a sign, and another field has its direction"
        raise InvalidInput(f"{what} {wrong}; export the file again, unaltered.")
    return (signs[0] if signs else 1) * from_pounds(written["number"], what)
