"""A wallet's vault made before, its backup, and all that lies in them but money, which is in test_jars.py.

When the wallet's vault is opened
  with another passphrase           refused
  with its own                      every record is there, byte for byte
Given its consents                  their secrets, what they disclose and what waits to be carried are known
Given what came in                  letters, refusals and receipts are known
Given a log that went on since      the wallet goes on with it
Given a consent that was erased     there is nothing of it
When the backup is restored         what was there then is there, byte for byte
"""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jamjar.disclosure import verification
from jamjar.errors import InvalidInput, WrongPassphrase
from jamjar.protocol import signed_message
from jamjar.protocol.panic_card import Card
from jamjar.tlog import receipt
from jamjar.tlog.evidence import read_evidence
from jamjar.tlog.folder import Folder
from jamjar.vault.passphrase import Cost
from jamjar.vault.secret import CONSENT_KEY, REPLY_KEY, TERMS_SALT
from jamjar.vault.vault import Vault
from jamjar.wallet.consent_keys import key_of
from jamjar.wallet.erasure import erased
from jamjar.wallet.log_receipts import evidence, fetch, kept
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.refusals import refused_terms
from jamjar.wallet.wallet import DISCLOSED, Wallet
from tests.formats.known import DEPLOYMENT, KNOWN, POLICY
from tests.unit.cli.home import alone

THERE = KNOWN["wallet"]
A = THERE["consents"]["a"]


def content(vault: Vault) -> dict[str, Any]:
    """How many records of which kind there are, and the digest of all of them."""
    digest, kinds = hashlib.sha256(), Counter[str]()
    with vault.reading() as transaction:
        for record in transaction.records():
            kinds[record.kind] += 1
            for part in (record.kind.encode(), record.name.encode(), record.value):
                digest.update(len(part).to_bytes(8, "big") + part)
    return {"records": kinds.total(), "kinds": dict(kinds), "content_sha256": digest.hexdigest()}


def test_another_passphrase_opens_nothing(files: Path) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.open(str(files / "wallet.vault"), "another passphrase")


def test_every_record(wallet: Wallet) -> None:
    assert wallet.vault.check() == THERE["records"]
    assert content(wallet.vault).items() <= THERE.items()
    assert wallet.vault.has_outdated_cost


def test_consents(wallet: Wallet) -> None:
    assert list(wallet.consents()) == THERE["order"]


@pytest.mark.parametrize("name", THERE["consents"])
def test_a_consent(wallet: Wallet, name: str) -> None:
    consent = THERE["consents"][name]["consent"]
    stored, secret = wallet.stored(consent), wallet.secret(consent)
    assert THERE["consents"][name] == {
        "consent": key_of(secret).address, "valid_from": stored.valid_from, "valid_until": stored.valid_until,
        "sequence": stored.sequence, "signed": stored.signed, "head": stored.head.hex(),
        "notice": stored.terms.notice, "storage": stored.terms.storage.value, "recipient": stored.terms.recipient,
        "secret": secret.to_bytes().hex(), "key": secret.derive(CONSENT_KEY).hex(),
        "terms_salt": secret.derive(TERMS_SALT).hex(), "reply_key": secret.derive(REPLY_KEY).hex(),
        "terms_digest": stored.terms.digest(wallet.terms_salt(consent)).hex(),
    }  # fmt: skip


def test_what_it_discloses(wallet: Wallet, files: Path) -> None:
    known = THERE["disclosure_of_a"]
    shown = wallet.disclose(A["consent"], [name for name in known if not name.startswith("period.")])
    assert shown.to_json() == (files / "disclosure.json").read_bytes()
    digest = bytes.fromhex(A["terms_digest"])
    assert verification.verify(shown, root=wallet.head_of(A["consent"]), terms_digest=digest) == known
    with wallet.vault.reading() as transaction:
        disclosed = [name.split("/0x") for name, _ in transaction.all(DISCLOSED)]
    assert disclosed == [[each["consent"], each["package"]] for each in THERE["disclosed"]]


def test_what_waits_to_be_carried(wallet: Wallet, files: Path) -> None:
    waiting = [signed_message.from_json((files / each["file"]).read_text()) for each in THERE["outgoing"]]
    assert list(wallet.outgoing()) == waiting


def test_withdrawals_are_signed_as_before(wallet: Wallet, files: Path) -> None:
    card = Card.from_json((files / "card.json").read_text())
    assert wallet.withdrawals(card.consents) == card.withdrawals


def test_nothing_is_left_of_an_erased_consent(wallet: Wallet) -> None:
    assert erased(wallet.vault) == THERE["erased"]
    with pytest.raises(InvalidInput, match="has no consent"):
        wallet.secret(THERE["erased_consent"])


def test_letters_and_refusals(wallet: Wallet) -> None:
    letters = ClaimantMail(wallet, None, None).letters()  # type: ignore[arg-type]
    assert THERE["letters"] == [
        {"consent": each.consent, "commitment": each.commitment.hex(), "digest": each.digest.hex(),
         "text": each.text, "deleted_at": each.deleted_at} for each in letters
    ]  # fmt: skip
    refused = [{"name": each.name, "at": each.at, "notice": each.terms.notice} for each in refused_terms(wallet.vault)]
    assert refused == THERE["refusals"]


def test_receipts_of_the_log(wallet: Wallet, log: Folder) -> None:
    before = kept(wallet.vault)
    listed = [{"consent": each.consent, "number": each.number, "bytes": len(each.text)} for each in before]
    assert listed == THERE["receipts"]
    assert [receipt.verify(each.text, POLICY).index for each in before] == [each.number for each in before]
    (against,) = evidence(wallet.vault)
    assert read_evidence(against.decode()).proves(POLICY.logs)
    fetched = fetch(wallet, log, POLICY, now=KNOWN["chain"]["time"], silence=10**9)
    later = {each["number"] for each in KNOWN["log"]["receipts"] if each["number"] >= THERE["log_seen"]}
    assert (fetched.alarms, fetched.new) == ((), len(kept(wallet.vault)) - len(before))
    assert later <= {each.number for each in kept(wallet.vault)} - {each.number for each in before}


def test_the_backup(files: Path) -> None:
    where, cost = str(files / "restored.vault"), Cost(8, 1, 1)
    with Vault.restore(files / "wallet.backup", KNOWN["backup_passphrase"], where, "another one", cost=cost) as vault:
        wallet = Wallet(DEPLOYMENT, vault)
        assert {**content(vault), "consents": list(wallet.consents()), "outgoing": len(wallet.outgoing())} == (
            KNOWN["backup"]
        )


def test_the_command_lists_its_consents(files: Path) -> None:
    (files / "passphrase").write_text(KNOWN["passphrase"] + "\n")
    vault = ["--vault", "wallet.vault", "--passphrase-file", "passphrase", "--deployment", "1337.json"]
    listed = json.loads(alone(files, "wallet", *vault, "consents", "--offline", "--json").out)
    assert [each["consent"] for each in listed["consents"]] == THERE["order"]
