"""Files made before that people hand to each other: each is read as it was meant, and written again the same.

Given a deployment file                             its contracts are known
Given one from when somebody administered members   refused: its contracts are no longer ours
Given a signed message                              its fields, its digest and its signature are known
Given terms, a budget, rules, a disclosure          what they say is known
Given a sealed word that something is deleted       the adviser signed it, and what it says is known
Given a panic card                                  it is read from its file, its text and its code alike
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from jamjar.bank.rules import Rules
from jamjar.consent.terms import Terms
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure import verification
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.reply import SealedReply, SignedDeletion, open_reply
from jamjar.errors import DeploymentError
from jamjar.ledger import deployment_file
from jamjar.plan.budget import Budget
from jamjar.protocol import panic_card, signed_message, typed_data
from jamjar.protocol.panic_card import Card
from tests.formats.known import COMMITMENTS, DEPLOYMENT, KNOWN

THERE = KNOWN["wallet"]
A = THERE["consents"]["a"]


def test_the_deployment(files: Path) -> None:
    read = deployment_file.read(files / "1337.json")
    contracts = {name: at.address for name, at in read.contracts().items() if name != "Governance"}
    assert contracts == KNOWN["chain"]["contracts"]
    assert (read.chain_id, read.commit) == (KNOWN["chain"]["chain_id"], KNOWN["made_by"])
    before = (files / "1337.json").read_bytes()
    assert deployment_file.write(read, files) == files / "1337.json"
    assert (files / "1337.json").read_bytes() == before


def test_a_deployment_from_before_the_members_governed(files: Path) -> None:
    with pytest.raises(DeploymentError, match=r"deployment\.2\.json is not .*jamjar\.deployment\.3; update Jamjar, or"):
        deployment_file.read(files / "deployment.2.json")


@pytest.mark.parametrize("known", THERE["outgoing"], ids=lambda known: known["type"])
def test_a_signed_message(files: Path, known: dict[str, Any]) -> None:
    text = (files / known["file"]).read_text()
    signed = signed_message.from_json(text)
    domain = DEPLOYMENT.domain_of(type(signed.message))
    values = asdict(signed.message)  # type: ignore[call-overload]
    assert {**known, "file": ""} == {
        "file": "", "type": type(signed.message).__name__, "signature": signed.signature.to_bytes().hex(),
        "id": typed_data.digest(domain, signed.message).hex(),
        **{name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()},
    }  # fmt: skip
    assert signed_message.to_json(signed, domain) == text


def test_terms(files: Path) -> None:
    text = (files / "terms.json").read_text()
    terms = Terms.from_json(text)
    assert terms.digest(bytes.fromhex(A["terms_salt"])).hex() == A["terms_digest"]
    assert (terms.notice, terms.storage.value, terms.recipient) == (A["notice"], A["storage"], A["recipient"])
    assert terms.to_json() == text


def test_a_budget(files: Path) -> None:
    text, known = (files / "budget.json").read_text(), THERE["plans"][0]
    budget = Budget.from_json(text)
    assert {line.code: line.pence for line in budget.lines} == known["lines"]
    assert [[debt.kind, debt.creditor, debt.owed, debt.offer] for debt in budget.debts] == known["debts"]
    assert (budget.income, budget.outgoings, budget.balance) == (known["income"], known["outgoings"], known["balance"])
    assert budget.to_json() == text


def test_rules(files: Path) -> None:
    text = (files / "rules.json").read_text()
    rules = Rules.from_json(text)
    assert [[each.text, each.code, each.whole] for each in rules.rules] == THERE["rules"]
    assert [[each.key, each.code] for each in rules.corrections] == THERE["corrections"]
    assert rules.to_json() == text


def test_a_disclosure(files: Path) -> None:
    data = (files / "disclosure.json").read_bytes()
    disclosure = Disclosure.from_json(data)
    root, digest = bytes.fromhex(A["head"]), bytes.fromhex(A["terms_digest"])
    assert verification.verify(disclosure, root=root, terms_digest=digest) == THERE["disclosure_of_a"]
    assert disclosure.consent == A["consent"]
    assert disclosure.to_json() == data


def test_a_deletion(files: Path) -> None:
    known, key = KNOWN["deletion"], EncryptionKey(bytes.fromhex(THERE["consents"]["b"]["reply_key"]))
    data = (files / known["file"]).read_bytes()
    signed = open_reply(SealedReply.from_bytes(data), key, COMMITMENTS)
    assert isinstance(signed, SignedDeletion)
    deletion = signed.deletion
    assert {**known, "file": ""} == {
        "file": "", "consent": deletion.consent, "commitments": [each.hex() for each in deletion.commitments],
        "deleted_at": deletion.deleted_at, "account": signed.account(COMMITMENTS),
        "signature": signed.signature.to_bytes().hex(), "digest": deletion.digest(COMMITMENTS).hex(),
    }  # fmt: skip
    assert SealedReply.from_bytes(data).to_bytes() == data


def test_a_panic_card(files: Path) -> None:
    text = (files / "card.json").read_text()
    card = Card.from_json(text)
    assert KNOWN["card"] == {
        "chain_id": card.chain_id, "contract": card.contract, "made": card.made.isoformat(),
        "consents": list(card.consents),
    }  # fmt: skip
    assert card.to_json() == text
    assert json.loads(text)["format"] == "jamjar.card.1"


@pytest.mark.parametrize(("place", "name"), [(0, "a"), (1, "b")])
def test_a_panic_card_on_paper(files: Path, place: int, name: str) -> None:
    card = Card.from_json((files / "card.json").read_text())
    typed, scanned = ((files / f"card-{name}.{kind}").read_text() for kind in ("txt", "scan.txt"))
    for text in (typed, scanned):
        assert panic_card.from_text(text, card.domain) == card.withdrawals[place]
    assert panic_card.to_text(card.withdrawals[place]) + "\n" == typed
    assert panic_card.to_scan(card.withdrawals[place]) == scanned
