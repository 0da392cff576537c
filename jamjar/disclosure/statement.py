"""Statements about committed figures, with a proof that one is true and shows no figure.

Rules:

1. A statement is about one to six figures of one budget with signs: their sum is at least, or at most, an amount that
   is chosen after the commitment. Or it is about one total: that it is the sum of its lines, which are named, and whose
   figures are not shown.
2. Each figure is shown as its Pedersen commitment, in a leaf of format 2 that belongs to the root. Their sum with
   signs, less the amount (or the reverse, for "at most"), is a commitment D to what the sum is above the amount.
3. The proof is one that D holds a number of 27 bits (`jamjar.crypto.range_proof`), so that what is proven is also that
   the sum is less than 1,342,177.28 pounds from the amount; or that D holds zero (`jamjar.crypto.zero_proof`).
4. A proof is bound to all that its context says, and to each sign, name, leaf and commitment (strong Fiat-Shamir).

Warning: a figure is the claimant's word, as in any disclosure: a proof says that the committed one fits the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from jamjar.consent.named import is_entry_name
from jamjar.crypto import merkle, pedersen, range_proof, zero_proof
from jamjar.crypto.hashing import require_word
from jamjar.crypto.pedersen import Point
from jamjar.disclosure.commitment import MAX_NAME, PEDERSEN_FORMAT, PROOF_HASHES, Commitment, point_leaf
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan import entries
from jamjar.plan.entries import PARTS
from jamjar.plan.money import format_pounds

BITS: Final = 27
MOST_AMOUNT: Final = 100_000_000
"""The largest amount that can be asked about, in pence."""
MOST_FIGURES: Final = 6
MOST_LINES: Final = max(len(parts) for parts in PARTS.values())
"""The most lines of a total in an answer."""


class Relation(Enum):
    """How the sum of the figures is to an amount, or a total to its lines."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    SUM_OF_LINES = "sum_of_lines"


@dataclass(frozen=True, slots=True)
class BudgetStatement:
    """What is asked, and stated if it is true: `relation` of the sum of the figures to `amount`, in pence.

    figures  pairs of a sign, 1 or -1, and the name of an amount that a budget can have, in the order of the names; one
             total with the sign 1 and the amount 0 where the relation is SUM_OF_LINES. Or names of a set's numbers and
             dates as in its leaves, and `amount` such a number (`jamjar.disclosure.named_set`)

    Raises InvalidInput for any other statement.
    """

    relation: Relation
    figures: tuple[tuple[int, str], ...]
    amount: int

    def __post_init__(self) -> None:
        if not isinstance(self.relation, Relation):
            raise InvalidInput("The relation of a statement is unknown; update Jamjar, or ask for another question.")
        if type(self.amount) is not int or not -MOST_AMOUNT <= self.amount <= MOST_AMOUNT:
            raise InvalidInput("The amount of a statement is beyond 1,000,000.00 pounds; ask about a smaller one.")
        if type(self.figures) is not tuple or not 1 <= len(self.figures) <= MOST_FIGURES:
            raise InvalidInput(f"A statement is not about 1 to {MOST_FIGURES} figures; ask about fewer.")
        for sign, name in self.figures:
            if type(sign) is not int or sign not in (1, -1) or type(name) is not str:
                raise InvalidInput("A figure of a statement is not a sign, 1 or -1, and a name; correct it.")
            if not 1 <= len(name) <= MAX_NAME or not (entries.is_amount(name) or is_entry_name(name)):
                raise InvalidInput("A statement names a figure that no budget has as an amount; choose a jar or total.")
        names = [name for _, name in self.figures]
        if names != sorted(set(names)):
            raise InvalidInput("The figures of a statement are repeated, or not in order; name each once, sorted.")
        if self.relation is Relation.SUM_OF_LINES:
            valid = len(names) == 1 and self.figures[0][0] == 1 and self.amount == 0 and _has_lines(names[0])
        else:
            valid = len(names) == 1 or any(sign == 1 for sign, _ in self.figures)
        if not valid:
            raise InvalidInput(
                "The statement has one total, of no debts, for its lines, or a figure to add; correct it."
            )

    def __str__(self) -> str:
        """Return the statement in words, with the names of its figures."""
        if self.relation is Relation.SUM_OF_LINES:
            return f"{self.sum} is the sum of its lines"
        relation = "at least" if self.relation is Relation.AT_LEAST else "at most"
        return f"{self.sum} is {relation} {format_pounds(self.amount) if self.is_pence else self.amount}"

    @property
    def is_pence(self) -> bool:
        """Whether it is about amounts of a budget, and not about numbers or dates of a set."""
        return not any(is_entry_name(name) for _, name in self.figures)

    @property
    def sum(self) -> str:
        """The figures with their signs, in words."""
        return sum_words(self.figures)

    def terms_of(self, names: Mapping[str, object]) -> tuple[tuple[int, str], ...]:
        """Return the signs and names of all figures that a proof is about, where the budget has these names."""
        if self.relation is not Relation.SUM_OF_LINES:
            return self.figures
        total = self.figures[0][1]
        return (*self.figures, *((-1, name) for name in sorted(PARTS[total]) if name in names))

    def excess(self, values: Mapping[str, int]) -> int | None:
        """Return by how much the statement is true of these figures: 0 or more; None where one is missing."""
        if any(name not in values for _, name in self.figures):
            return None
        summed = sum(sign * values[name] for sign, name in self.terms_of(values))
        return self.amount - summed if self.relation is Relation.AT_MOST else summed - self.amount

    def is_provable(self, values: Mapping[str, int]) -> bool:
        """Return whether the statement is true of these figures, and near enough to be proven."""
        excess = self.excess(values)
        if excess is None:
            return False
        return excess == 0 if self.relation is Relation.SUM_OF_LINES else 0 <= excess < 1 << BITS


