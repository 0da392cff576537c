"""True statements about one budget, each with its proof, made of fixed bytes: what two verifiers agree on.

`python -m tests.unit.disclosure.statement_vectors` writes them again, for a format with another number.
"""

import json
from pathlib import Path

from sha3 import keccak_256

from jamjar.disclosure import statement as statements
from jamjar.disclosure.commitment import commit
from jamjar.disclosure.question import Question
from jamjar.disclosure.statement import BudgetStatement, CommittedFigure, Relation, StatementProof
from jamjar.plan.budget import Entry

FILE = Path(__file__).parent / "files/statements.json"
FIGURES = {
    "period.start": 20260415, "period.end": 20260514, "total.income": 80000, "total.fixed": 90234,
    "total.fixed.home": 64350, "fixed.home.rent": 53214, "fixed.home.council-tax": 11136, "balance": -10234,
    "flexible.food.groceries": 20077, "total.flexible.food": 20077,
}  # fmt: skip
ASKED = (
    (Relation.AT_LEAST, "+fixed.home.rent", 50000),
    (Relation.AT_LEAST, "+fixed.home.rent", 53214),
    (Relation.AT_MOST, "+fixed.home.rent", 100000000),
    (Relation.AT_MOST, "+balance", -10234),
    (Relation.AT_LEAST, "+total.fixed -total.income", 10001),
    (Relation.AT_LEAST, "+fixed.home.rent +flexible.food.groceries -total.income", -80000),
    (Relation.AT_MOST, "-fixed.home.rent", 0),
    (Relation.AT_LEAST, "+balance +fixed.home.council-tax +fixed.home.rent +flexible.food.groceries +total.fixed"
     " +total.income", 1),
    (Relation.SUM_OF_LINES, "+total.fixed.home", 0),
)  # fmt: skip


def drawn(label):
    """A random source that gives the same bytes in every run."""
    return lambda size: b"".join(keccak_256(b"%s/%d" % (label.encode(), i)).digest() for i in range(size // 32))


COMMITMENT = commit(tuple(Entry(*entry) for entry in FIGURES.items()), drawn("statement vectors"), 2)


def stated(relation, figures, amount):
    """A statement, from figures written as "+name -name"."""
    pairs = [(1 if each[0] == "+" else -1, each[1:]) for each in figures.split()]
    return BudgetStatement(relation, tuple(pairs), amount)


def question(statement, **changes):
    alike = {"id": b"\7" * 32, "chain_id": 1337, "contract": f"0x{13:040x}", "consent": "0x" + "ab" * 20}
    return Question(**(alike | {"root": COMMITMENT.root, "recipient": 2, "use": 1, "statement": statement} | changes))


def proven(asked, label="proof"):
    return statements.prove(asked.statement, COMMITMENT, asked.to_bytes(), drawn(label))


def as_record(asked, proof):
    figures = [
        {"name": each.name, "point": each.point.hex(), "proof": [node.hex() for node in each.proof]}
        for each in proof.figures
    ]
    record = {"figures": figures, "proof": proof.proof.hex()}
    return {"root": asked.root.hex(), "question": asked.fields(), "proof": record}


def from_record(record):
    figures = tuple(
        CommittedFigure(each["name"], bytes.fromhex(each["point"]), tuple(map(bytes.fromhex, each["proof"])))
        for each in record["proof"]["figures"]
    )
    proof = StatementProof(figures, bytes.fromhex(record["proof"]["proof"]))
    return Question.from_fields(record["question"]), proof


def made():
    """Every vector, as JSON values."""
    questions = [question(stated(*each)) for each in ASKED]
    return [as_record(asked, proven(asked, f"proof {i}")) for i, asked in enumerate(questions)]


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), indent=1) + "\n", encoding="utf-8")
