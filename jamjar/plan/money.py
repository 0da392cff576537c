"""Money as whole pence: validated, read from pounds, written as pounds."""

from __future__ import annotations

import re

from jamjar.errors import InvalidInput

MAX_PENCE = 10**11
"""The largest amount accepted, a billion pounds: above it, a mistake is likelier than a fact."""

_POUNDS = re.compile(r"(?P<sign>-?)£?(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<pence>[0-9]{1,2}))?")
_LONGEST = 32


def pence(value: object, what: str, *, negative: bool = False) -> int:
    """Return `value` unchanged if it is an amount in pence.

    `what` names the amount, and begins the sentence of the error.
    Raises InvalidInput, which never repeats the amount, also for one below zero unless `negative`.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidInput(
            f"{what} is a {type(value).__name__}; give whole pence as an int, or read pounds with from_pounds."
        )
    if value < 0 and not negative:
        raise InvalidInput(f"{what} is negative; give zero or more pence.")
    if abs(value) > MAX_PENCE:
        raise InvalidInput(f"{what} is beyond a billion pounds; check that it was converted to pence only once.")
    return value


def from_pounds(text: object, what: str = "The amount", *, negative: bool = False) -> int:
    """Return the exact pence of an amount in pounds, such as "1,234.56" or "£12.30".

    Commas must group thousands; one decimal means tens of pence; nothing is rounded.
    Raises InvalidInput for anything else: floats, other currency signs, a third decimal.
    """
    if not isinstance(text, str):
        raise InvalidInput(f"{what} is a {type(text).__name__}; give pounds as text, such as '12.30'.")
    match = _POUNDS.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        raise InvalidInput(f"{what} is not an amount in pounds; write it as '12', '1,234.56' or '£12.30'.")
    amount = int(match["pounds"].replace(",", "")) * 100 + int((match["pence"] or "").ljust(2, "0"))
    return pence(-amount if match["sign"] else amount, what, negative=negative)


def format_pounds(amount: int) -> str:
    """Return `amount`, in pence, as text in pounds: "£1,234.56", "-£12.00"; raises InvalidInput for no amount."""
    pounds, rest = divmod(abs(pence(amount, "The amount", negative=True)), 100)
    return f"{'-' if amount < 0 else ''}£{pounds:,}.{rest:02d}"


def typed_pounds(amount: int) -> str:
    """Return zero or more pence as a person types pounds, and as `from_pounds` reads them: "1234.56".

    Raises InvalidInput for anything else.
    """
    pounds, rest = divmod(pence(amount, "The amount"), 100)
    return f"{pounds}.{rest:02d}"
