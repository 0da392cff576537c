"""A mailbox's database made before: what lies in it is handed out as it would have been, and no use is spent twice.

Given the database                                  packages, spent uses and remembered requests are known
When it is served to the adviser                    it lists and gives the packages
  and asks for the key whose use was spent          refused
  and asks for the key of the other, used since     what it discloses is known
When it is served to the claimant                   the advice is known, and can be deleted
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.package import open_package
from jamjar.disclosure.reply import open_reply
from jamjar.mailbox.app import create_app
from jamjar.mailbox.client import MailboxClient
from jamjar.mailbox.ledger_view import ConsentView, UseRecord, Uses
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.settings import MailboxSettings
from jamjar.mailbox.store import MailboxStore
from jamjar.mailbox.tables import NONCES, SPENT
from jamjar.model.state import Status
from jamjar.protocol.signing import AccountSigner, ConsentKey, Signer
from jamjar.service.refusal import Refused
from tests.formats.known import COMMITMENTS, KNOWN, account
from tests.support.serving import served

THERE, CHAIN = KNOWN["mailbox"], KNOWN["chain"]
A, B = (CHAIN["consents"][name] for name in "ab")
SECRETS = KNOWN["wallet"]["consents"]
NAMES = {each["consent"]: name for name, each in THERE["packages"].items()}
(SPENT_USE,) = THERE["spent"]
Connect = Callable[[Signer], MailboxClient]


class Ledger:
    """The ledger as it was; B is paused, until the test has it resumed and used."""

    def __init__(self) -> None:
        self.used_since: tuple[UseRecord, ...] = ()

    def look(self, consent: str) -> ConsentView:
        (each,) = (each for each in CHAIN["consents"].values() if each["consent"] == consent)
        status = Status.ACTIVE if self.used_since else Status[each["status"]]
        return ConsentView(status, status is Status.ACTIVE, each["recipient"], bytes.fromhex(each["head"]))

    def uses(self, consent: str) -> Uses:
        records = (use(A, SPENT_USE["number"], SPENT_USE["transaction_hash"]), *self.used_since)
        return Uses(SPENT_USE["block"] + 10, tuple(each for each in records if each.consent == consent))

    def member_of(self, account_of: str) -> int:
        return CHAIN["adviser_member"] if account_of == CHAIN["adviser"] else 0


def use(consent: dict[str, Any], number: int, transaction: str) -> UseRecord:
    """A use of all that is committed to under a consent."""
    head, adviser = bytes.fromhex(consent["head"]), CHAIN["adviser_member"]
    where = SPENT_USE["block"], transaction, SPENT_USE["log_index"]
    return UseRecord(consent["consent"], number, adviser, head, *where)


def clock() -> float:
    return float(THERE["time"])


@pytest.fixture
def store(files: Path) -> Iterator[MailboxStore]:
    opened = MailboxStore(f"sqlite:///{files / 'mailbox.db'}")
    yield opened
    opened.close()


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def connect(store: MailboxStore, ledger: Ledger) -> Iterator[Connect]:
    settings = MailboxSettings(THERE["audience"], COMMITMENTS, depth=THERE["depth"])
    draw = random.SystemRandom().randbytes
    with served(create_app(settings, ledger, store, clock)) as place:
        yield lambda signer: MailboxClient(
            place, THERE["audience"], COMMITMENTS, signer, clock=clock, random_bytes=draw
        )


def test_packages(store: MailboxStore) -> None:
    assert list(store.waiting(CHAIN["adviser_member"])) == THERE["order"]
    for name, known in THERE["packages"].items():
        found = store.package(name)
        assert found is not None
        body, came = found
        assert {**known, "shown": ""} == {
            "consent": body.consent, "root": body.root.hex(), "recipient": body.recipient, "shown": "",
            "key_digest": body.key_digest.hex(), "deposit_time": came.time, "deposit_nonce": came.nonce.hex(),
        }  # fmt: skip


def test_what_is_remembered(store: MailboxStore) -> None:
    assert store.spent(A["consent"]) == {SPENT_USE["number"]}
    with store._engine.begin() as connection:
        assert [dict(row._mapping) for row in connection.execute(select(SPENT))] == THERE["spent"]
        assert connection.scalar(select(func.count()).select_from(NONCES)) == THERE["nonces"]


def test_the_adviser_is_given_the_packages(connect: Connect) -> None:
    client = connect(AccountSigner(account(2)))
    assert list(client.waiting()) == THERE["order"]
    assert {name: client.fetch(name).sent_at for name in THERE["order"]} == {
        name: each["deposit_time"] for name, each in THERE["packages"].items()
    }


def test_no_use_is_spent_twice(connect: Connect) -> None:
    client = connect(AccountSigner(account(2)))
    with pytest.raises(Refused) as refused:
        client.key(client.fetch(NAMES[A["consent"]]).body)
    assert refused.value.refusal.code == Code.USE_ALREADY_CONSUMED


def test_a_use_since_opens_the_other_package(connect: Connect, ledger: Ledger) -> None:
    client, name = connect(AccountSigner(account(2))), NAMES[B["consent"]]
    ledger.used_since = (use(B, 1, "0x" + "ab" * 32),)
    key = EncryptionKey(bytes.fromhex(CHAIN["adviser_encryption_seed"]))
    opened = open_package(client.key(client.fetch(name).body), key, COMMITMENTS)
    shown = {each.name: each.value for each in opened.disclosure.openings if not each.name.startswith("period")}
    assert shown == THERE["packages"][name]["shown"]
    assert opened.reply_key == EncryptionKey(bytes.fromhex(SECRETS["b"]["reply_key"])).public_bytes


def test_the_claimant_is_given_the_advice(connect: Connect) -> None:
    client, (known,) = connect(ConsentKey(bytes.fromhex(SECRETS["a"]["key"]))), THERE["replies"]
    (sealed,) = client.replies(A["consent"])
    assert known == {
        "id": sealed.id.hex(), "consent": sealed.consent, "commitment": sealed.commitment.hex(),
        "bytes": len(sealed.to_bytes()),
    }  # fmt: skip
    advice = open_reply(sealed, EncryptionKey(bytes.fromhex(SECRETS["a"]["reply_key"])), COMMITMENTS)
    assert isinstance(advice, Advice)
    assert (advice.text, advice.digest.hex()) == (THERE["reply_text"], THERE["reply_digest"])
    client.delete_reply(sealed)
    assert client.replies(A["consent"]) == ()
