"""Files made before of what is asked without figures: each is read as it was meant, and written again the same.

Given terms, a request, questions and answers    their JSON Schemas hold, and what they say is known
Given a field too many, too few or renamed       refused, by the schema and by what reads it
Given a sealed package and a letter              they open to the answer and the question
Given vaults of a claimant and a desk            the questions, their answers, and what is known by them
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jamjar.adviser.keys import all_keys, opened_with_any
from jamjar.adviser.questions import asked_questions
from jamjar.consent.request import SignedConsentRequest
from jamjar.consent.terms import Terms
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.package import SealedPackage
from jamjar.disclosure.question import SignedQuestion
from jamjar.disclosure.reply import SealedReply, open_reply
from jamjar.errors import InvalidInput
from jamjar.protocol.typed_data import Grant
from jamjar.vault.vault import Vault
from jamjar.wallet.answering import known
from jamjar.wallet.questions import received_questions
from jamjar.wallet.requests import received
from jamjar.wallet.wallet import Wallet
from tests.formats.known import COMMITMENTS, DEPLOYMENT, FILES
from tests.formats.schemas import SCHEMAS

ASKED = FILES / "asked"
KNOWN: dict[str, Any] = json.loads((ASKED / "known.json").read_text(encoding="utf-8"))
READ: dict[str, Callable[[str], Any]] = {
    "terms": Terms.from_json, "request": SignedConsentRequest.from_json, "question": SignedQuestion.from_json,
    "answer": StatementAnswer.from_json,
}  # fmt: skip
TEXTS = sorted(path.name for path in ASKED.glob("*.json") if path.name != "known.json")


def kind(name: str) -> str:
    return name.split(".")[-2]


def valid(name: str, value: Any) -> bool:
    return Draft202012Validator(SCHEMAS[kind(name)]).is_valid(value)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text(name: str) -> None:
    text = (ASKED / name).read_text(encoding="utf-8")
    value, read = json.loads(text), READ[kind(name)]
    assert valid(name, value)
    written = read(text).to_json()
    assert (written.decode() if isinstance(written, bytes) else written) == text
    first, *others = value
    fewer = {each: value[each] for each in others}
    later = f"{value['format'][:-1]}{int(value['format'][-1]) + 1}"
    wrong = (value | {"more": 1}, fewer, fewer | {f"{first}_": value[first]}, value | {"format": later})
    for each in wrong:
        assert not valid(name, each)
        with pytest.raises(InvalidInput):
            read(json.dumps(each))


def test_terms_and_a_request() -> None:
    terms = Terms.from_json((ASKED / "terms.json").read_text(encoding="utf-8"))
    assert terms.digest(bytes.fromhex(KNOWN["terms_salt"])).hex() == KNOWN["terms_digest"]
    signed = SignedConsentRequest.from_json((ASKED / "request.json").read_text(encoding="utf-8"))
    assert signed.account(DEPLOYMENT.domain_of(Grant)) == KNOWN["account"]
    assert (signed.request.id.hex(), signed.request.questions) == (KNOWN["request_id"], 3)
    assert signed.request.scope == terms.scope


@pytest.mark.parametrize("name", KNOWN["answers"])
def test_a_question_and_its_answer(name: str) -> None:
    told = KNOWN["answers"][name]
    signed = SignedQuestion.from_json((ASKED / f"{name}.question.json").read_text(encoding="utf-8"))
    asked = signed.question
    assert told == {
        "id": asked.id.hex(), "use": asked.use, "asked": str(asked.statement), "digest": asked.digest(COMMITMENTS).hex()
    }  # fmt: skip
    assert (signed.account(COMMITMENTS), asked.consent, asked.root.hex()) == (
        KNOWN["desk"],
        KNOWN["consent"],
        KNOWN["root"],
    )
    answer = StatementAnswer.from_json((ASKED / f"{name}.answer.json").read_bytes())
    assert (answer.question, answer.verify()) == (asked, name != "declined")


def test_what_was_sealed(tmp_path: Path) -> None:
    (tmp_path / "desk.vault").write_bytes((ASKED / "desk.vault").read_bytes())
    package = SealedPackage.from_bytes((ASKED / "proven.package").read_bytes())
    with Vault.open(str(tmp_path / "desk.vault"), KNOWN["passphrase"]) as vault:
        opened = opened_with_any(package, all_keys(vault), COMMITMENTS)
        found = [(each.question.use, each.is_answered) for each in asked_questions(vault)]
    assert found == [(4, True), (3, True), (2, True)]
    assert opened.content.to_json() == (ASKED / "proven.answer.json").read_bytes()
    letter = SealedReply.from_bytes((ASKED / "proven.letter").read_bytes())
    asked = open_reply(letter, EncryptionKey(bytes.fromhex(KNOWN["reply_key"])), COMMITMENTS)
    assert isinstance(asked, SignedQuestion)
    assert asked.to_json() == (ASKED / "proven.question.json").read_text(encoding="utf-8")


def test_a_claimant_s_vault(tmp_path: Path) -> None:
    (tmp_path / "wallet.vault").write_bytes((ASKED / "wallet.vault").read_bytes())
    with Vault.open(str(tmp_path / "wallet.vault"), KNOWN["passphrase"]) as vault:
        kept = received_questions(vault)
        told = known(Wallet(DEPLOYMENT, vault), KNOWN["consent"])
        (request,) = received(vault)
    assert [(each.number, each.answer.value) for each in kept] == [(1, "proven"), (2, "refused"), (3, "proven")]
    assert request.signed.to_json() == (ASKED / "request.json").read_text(encoding="utf-8")
    assert [[[list(each) for each in one.figures], str(one.interval)] for one in told] == KNOWN["known"]
