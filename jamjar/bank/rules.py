"""Rules that assign transactions to jars and income lines; the claimant reads, orders and changes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from jamjar.bank.text import clean, folded
from jamjar.bank.transaction import KEY, Transaction
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.plan import catalogue

FORMAT = "jamjar.rules.1"
TRANSFER = "transfer"
"""Stands in place of a catalogue code: the money stayed the claimant's, so it is neither spending nor income."""

HELD_AT_MOST = timedelta(days=10)
"""The longest time between a hold and its being given back whole."""

MAX_RULES = 1000
MAX_CORRECTIONS = 20_000
MAX_RULE_TEXT = 200
_MAX_JSON = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rule:
    """Assigns a transaction whose payee contains `text`, or equals it if `whole`, to `code`.

    The code is that of a jar or an income line, or "transfer". Texts are compared without case, in Unicode's NFKC
    form, with runs of spaces as one. A rule for an income line applies to money received only; one for a jar applies
    to it too, as a refund.
    """

    text: str = field(repr=False)
    code: str
    whole: bool = False

    def __post_init__(self) -> None:
        if clean(self.text, "The text of a rule") != self.text or not 1 <= len(self.text) <= MAX_RULE_TEXT:
            raise InvalidInput(
                f"The text of a rule is not 1 to {MAX_RULE_TEXT} characters without outer or double spaces; retype it."
            )
        _known(self.code)
        if not isinstance(self.whole, bool):
            raise InvalidInput("The field `whole` of a rule is neither True nor False; give one of them.")

    def fits(self, transaction: Transaction) -> bool:
        """Return whether the rule applies to `transaction`."""
        if self.code.startswith("income.") and transaction.pence <= 0:
            return False
        wanted, payee = folded(self.text), folded(transaction.payee)
        return wanted == payee if self.whole else wanted in payee


