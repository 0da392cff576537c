"""The wallet on a phone beside real services: a node, a relayer, a mailbox, a log with its witness, and an adviser.

Given a request in a link                 the phone says whose account signed it, by the log of members
When it is agreed to and committed under  the grant and the commitment stand on the chain
When figures are shown                    the Python adviser opens them, and the ledger's root is theirs
When the adviser advises                  the phone shows the advice, and the look that the log has
When that is acknowledged                 the acknowledgement stands on the chain

The members refuse grants that are signed by ECDSA alone: all of it is signed twice.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jamjar.adviser.mail import AdviserMail
from jamjar.cli.mailbox_connection import connection
from jamjar.crypto.hashing import keccak256
from jamjar.ledger.ledger import Ledger
from jamjar.model.state import AdviceStage
from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant
from jamjar.sandbox.beside_phone import beside, small_consortium
from jamjar.sandbox.doors import ADVISERS, PASSPHRASE, account_of
from jamjar.tlog.folder import Folder
from jamjar.tlog.policy import read_policy
from jamjar.tlog.reading import events
from jamjar.tlog.receipt_maker import published
from jamjar.tlog.tiles import TileTree
from jamjar.vault.vault import Vault
from tests.phone.parts import Phone
from tests.phone.walking import NEEDED

pytestmark = [
    *NEEDED,
    pytest.mark.skipif(shutil.which("anvil") is None, reason="there is no anvil: make setup, and put it on PATH"),
]
ADVISER = ADVISERS[0]
ADVICE = "Ask for a social tariff. \U0001f3e0"
ADVISED = keccak256(b"AdviceRecorded(address,uint32,address,bytes32,bytes32)")
TRIES = 600


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    folder = tmp_path_factory.mktemp("services")
    with small_consortium(folder) as small:
        request = small.asked(ADVISER, "For our meeting.").to_json()
        with beside(small, folder, "127.0.0.1", request) as address:
            yield Phone(small, address, folder)


def until(is_so: Callable[[], Any]) -> Any:
    """Wait for what a node, a relayer or a log does by itself."""
    for _ in range(TRIES):
        if found := is_so():
            return found
        time.sleep(0.1)
    raise AssertionError("it never came")


def has_advice(folder: Path) -> bool:
    """Whether the log has published that advice was recorded."""
    policy = read_policy((folder / "policy").read_text(encoding="utf-8"))
    reader = Folder(folder / "www")
    size = published(reader, policy).checkpoint.size
    return any(event.topics[0] == ADVISED for _, event in events(TileTree(reader, size), 0, size))


def test_from_a_request_to_advice_and_back(phone: Phone) -> None:
    small, today = phone.small, date.today()
    ledger = Ledger(small.environment["JAMJAR_NODE"], phone.strict)
    agreed = phone.goes("agree", first=str(today), last=str(today + timedelta(days=27)), lines=["Rent"])
    assert "Town Debt Advice (2)" in agreed["asks"]
    assert "532.14" in agreed["shown"]
    assert agreed["alert"].startswith("The mailbox refused: The ledger knows no such consent")
    phone.carry(agreed, Grant)
    (granted,) = ledger.events("ConsentGranted")
    consent = granted.consent
    assert (granted.recipient, granted.max_uses) == (ADVISER, 3)
    small.chain.node.ask([("evm_setNextBlockTimestamp", [granted.valid_from + 1]), ("evm_mine", [])])
    phone.carry(agreed, Commit)

    shown = phone.goes("again")
    assert "What you showed last waits to be sent." in shown["shown"]
    assert shown["alert"] == ""
    sent = [each for each in agreed["traffic"] + shown["traffic"] if each["body"]]
    assert {each["method"] for each in sent} == {"POST", "PUT"}
    assert not [each for each in sent for secret in ("53214", "532.14", phone.passphrase) if secret in each["body"]]

    account = account_of(ADVISER)
    mailbox = connection(small.chain.deployment, small.mailbox, AccountSigner(account))
    with Vault.open(str(phone.folder / f"desk-{ADVISER}.vault"), PASSPHRASE) as vault:
        mail = AdviserMail(ledger, account, vault, mailbox)
        (name,) = mail.waiting()
        seen = mail.look(name, lambda _: time.sleep(0.2) is None)
        assert seen.figures["fixed.home.rent"] == 53214
        advice = mail.advise(seen, ADVICE)
    until(lambda: has_advice(phone.folder))

    received = phone.goes("letters")
    assert ADVICE in received["letters"]
    assert "a look at what you showed" in received["letters"]
    phone.carry(received, Acknowledge)
    about = consent, seen.disclosure.root, advice.digest
    assert ledger.read("AdviceLog", "stageOf", about) == AdviceStage.ACKNOWLEDGED
