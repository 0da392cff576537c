"""Who vouches for clients, where the door was started to ask for that; nothing is said where it was not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jamjar.adviser_pages.desk import OpenAdviser
from jamjar.errors import InvalidInput, VerificationFailed


@dataclass(frozen=True, slots=True)
class Voucher:
    """Who vouches for a consent, by name and number, in which month as YYYYMM; or why nobody does, "" if somebody."""

    name: str = ""
    member: int = 0
    month: int = 0
    why_not: str = ""


def vouching(desk: OpenAdviser, consents: Iterable[str]) -> dict[str, Voucher]:
    """Return who vouches for each consent, by consent; none of them where the desk asks for no tokens.

    Raises LedgerError, and InvalidInput for published tokens that cannot be read.
    """
    check, found, names = desk.vouched(desk.ledger), dict[str, Voucher](), dict[int, str]()
    for consent in consents:
        try:
            vouched = check(consent)
        except VerificationFailed as error:
            found[consent] = Voucher(why_not=str(error))
            continue
        except InvalidInput:
            raise InvalidInput("The published tokens cannot be read; fetch them again, or name other ones.") from None
        if vouched is not None:
            number = vouched.admitter
            names[number] = names.get(number) or desk.ledger.member(number).name
            found[consent] = Voucher(names[number], number, vouched.month)
    return found
