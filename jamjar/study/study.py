"""What a study is: which figure is summed, of which months and regions, among which members, with how much noise.

Every consent for a study names its id in the notice, so that nothing here can change after it was agreed to.

Warning: each month and region is published once, and costs epsilon once. Who reports in several months, or in several
studies, is protected by the sum of their epsilons only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from jamjar.consent.one_line import one_line
from jamjar.consent.terms import Terms
from jamjar.crypto import pedersen
from jamjar.crypto.hashing import keccak256
from jamjar.crypto.pedersen import Point
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan import entries
from jamjar.plan.entries import day_of
from jamjar.plan.money import format_pounds
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.typed_data import Domain

FORMAT: Final = "jamjar.study.1"
PURPOSE: Final = "dpv:NonCommercialResearch"
MEMBERS: Final = 3
LEAST_THRESHOLD: Final = 10
LEAST_BITS, MOST_BITS = 4, 24
MOST_MONTHS: Final = 12
MOST_REGIONS: Final = 50
_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)
_NAMED: Final = re.compile(r"Study ([0-9a-f]{64})", re.ASCII)
_TEXTS: Final = ("title", "contract", "figure")
_NUMBERS: Final = ("chain_id", "recipient", "openers", "sign", "least", "bits", "threshold", "epsilon_hundredths")
_RANGES: Final = {
    "chain_id": (1, 2**53 - 1, "chain id"),
    "recipient": (1, 2**32 - 1, "recipient's member number"),
    "openers": (2, MEMBERS, "number of members that open a sum"),
    "least": (-(10**9), 10**9, "least amount"),
    "bits": (LEAST_BITS, MOST_BITS, "number of bits"),
    "threshold": (LEAST_THRESHOLD, 10**6, "least number of reports"),
    "epsilon_hundredths": (1, 1000, "epsilon in hundredths"),
}


@dataclass(frozen=True, slots=True)
class Study:
    """A study; every instance is valid.

    title               one line, 1 to 80 characters
    chain_id, contract  the chain, and the CommitmentRegistry on it
    recipient           the member to which consents for the study are granted
    members             three member numbers: those among whom figures are dealt; they are members 1, 2, 3 of a dealing
    openers             how many open a sum: 2, so that one may fail after all agreed, or 3, against two who collude
    figure, sign        the name of a line, total or balance, and 1 or -1: the amount is the figure, or minus it
    least, bits         the amount is from `least` to `least + 2**bits - 1` pence
    months, regions     sorted; a budget is of the month, YYYY-MM, in which its period ends
    threshold           the least number of reports of a month and region of which the sum is opened
    epsilon_hundredths  epsilon of one month and region, as 100 for 1

    Raises InvalidInput, which names the field.
    """

    title: str
    chain_id: int
    contract: str
    recipient: int
    members: tuple[int, ...]
    openers: int
    figure: str
    sign: int
    least: int
    bits: int
    months: tuple[str, ...]
    regions: tuple[str, ...]
    threshold: int
    epsilon_hundredths: int

    def __post_init__(self) -> None:
        for name, (low, high, words) in _RANGES.items():
            if not _is_int(getattr(self, name), low, high):
                raise InvalidInput(f"The {words} of a study is not a whole number from {low} to {high}; correct it.")
        object.__setattr__(self, "title", one_line("title of the study", self.title, 80))
        object.__setattr__(self, "contract", checksum_address(parse_address(self.contract)))
        members = self.members
        if type(members) is not tuple or not all(_is_int(each, 1, 2**32 - 1) for each in members):
            raise InvalidInput("The members are not numbers from 1 to 2**32 - 1; look them up.")
        if len(set(members)) != MEMBERS or len(members) != MEMBERS:
            raise InvalidInput(f"The members are not {MEMBERS} different ones; name {MEMBERS} that do not collude.")
        if type(self.figure) is not str or not entries.is_amount(self.figure):
            raise InvalidInput("The figure is none that every budget may have; name a line, a total or the balance.")
        if not _is_int(self.sign, -1, 1) or self.sign == 0:
            raise InvalidInput("The sign of the figure is neither 1 nor -1; give one of them.")
        _check_sorted(self.months, MOST_MONTHS, "months")
        if not all(_MONTH.fullmatch(each) for each in self.months):
            raise InvalidInput("A month is not written as YYYY-MM; correct it.")
        _check_sorted(self.regions, MOST_REGIONS, "regions")
        for each in self.regions:
            if one_line("region", each, 60) != each:
                raise InvalidInput("A region is not in Unicode Normalization Form C; write it in that form.")
            if unicodedata.normalize("NFKC", each) != each or "  " in each:
                raise InvalidInput("A region has compatibility characters, or two spaces in a row; write it plainly.")

    @property
    def id(self) -> bytes:
        """The Keccak-256 of the study's canonical JSON: its name in notices, reports and results."""
        return keccak256(self.to_json().encode())

    @property
    def domain(self) -> Domain:
        """For which reports and members' papers are signed."""
        return Domain(self.chain_id, self.contract)

    @property
    def most(self) -> int:
        """The largest amount, in pence."""
        return self.least + (1 << self.bits) - 1

    @property
    def scale(self) -> Fraction:
        """The scale of each member's noise on the sum, in pence: what one report changes at most, by epsilon."""
        return Fraction(((1 << self.bits) - 1) * 100, self.epsilon_hundredths)

    @property
    def words(self) -> str:
        """What a request for a consent has to quote, so that its notice names the study."""
        signed = f"{'minus ' if self.sign < 0 else ''}{self.figure}"
        return (
            f"Study {self.id.hex()}: the mean of {signed}, {format_pounds(self.least)} to {format_pounds(self.most)},"
            f" of {self.threshold} people or more of a region, with noise."
        )

    def amount_of(self, value: int) -> int:
        """Return how far a figure, with its sign, is above the least amount: what is summed."""
        return self.sign * value - self.least

    def blinding_of(self, blinding: int) -> int:
        """Return the blinding of the commitment that `stated` makes of a figure's commitment with this blinding."""
        return self.sign * blinding

    def stated(self, point: Point) -> Point:
        """Return the commitment to what is summed, from the commitment to the figure."""
        return pedersen.shifted(point if self.sign == 1 else pedersen.negated(point), self.least)

    def check_terms(self, terms: Terms, month_end: int) -> None:
        """Raise VerificationFailed unless these terms are a consent to this study, for a budget that ends on a day."""
        if terms.purpose != PURPOSE:
            raise VerificationFailed("The consent is not one for research; grant one of its own for the study.")
        if set(_NAMED.findall(terms.notice)) != {self.id.hex()}:
            raise VerificationFailed("The consent's notice does not name this study alone; grant one for it.")
        if terms.recipient != self.recipient:
            raise VerificationFailed("The consent is for another member than the study's; grant one to that.")
        if not terms.asks(self.figure):
            raise VerificationFailed("The consent does not name the study's figure as a threshold; grant another.")
        if not terms.data_from <= day_of(month_end) <= terms.data_until:
            raise VerificationFailed("The budget is of other days than the consent; report one of its days.")

    def publication(self, month: str, region: str) -> str:
        """Return what is published once: a month and region of research on a chain, of whatever figure and study.

        A region is the same in capitals or small letters.
        """
        return f"{PURPOSE}/{self.chain_id}/{month}/{region.casefold()}"

    def check_place(self, month: str, region: str) -> None:
        """Raise InvalidInput unless the study is about this month and region."""
        if month not in self.months:
            raise InvalidInput(f"The study is not about that month; choose of {', '.join(self.months)}.")
        if region not in self.regions:
            raise InvalidInput(f"The study is not about that region; choose of {', '.join(self.regions)}.")

    def member_place(self, member: int) -> int:
        """Return the place of a member in dealings, 1 to 3; raises InvalidInput for another member."""
        if member not in self.members:
            raise InvalidInput(f"Member {member} is none of the study's; take the account of one that is.")
        return self.members.index(member) + 1

    def to_json(self) -> str:
        """Return the canonical JSON."""
        return strict_json.dumps(self.fields())

    def fields(self) -> dict[str, Any]:
        """Return the study as values for JSON."""
        plain = {name: getattr(self, name) for name in (*_TEXTS, *_NUMBERS)}
        lists = {name: list(getattr(self, name)) for name in ("members", "months", "regions")}
        return {"format": FORMAT} | plain | lists

    @classmethod
    def from_json(cls, text: str) -> Study:
        """Read what `to_json` wrote; raises InvalidInput for anything else, and for another format."""
        return cls.from_fields(strict_json.loads(text, "The study"))

    @classmethod
    def from_fields(cls, value: object) -> Study:
        """Read what `fields` gave; raises InvalidInput for anything else, and for another format."""
        names = (*_TEXTS, *_NUMBERS, "members", "months", "regions")
        found = dict(strict_json.fields(value, "The study", "format", *names))
        if found.pop("format") != FORMAT:
            raise InvalidInput(f"The study's format is unknown; this version reads {FORMAT}, so update Jamjar.")
        for name in ("members", "months", "regions"):
            found[name] = tuple(strict_json.items(found[name], f"The {name} of the study"))
        return cls(**found)


def month_of(day: int) -> str:
    """Return the month, YYYY-MM, of a date that is written as the number YYYYMMDD."""
    return day_of(day).isoformat()[:7]


def _is_int(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _check_sorted(values: object, most: int, what: str) -> None:
    if type(values) is not tuple or not all(type(each) is str for each in values):
        raise InvalidInput(f"The {what} are not a tuple of texts; give them as texts.")
    if not 1 <= len(values) <= most or list(values) != sorted(set(values)):
        raise InvalidInput(f"The {what} are not 1 to {most}, each once and sorted; correct them.")
