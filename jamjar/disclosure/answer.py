"""The answer to a question: a proof that its statement is true, or a refusal.

An answer shows the period of the budget and the terms, as any disclosure does, and no figure; of a set it shows the
terms alone. A refusal is an answer without a proof: it is sealed and padded as every package is, so only the recipient
sees which one it got, and it does not say why.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from jamjar.crypto import pedersen, range_proof
from jamjar.crypto.hashing import require_word
from jamjar.disclosure import statement as statements
from jamjar.disclosure.commitment import PEDERSEN_FORMAT, Commitment
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.question import Question
from jamjar.disclosure.statement import BITS, CommittedFigure, Relation, StatementProof
from jamjar.encoding import strict_json
from jamjar.encoding.strict_hex import read_hex
from jamjar.errors import InvalidInput, VerificationFailed

FORMAT: Final = "jamjar.answer.1"
_PART: Final = "A part of the answer"
MAX_BYTES: Final = 256 * 1024
"""Of an answer in JSON."""
_KEYS: Final = ("format", "shown", "question", "proof")


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """An answer: the disclosure of the period alone, the question, and the proof; None where it is refused.

    Raises InvalidInput for a disclosure of anything else than the period, or of leaves of another format.
    """

    shown: Disclosure
    question: Question
    proof: StatementProof | None = field(repr=False)

    def __post_init__(self) -> None:
        if self.shown.names != tuple(sorted(self.shown.terms.always_shown)):
            raise InvalidInput("The answer shows something else than its period; ask for another.")
        if self.shown.leaf_format != PEDERSEN_FORMAT:
            raise InvalidInput("The answer is about leaves of another format; ask for another.")

    def to_json(self) -> bytes:
        """Return the one encoding: JSON in UTF-8, sorted keys, no spaces."""
        proof = self.proof and {
            "figures": [
                {"name": each.name, "point": each.point.hex(), "proof": [node.hex() for node in each.proof]}
                for each in self.proof.figures
            ],
            "proof": self.proof.proof.hex(),
        }
        record = {"format": FORMAT, "shown": json.loads(self.shown.to_json()), "proof": proof}
        record["question"] = self.question.fields()
        return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, data: bytes | str) -> StatementAnswer:
        """Read what `to_json` wrote; raises InvalidInput for anything else, and for another format."""
        try:
            text = data.decode("utf-8") if isinstance(data, bytes) else data
        except UnicodeDecodeError:
            raise InvalidInput("The answer is not text in UTF-8; ask for it again.") from None
        found = strict_json.fields(strict_json.loads(text, "The answer", MAX_BYTES), "The answer", *_KEYS)
        if found["format"] != FORMAT:
            raise InvalidInput(f"The answer's format is unknown; this version reads {FORMAT}, so update Jamjar.")
        shown = Disclosure.from_json(json.dumps(found["shown"]))
        return cls(shown, Question.from_fields(found["question"]), _proof(found["proof"]))

    def verify(self) -> bool:
        """Return whether the statement is proven: False for a refusal.

        Raises VerificationFailed when the answer is about something else than its question, or the proof is none.
        Warning: the disclosure's root and terms, and the question, are compared with the ledger by the desk.
        """
        shown, asked = self.shown, self.question
        about = (asked.chain_id, asked.contract, asked.consent, asked.root, asked.recipient)
        if about != (shown.chain_id, shown.contract, shown.consent, shown.root, shown.terms.recipient):
            raise VerificationFailed("The answer is about something else than its question; ask again.")
        if self.proof is None:
            return False
        for figure in self.proof.figures:
            if not _may_name(self, figure.name):
                raise VerificationFailed(f"The figure {figure.name!r} is outside the scope of the terms; ask again.")
        statements.verify(asked.statement, asked.root, asked.to_bytes(), self.proof)
        return True


def answer(
    shown: Disclosure, question: Question, commitment: Commitment, random_bytes: Callable[[int], bytes]
) -> StatementAnswer:
    """Return the answer that proves the question's statement; raises InvalidInput where it is false or cannot be."""
    made = StatementAnswer(
        shown, question, statements.prove(question.statement, commitment, question.to_bytes(), random_bytes)
    )
    made.verify()
    if question.statement.relation is Relation.SUM_OF_LINES:  # whose proof is shorter
        _take_as_long(question, random_bytes)
    return made


def refuse(shown: Disclosure, question: Question, random_bytes: Callable[[int], bytes]) -> StatementAnswer:
    """Return a refusal, after as much work as a proof takes, so that its time does not tell what it is."""
    _take_as_long(question, random_bytes)
    return StatementAnswer(shown, question, None)


def may_ask(question: Question, terms_asks: Callable[[str], bool]) -> bool:
    """Return whether terms of which `terms_asks` says what they allow allow a question about all its figures."""
    return all(terms_asks(name) for _, name in question.statement.figures)


def _take_as_long(question: Question, random_bytes: Callable[[int], bytes]) -> None:
    blinding = int.from_bytes(random_bytes(16), "big") + 1
    proof = range_proof.prove(question.to_bytes(), 1, blinding, BITS, random_bytes)
    range_proof.verify(question.to_bytes(), pedersen.commit(1, blinding), proof, BITS)


def _may_name(made: StatementAnswer, name: str) -> bool:
    """Return whether the terms allow a figure in an answer: the question's own, and lines that they concern."""
    terms, own = made.shown.terms, {figure for _, figure in made.question.statement.figures}
    return terms.asks(name) if name in own else terms.concerns(name)


def _proof(value: object) -> StatementProof | None:
    if value is None:
        return None
    found = strict_json.fields(value, "The proof", "figures", "proof")
    return StatementProof(
        tuple(_figure(item) for item in strict_json.items(found["figures"], "The figures")),
        read_hex(found["proof"], _PART),
    )


def _figure(item: object) -> CommittedFigure:
    found = strict_json.fields(item, "A figure", "name", "point", "proof")
    nodes = tuple(read_hex(node, _PART) for node in strict_json.items(found["proof"], "The hashes of a figure"))
    for node in nodes:
        require_word(node, "A hash of a figure")
    return CommittedFigure(found["name"], read_hex(found["point"], _PART), nodes)
