"""A recipient's question: whether a statement about figures that it may not see is true, for one use of one budget.

It is signed by an account of the recipient, and sent sealed to the claimant (`jamjar.disclosure.reply`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.crypto.hashing import keccak256, require_word
from jamjar.disclosure.statement import BudgetStatement, Relation
from jamjar.encoding import strict_json
from jamjar.encoding.strict_hex import read_hex
from jamjar.errors import InvalidInput
from jamjar.protocol import signing, typed_data
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain

FORMAT: Final = "jamjar.question.1"
_PART: Final = "A word of the question"
MAX_BYTES: Final = 4 * 1024
"""Of a signed question in JSON."""
_MEMBERS: Final = (("content", "bytes32"),)
_TYPE_HASH: Final = keccak256(b"Question(bytes32 content)")
_KEYS: Final = (
    *("format", "id", "chain_id", "contract", "consent", "root", "recipient", "use"),
    *("relation", "figures", "amount"),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the budget with the commitment `root`; every instance is valid.

    id                  32 random bytes, so that no answer fits another question
    chain_id, contract  the chain and the CommitmentRegistry on it
    consent, root       under which, and about which commitment, it is asked
    recipient           the member number of who asks
    use                 the number of the look that the answer takes: 1 is the first under the consent
    statement           what is to be stated, if it is true

    Raises InvalidInput for values of another form.
    """

    id: bytes
    chain_id: int
    contract: str
    consent: str
    root: bytes
    recipient: int
    use: int
    statement: BudgetStatement = field(repr=False)

    def __post_init__(self) -> None:
        for name in ("contract", "consent"):
            object.__setattr__(self, name, checksum_address(parse_address(getattr(self, name))))
        require_word(self.id, "The id of a question")
        require_word(self.root, "The root of a question")
        for name, most in (("chain_id", 2**53), ("recipient", 2**32), ("use", 2**32)):
            value = getattr(self, name)
            if type(value) is not int or not 0 < value < most:
                raise InvalidInput(f"The {name} of a question is not a whole number in range; ask for another.")
        if not isinstance(self.statement, BudgetStatement):
            raise InvalidInput("The statement of a question is none; ask for another.")

    def fields(self) -> dict[str, Any]:
        """Return the question as values for JSON."""
        return {
            "format": FORMAT,
            "id": self.id.hex(),
            "chain_id": self.chain_id,
            "contract": self.contract,
            "consent": self.consent,
            "root": self.root.hex(),
            "recipient": self.recipient,
            "use": self.use,
            "relation": self.statement.relation.value,
            "figures": [list(figure) for figure in self.statement.figures],
            "amount": self.statement.amount,
        }

    def to_bytes(self) -> bytes:
        """Return the canonical JSON: what is signed, and what the proof of an answer is bound to."""
        return strict_json.dumps(self.fields()).encode()

    @classmethod
    def from_fields(cls, value: object) -> Question:
        """Read what `fields` gave; raises InvalidInput for anything else, and for another format."""
        found = strict_json.fields(value, "The question", *_KEYS)
        if found["format"] != FORMAT:
            raise InvalidInput(f"The question's format is unknown; this version reads {FORMAT}, so update Jamjar.")
        try:
            relation = Relation(found["relation"])
        except ValueError:
            raise InvalidInput("The question's relation is unknown; update Jamjar, or ask for another.") from None
        figures = [
            strict_json.items(each, "The figures") for each in strict_json.items(found["figures"], "The figures")
        ]
        if any(len(each) != 2 for each in figures):
            raise InvalidInput("A figure of the question is not a sign and a name; ask for another.")
        statement = BudgetStatement(relation, tuple((sign, name) for sign, name in figures), found["amount"])
        numbers = {name: found[name] for name in ("chain_id", "contract", "consent", "recipient", "use")}
        return cls(id=read_hex(found["id"], _PART), root=read_hex(found["root"], _PART), statement=statement, **numbers)

    def digest(self, domain: Domain) -> bytes:
        """Return the 32 bytes to sign (EIP-712); `domain` is the CommitmentRegistry's."""
        return typed_data.signed_digest(domain, keccak256(_TYPE_HASH + keccak256(self.to_bytes())))

    def full_message(self, domain: Domain) -> dict[str, Any]:
        """Return what a wallet shows and signs (EIP-712)."""
        return typed_data.document(domain, "Question", _MEMBERS, {"content": keccak256(self.to_bytes())})


@dataclass(frozen=True, slots=True)
class SignedQuestion:
    """A question with the signature of an account."""

    question: Question
    signature: Signature

    def account(self, domain: Domain) -> str:
        """Return the account that signed. Warning: check on the ledger that it acts for the recipient."""
        return signing.recover(self.question.digest(domain), self.signature)

    def to_json(self) -> str:
        """Return the canonical JSON, with the signature as hex."""
        return strict_json.dumps(self.question.fields() | {"signature": self.signature.to_bytes().hex()})

    @classmethod
    def from_json(cls, text: str) -> SignedQuestion:
        """Read what `to_json` wrote, of at most 4 KiB; raises InvalidInput for anything else."""
        found = strict_json.fields(
            strict_json.loads(text, "The question", MAX_BYTES), "The question", *_KEYS, "signature"
        )
        try:
            signature = Signature.from_bytes(bytes.fromhex(found.pop("signature")))
        except (TypeError, ValueError):
            raise InvalidInput("The signature of the question is not hex; ask for another.") from None
        return cls(Question.from_fields(found), signature)


def sign_question(question: Question, signer: Signer, domain: Domain) -> SignedQuestion:
    """Sign a question as an account of the recipient."""
    return SignedQuestion(question, signer.sign(question.digest(domain)))