def sum_words(figures: tuple[tuple[int, str], ...]) -> str:
    """Return figures with their signs in words, by their names."""
    return " ".join(f"{'+' if sign == 1 else '-'} {name}" for sign, name in figures).removeprefix("+ ")


@dataclass(frozen=True, slots=True)
class CommittedFigure:
    """A figure that is not shown: its name, its Pedersen commitment (33 bytes), and 6 hashes, the lowest first."""

    name: str
    point: bytes = field(repr=False)
    proof: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if type(self.name) is not str or not 1 <= len(self.name) <= MAX_NAME:
            raise InvalidInput("The name of a figure has no usable length; ask for another answer.")
        pedersen.point_of(self.point)
        if type(self.proof) is not tuple or len(self.proof) != PROOF_HASHES:
            raise InvalidInput("The proof of a figure is not 6 hashes; ask for another answer.")
        for node in self.proof:
            require_word(node, "A hash in the proof of a figure")


@dataclass(frozen=True, slots=True)
class StatementProof:
    """What proves a statement: the figures that it is about, in its order, and the proof about their sum."""

    figures: tuple[CommittedFigure, ...]
    proof: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """The bytes of points, hashes and proof; names are not counted."""
        return sum(len(each.point) + 32 * len(each.proof) for each in self.figures) + len(self.proof)


def prove(
    statement: BudgetStatement, commitment: Commitment, context: bytes, random_bytes: Callable[[int], bytes]
) -> StatementProof:
    """Return the proof of a statement about a commitment of format 2, bound to `context`.

    Raises InvalidInput for a commitment of another format, and for a statement that is false, or too far from the
    amount: there is no proof of it.
    """
    if commitment.leaf_format != PEDERSEN_FORMAT:
        raise InvalidInput("The budget was committed without the form for statements; commit it again.")
    values = {name: value for name, (value, _) in commitment.secrets.items()}
    if not statement.is_provable(values):
        raise InvalidInput("The statement is not true of the budget, so there is no proof of it; refuse the question.")
    terms = statement.terms_of(values)
    figures = tuple(_figure(commitment, name) for _, name in terms)
    bound = _bound(context, statement, figures)
    blinding = sum(sign * pedersen.scalar_of(commitment.secrets[name][1]) for sign, name in terms)
    if statement.relation is Relation.SUM_OF_LINES:
        return StatementProof(figures, zero_proof.prove(bound, blinding, random_bytes))
    excess = statement.excess(values) or 0
    signed = -blinding if statement.relation is Relation.AT_MOST else blinding
    return StatementProof(figures, range_proof.prove(bound, excess, signed, BITS, random_bytes))


def verify(statement: BudgetStatement, root: bytes, context: bytes, proven: StatementProof) -> None:
    """Check that `proven` proves the statement about the commitment with this root, in this context.

    Raises VerificationFailed when it does not; InvalidInput when `root` is not 32 bytes.
    """
    require_word(root, "The root")
    names = [figure.name for figure in proven.figures]
    terms = statement.terms_of(dict.fromkeys(names))
    if [name for _, name in terms] != names:
        raise VerificationFailed("The answer is about other figures than the question; ask again.")
    for figure in proven.figures:
        if not merkle.verify(root, point_leaf(figure.name, pedersen.point_of(figure.point)), figure.proof):
            raise VerificationFailed(f"The figure {figure.name!r} does not belong to this commitment; ask again.")
    signs = [sign for sign, _ in terms]
    bound = _bound(context, statement, proven.figures)
    try:
        stated = _stated(statement, signs, [pedersen.point_of(figure.point) for figure in proven.figures])
    except InvalidInput:
        raise VerificationFailed("The figures of the answer cancel each other; ask again.") from None
    if statement.relation is Relation.SUM_OF_LINES:
        zero_proof.verify(bound, stated, proven.proof)
    else:
        range_proof.verify(bound, stated, proven.proof, BITS)


def _has_lines(total: str) -> bool:
    return total in PARTS and entries.OFFERS not in PARTS[total]


def _figure(commitment: Commitment, name: str) -> CommittedFigure:
    opening = commitment.opening(name)
    point = pedersen.commit(opening.value, pedersen.scalar_of(opening.salt))
    return CommittedFigure(name, point.format(), opening.proof)


def _stated(statement: BudgetStatement, signs: list[int], points: list[Point]) -> Point:
    """Return D: what a proof is about."""
    summed = pedersen.total(
        point if sign == 1 else pedersen.negated(point) for sign, point in zip(signs, points, strict=True)
    )
    shifted = pedersen.shifted(summed, statement.amount)
    return pedersen.negated(shifted) if statement.relation is Relation.AT_MOST else shifted


def _bound(context: bytes, statement: BudgetStatement, figures: tuple[CommittedFigure, ...]) -> bytes:
    """Return all that the proof is bound to, each part after its length in 4 bytes."""
    parts = [b"jamjar.statement.1", context, statement.relation.value.encode(), str(statement.amount).encode()]
    signs = {name: sign for sign, name in statement.figures}
    for figure in figures:
        sign = signs.get(figure.name, -1)
        parts += [b"+" if sign == 1 else b"-", figure.name.encode(), figure.point, *figure.proof]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