@dataclass(frozen=True, slots=True)
class Correction:
    """The claimant's assignment of the one transaction with this key; it precedes every rule."""

    key: str
    code: str

    def __post_init__(self) -> None:
        if not isinstance(self.key, str) or not KEY.fullmatch(self.key):
            raise InvalidInput("The key of a correction is not a transaction's; take it from the transaction.")
        _known(self.code)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules in order, of which the first that fits decides, and all corrections, whose order does not matter."""

    rules: tuple[Rule, ...] = ()
    corrections: tuple[Correction, ...] = ()
    _codes: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for values, kind, most in ((self.rules, Rule, MAX_RULES), (self.corrections, Correction, MAX_CORRECTIONS)):
            if not isinstance(values, tuple) or not all(isinstance(value, kind) for value in values):
                raise InvalidInput(f"The rules are not made of a tuple of {kind.__name__}; give one.")
            if len(values) > most:
                raise InvalidInput(f"There are more than {most:,} of {kind.__name__}; remove some.")
        object.__setattr__(self, "corrections", tuple(sorted(self.corrections, key=lambda each: each.key)))
        object.__setattr__(self, "_codes", {each.key: each.code for each in self.corrections})
        if len(self._codes) < len(self.corrections):
            raise InvalidInput("One transaction is corrected twice; keep one of the corrections.")

    def code_of(self, transaction: Transaction) -> str | None:
        """Return the code of the jar or income line of `transaction`, "transfer", or None if nothing decides."""
        if (code := self._codes.get(transaction.key)) is not None:
            return code
        if transaction.transfer:
            return TRANSFER
        return next((rule.code for rule in self.rules if rule.fits(transaction)), None)

    def adding(self, rule: Rule, place: int = 0) -> Rules:
        """Return the rules with one more at `place`, by default the first, which precedes all others."""
        self._place(place, len(self.rules))
        return replace(self, rules=(*self.rules[:place], rule, *self.rules[place:]))

    def removing(self, place: int) -> Rules:
        """Return the rules without the one at `place`, counted from 0."""
        self._place(place, len(self.rules) - 1)
        return replace(self, rules=self.rules[:place] + self.rules[place + 1 :])

    def changing(self, place: int, code: str) -> Rules:
        """Return the rules with the one at `place` assigning to `code`, in the same place."""
        self._place(place, len(self.rules) - 1)
        return replace(
            self, rules=(*self.rules[:place], replace(self.rules[place], code=code), *self.rules[place + 1 :])
        )

    def moving(self, place: int, to: int) -> Rules:
        """Return the rules with the one at `place` moved to the place `to`."""
        return self.removing(place).adding(self.rules[place], to)

    def correcting(self, transaction: Transaction, code: str) -> Rules:
        """Return the rules with a correction of this one transaction to `code`, in place of an earlier one."""
        kept = tuple(each for each in self.corrections if each.key != transaction.key)
        return replace(self, corrections=(*kept, Correction(transaction.key, code)))

    def uncorrecting(self, transaction: Transaction) -> Rules:
        """Return the rules without the correction of this one transaction."""
        return replace(self, corrections=tuple(each for each in self.corrections if each.key != transaction.key))

    def assigning(self, payee: Unassigned, code: str, transactions: Iterable[Transaction]) -> Rules:
        """Return the rules with a payee without a jar assigned to `code`, by a rule for its whole name, the first.

        Where the name is empty, or longer than a rule's text, each of its `transactions` is corrected instead.
        Raises InvalidInput for a code that this money cannot have.
        """
        if code not in codes_for(payee.pence):
            raise InvalidInput("That is no jar for this payee; choose one of the list.")
        if 1 <= len(payee.payee) <= MAX_RULE_TEXT:
            return self.adding(Rule(payee.payee, code, whole=True))
        keys = [each.key for each in transactions if _is_waiting(each, self) and _group(each) == payee.group]
        return replace(self, corrections=(*self.corrections, *(Correction(key, code) for key in keys)))

    def _place(self, place: int, last: int) -> None:
        if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place <= last:
            raise InvalidInput("There is no rule at that place; count the rules from 0.")

    def to_json(self) -> str:
        """Return the rules as canonical JSON in the format "jamjar.rules.1": equal rules, equal text."""
        return strict_json.dumps(
            {
                "format": FORMAT,
                "catalogue": catalogue.CATALOGUE_VERSION,
                "rules": [{"text": each.text, "code": each.code, "whole": each.whole} for each in self.rules],
                "corrections": [{"key": each.key, "code": each.code} for each in self.corrections],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Rules:
        """Return the rules that `text`, of at most 8 MiB and as `to_json` writes it, describes.

        Raises InvalidInput for anything else.
        """
        value = strict_json.loads(text, "The rules", _MAX_JSON)
        found = strict_json.fields(value, "The rules", "format", "catalogue", "rules", "corrections")
        if found["format"] != FORMAT or type(found["catalogue"]) is not int:
            raise InvalidInput(f"The format of the rules is unknown; this version reads {FORMAT}, so update Jamjar.")
        if found["catalogue"] != catalogue.CATALOGUE_VERSION:
            raise InvalidInput(
                f"The rules are for another catalogue; this version has {catalogue.CATALOGUE_VERSION}; update Jamjar."
            )
        return cls(
            tuple(
                Rule(**strict_json.fields(each, "A rule", "text", "code", "whole"))
                for each in strict_json.items(found["rules"], "The rules")
            ),
            tuple(
                Correction(**strict_json.fields(each, "A correction", "key", "code"))
                for each in strict_json.items(found["corrections"], "The corrections")
            ),
        )


@dataclass(frozen=True, slots=True)
class Unassigned:
    """One payee without a jar or income line: the signed sum of its money in pence, in `count` transactions."""

    payee: str = field(repr=False)
    count: int
    pence: int = field(repr=False)

    @property
    def group(self) -> tuple[str, bool]:
        """What its transactions have in common: the folded name, and whether money was received."""
        return folded(self.payee), self.pence > 0


def codes_for(amount: int) -> tuple[str, ...]:
    """Return the codes that money can have, received (`amount` above zero) or paid: an income line only the former."""
    return (*(code for code, line in catalogue.LINES.items() if line.is_jar or amount > 0), TRANSFER)


def unassigned(transactions: Iterable[Transaction], rules: Rules) -> tuple[Unassigned, ...]:
    """Return the payees of booked money without a jar or income line, the largest sum first.

    Payees that are equal when folded are one, under the first name; money received and money paid are apart.
    Payments of nothing, such as checks of a card, are not among them.
    """
    groups: dict[tuple[str, bool], list[Transaction]] = {}
    for each in transactions:
        if _is_waiting(each, rules):
            groups.setdefault(_group(each), []).append(each)
    found = [Unassigned(group[0].payee, len(group), sum(each.pence for each in group)) for group in groups.values()]
    return tuple(sorted(found, key=lambda each: (-abs(each.pence), folded(each.payee))))


def reversed_holds(transactions: Iterable[Transaction], rules: Rules) -> frozenset[str]:
    """Return the keys of payments without a jar that the same payee gave back whole, within ten days, and of those.

    A bank books a hold, as of a petrol pump, and books it back: together they are nothing.
    """
    paid: dict[tuple[str, str, int], list[Transaction]] = {}
    found: set[str] = set()
    waiting = [each for each in transactions if _is_waiting(each, rules)]
    for each in sorted(waiting, key=lambda each: (each.day, each.pence)):
        place = each.source, folded(each.payee), abs(each.pence)
        if each.pence < 0:
            paid.setdefault(place, []).append(each)
        elif (before := paid.get(place)) and each.day - before[-1].day <= HELD_AT_MOST:
            found |= {each.key, before.pop().key}
    return frozenset(found)


def _is_waiting(transaction: Transaction, rules: Rules) -> bool:
    return bool(transaction.counts and transaction.pence) and rules.code_of(transaction) is None


def _group(transaction: Transaction) -> tuple[str, bool]:
    return folded(transaction.payee), transaction.pence > 0


def _known(code: object) -> None:
    if code != TRANSFER:
        catalogue.line(code)
