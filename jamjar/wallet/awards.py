"""Award letters that a department signed as SD-JWT VC, kept in the vault and shown beside the income that they prove.

A letter is verified with a key that the claimant has from the department, such as from its website, when it is imported
and each time that it is shown; the vault keeps both. It says

    vct   "urn:jamjar:award:1"          iss    who signed         iat, nbf, exp  Unix seconds; the last two may lack
    line  a line of income              pence  each payment's     each           how often, as in a plan
    from  the first day, YYYY-MM-DD     until  the last day, and name, of the person: both may lack

and may say more, which is passed over. What decides whether a letter holds has to be in the part that its holder cannot
leave out (draft-ietf-oauth-sd-jwt-vc, section on registered JWT claims).
Warning: where a department breaks this rule, nobody sees which claim a holder left out; and nothing says that a letter
has not been revoked since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from jamjar.crypto.es256 import P256PublicKey
from jamjar.disclosure import sd_jwt
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan import catalogue
from jamjar.plan.frequency import FREQUENCIES, MONTHLY
from jamjar.plan.money import MAX_PENCE, format_pounds
from jamjar.plan.period import AssessmentPeriod
from jamjar.vault.vault import Vault

AWARD: Final = "award"
"""The kind of these records in the vault, by the letter's `name`."""
FORMAT: Final = "jamjar.award.1"
VCT: Final = "urn:jamjar:award:1"
TYPES: Final = ("dc+sd-jwt", "vc+sd-jwt")
_PLAIN: Final = ("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status")
_LONGEST: Final = 80 * 1024


@dataclass(frozen=True, slots=True)
class AwardLetter:
    """What a letter says that verified: a line of income, each payment in pence, how often, and of which days.

    `person` is "" and `until` None where the letter does not say; `expires` is in Unix seconds.
    """

    issuer: str
    line: str
    pence: int = field(repr=False)
    each: str
    start: date
    until: date | None
    person: str = field(repr=False)
    expires: int | None

    def concerns(self, period: AssessmentPeriod) -> bool:
        """Return whether it is of any day of a period."""
        return self.start <= period.end and (self.until is None or period.start <= self.until)

    def __str__(self) -> str:
        until = f" until {self.until}" if self.until else ""
        month = format_pounds(FREQUENCIES[self.each].month(self.pence))
        each = self.each if self.each == MONTHLY.name else f"{self.each}, {month} a month"
        return f"{self.issuer}: {format_pounds(self.pence)} {each}, from {self.start}{until}"


@dataclass(frozen=True, slots=True)
class KeptAward:
    """A letter of the vault by its name; `problem` says why it proves nothing any more, "" while it does."""

    name: str
    letter: AwardLetter | None
    problem: str


def read_letter(text: str, key: P256PublicKey, now: int) -> AwardLetter:
    """Return what a letter says at `now`, in Unix seconds, if this key signed it.

    Raises InvalidInput for what is no such letter, VerificationFailed for one that is changed, early or expired.
    """
    found = sd_jwt.read(text, key, *TYPES, plain=_PLAIN)
    if found.get("vct") != VCT:
        raise InvalidInput(f"The letter is no award; this version reads {VCT}, so ask for that, or update Jamjar.")
    times = {name: found.get(name) for name in ("iat", "nbf", "exp")}
    if times["iat"] is None or not all(each is None or type(each) is int for each in times.values()):
        raise InvalidInput("The letter has no time, or one that is no whole number; ask for another.")
    if (times["nbf"] or 0) > now or times["iat"] > now:
        raise VerificationFailed("The letter does not hold yet; check this machine's clock, or wait.")
    if times["exp"] is not None and times["exp"] <= now:
        raise VerificationFailed("The letter has expired; ask for a new one.")
    return _letter(found, times["exp"])


def import_letter(vault: Vault, text: str, jwk: object, person: str, now: int) -> AwardLetter:
    """Verify a letter, and keep it with the key that it was verified with; the same letter again changes nothing.

    person  the claimant's name, with which that in the letter is compared, but for case and spaces

    Raises what `read_letter` does, InvalidInput for another key, and VerificationFailed for another person's letter.
    """
    key, text = P256PublicKey.from_jwk(jwk), text.strip()
    letter = read_letter(text, key, now)
    if letter.person and _plain(letter.person) != _plain(person):
        given = "another name than yours" if person else "a name; give yours with --name"
        raise VerificationFailed(f"The letter is to {given}; import only letters to you.")
    record = {"format": FORMAT, "letter": text, "key": key.jwk}
    with vault.writing() as transaction:
        transaction.put(AWARD, sha256(text.encode()).hexdigest()[:16], strict_json.dumps(record).encode())
    return letter


def awards(vault: Vault, now: int) -> tuple[KeptAward, ...]:
    """Return the letters in the vault, each verified again at `now`, in Unix seconds."""
    with vault.reading() as transaction:
        records = tuple(transaction.all(AWARD))
    return tuple(_kept(name, value, now) for name, value in records)


def beside(vault: Vault, period: AssessmentPeriod, now: int) -> Mapping[str, tuple[AwardLetter, ...]]:
    """Return the letters that prove income of a period at `now`, by the line of income."""
    found = dict[str, tuple[AwardLetter, ...]]()
    for kept in awards(vault, now):
        if kept.letter is not None and kept.letter.concerns(period):
            found[kept.letter.line] = (*found.get(kept.letter.line, ()), kept.letter)
    return found


def forget(vault: Vault, name: str) -> None:
    """Delete a letter; raises InvalidInput where there is none of this name."""
    with vault.writing() as transaction:
        if transaction.get(AWARD, name) is None:
            raise InvalidInput(f"There is no award letter {name[:16]!r}; list them with jamjar wallet awards.")
        transaction.delete(AWARD, name)


def _kept(name: str, value: bytes, now: int) -> KeptAward:
    found = strict_json.fields(
        strict_json.loads(value.decode(), "An award letter", _LONGEST), "An award letter", "format", "letter", "key"
    )
    if found["format"] != FORMAT:
        raise InvalidInput(f"An award letter's format is unknown; this version reads {FORMAT}, so update Jamjar.")
    try:
        return KeptAward(name, read_letter(found["letter"], P256PublicKey.from_jwk(found["key"]), now), "")
    except (InvalidInput, VerificationFailed) as error:
        return KeptAward(name, None, str(error))


def _letter(found: Mapping[str, Any], expires: int | None) -> AwardLetter:
    code, pence, each = found.get("line"), found.get("pence"), found.get("each")
    if catalogue.line(code).is_jar:
        raise InvalidInput("The letter is of no line of income; ask for one that is.")
    if type(pence) is not int or not 0 < pence <= MAX_PENCE or not isinstance(each, str) or each not in FREQUENCIES:
        raise InvalidInput("The letter has no amount in pence, or not how often it is paid; ask for another.")
    start, until = strict_json.day(found.get("from")), strict_json.day(found.get("until"))
    if start is None or (until is None) != (found.get("until") is None) or (until is not None and until < start):
        raise InvalidInput("The letter's days are not its first and last as YYYY-MM-DD; ask for another.")
    issuer, person = found.get("iss"), found.get("name", "")
    if not all(isinstance(text, str) and text.isprintable() and len(text) <= 200 for text in (issuer, person)):
        raise InvalidInput("The letter does not say in one line who signed it, or whose it is; ask for another.")
    if not issuer:
        raise InvalidInput("The letter does not say who signed it; ask for another.")
    return AwardLetter(str(issuer), str(code), pence, str(each), start, until, str(person), expires)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
