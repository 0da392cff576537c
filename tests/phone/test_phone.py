"""The wallet on a phone, in Chromium with the processor slowed four times.

When the vectors are checked in Chromium       all agree
When the first page is opened                  it says who can change it
When a vault of Python's is imported           its consents are shown, in English and Welsh, and axe-core finds nothing
When a second page is opened                   it is told to wait
Given the server is gone, and the browser was closed    the page opens, and ends a consent at one press
Given a relayer is there again                 it gets the withdrawal, signed, and nothing else of the wallet
When the wallet is exported                    Python opens it, with the withdrawal in its queue
"""

import json
from pathlib import Path

import pytest

from jamjar.consent.notice import terms_of
from jamjar.protocol import signed_message
from jamjar.protocol.panic_card import from_text
from jamjar.protocol.typed_data import Commit, Grant, Withdraw
from jamjar.vault import portable
from jamjar.vault.passphrase import Cost
from jamjar.vault.vault import Vault
from jamjar.wallet.calendar import Calendar, due_times
from jamjar.wallet.consent_keys import with_keys
from jamjar.wallet.timetable import timetable
from jamjar.wallet.wallet import Wallet
from tests.phone.walking import ASKED, CONSENT, NEEDED, SECRETS, VAULT, walk
from tools.vectors.vaults import deployment

pytestmark = NEEDED


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("phone")


@pytest.fixture(scope="module")
def found(folder: Path) -> dict:
    return walk(folder)


def test_the_vectors_agree(found: dict) -> None:
    assert [line for line in found["vectors"] if line.endswith(" checks, 0 groups failed")], found["vectors"]


def test_the_first_page_says_who_can_change_it(found: dict) -> None:
    assert found["warning"].startswith("Whoever serves this page can change it")
    assert found["single"] == found["warning"]


def test_everyone_can_read_it(found: dict) -> None:
    assert (found["wrong"], found["wide"], found["errors"], found["lang"]) == ([], [], [], "cy")
    assert found["described"][0] == "Cyngor Dyled Tref"
    assert [each.partition(":")[0] for each in found["described"][1:]] == ["Caniatáu", "Ymrwymo", "Oedi"]


def test_the_paper_card_ends_each_consent(found: dict) -> None:
    consents = [from_text(lines, deployment().domain_of(Withdraw)).message.consent for lines in found["card"]]
    assert (len(consents), consents[0]) == (2, CONSENT)


def test_it_locks_when_nobody_uses_it(found: dict) -> None:
    assert found["idle"]


def test_a_browser_that_keeps_nothing_is_told_so_before_anything_is_typed(found: dict) -> None:
    assert "This browser keeps nothing for this page; leave its private mode" in found["denied"]
    assert "Passphrase" not in found["denied"]


def test_a_browser_that_deletes_what_it_kept(found: dict) -> None:
    assert found["warned"]  # to export, before it can happen
    assert len(found["evicted"]) == 2
    for said in found["evicted"]:
        assert "If you had one, the browser deleted it: import the file that you exported" in said


def test_a_browser_that_denies_a_change(found: dict) -> None:
    paused, *ended = found["unkept"]
    assert paused[0].startswith("The browser did not keep the change, so it was not made; make room")
    assert [each[1] for each in found["unkept"]] == [True] * 3  # locked
    assert ["no relayer" in said for said, *_ in ended] == [False, True]
    assert {from_text(lines, deployment().domain_of(Withdraw)).message for *_, lines in ended} == {Withdraw(CONSENT)}
    assert [Withdraw(CONSENT)] == [signed_message.from_json(each["body"]).message for each in found["carried"][2:]]


def test_a_link_s_request_reaches_no_server(found: dict) -> None:
    assert "#" not in found["address"]
    assert [each for each in found["traffic"] if "Llandre" in each["url"]] == []


def test_the_camera_is_off_once_a_code_was_read(found: dict) -> None:
    assert found["camera"] == ["ended"]


def test_one_page_at_a_time(found: dict) -> None:
    assert "Another page has this wallet open" in found["second"]


def test_a_withdrawal_without_a_server(found: dict) -> None:
    assert found["ended"]
    carried = [signed_message.from_json(each["body"]).message for each in found["carried"]]
    assert carried[0] == Withdraw(CONSENT)
    assert {type(each) for each in carried} == {Withdraw}  # a second at one press, while the relayer was there
    assert len({each.consent for each in carried}) == 2
    assert not [each for each in found["carried"] if {"cookie", "authorization", "referer"} & each["headers"].keys()]


def test_no_secret_passphrase_or_amount_leaves(found: dict) -> None:
    traffic = [each for each in found["traffic"] if each["url"].startswith("http")]
    assert [each["url"] for each in traffic if each["body"]]
    assert [each for each in traffic for secret in SECRETS if secret in json.dumps(each, ensure_ascii=False)] == []


def records(vault: Vault) -> tuple[list[bytes], set[str]]:
    """What is queued, and the kinds of all records."""
    with vault.reading() as transaction:
        return [value for _, value in transaction.all("outgoing")], {each.kind for each in transaction.records()}


def test_python_opens_what_the_phone_exported(found: dict, folder: Path) -> None:
    text, cheap = folder / "exported.jamjar", Cost(8, 1, 1)
    with portable.restore(text, VAULT["passphrase"], ":memory:", "another passphrase", cost=cheap) as vault:
        waiting, kinds = records(vault)
        wallet = Wallet(deployment(), vault)
        _, consent = wallet.consents()
        stored, committed = wallet.stored(consent), wallet.committed(consent)
        digest = stored.terms.digest(wallet.terms_salt(consent))
        times = due_times([each for each, _ in timetable(wallet)[consent]], Calendar(wallet.secret(consent)))
        named = with_keys(terms_of(ASKED.request), wallet.secret(consent))
    outgoing = [signed_message.from_json(value.decode()) for value in waiting]
    queued = [each.message for each in outgoing]
    granted, commit = (
        next(each for each in queued if type(each) is kind and each.consent == consent) for kind in (Grant, Commit)
    )
    assert stored.terms == named
    assert {signed.post_quantum is not None for signed in outgoing if signed.message.consent == consent} == {True}
    assert (granted.terms_digest, granted.max_uses, granted.valid_from % 86_400) == (digest, 3, 0)
    assert commit.root == stored.head == committed.root
    assert committed.secrets["income.earnings.salary"][0] == 120_050
    assert committed.secrets["debts.priority.owed/Café"][0] == 5000
    assert times[0] <= times[1]  # a commitment does not overtake its grant
    assert {Withdraw(CONSENT), Withdraw(consent)} <= set(queued)  # the relayer said that they are recorded, or lied
    assert {record[0] for record in VAULT["records"]} < kinds
