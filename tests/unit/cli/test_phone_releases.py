"""jamjar phone publish and check: what is served, compared with the log.

Given the newest release         all answers are its; the receipt's event is named
When it is changed at a second visit, or its list is not served    it is said, exit status 1
When it is an old release, or one that is not in the log           likewise, each in its own sentence
When an adviser publishes, or nobody agrees                        nothing is sent
"""

import json
import time
from hashlib import sha256
from pathlib import Path

import pytest

from jamjar.cli.options import Locations
from jamjar.ledger import governed
from jamjar.protocol.page_release import digest_of, to_bytes
from jamjar.protocol.roles import Role
from jamjar.service.served_page import LIST, WAYS
from tests.unit.cli.enrolling_scene import ACCOUNT, EnrolmentLedger
from tests.unit.cli.home import Done, here
from tests.unit.service.test_served_page import EVIL, FILES, SUMS, Answer, served
from tests.unit.tlog.releases_world import MEMBER, log_of, published
from tests.unit.tlog.world import policy_text

LISTED = SUMS.encode()
OLDER = LISTED.replace(sha256(FILES["app.js"]).hexdigest().encode(), b"0" * 64)


def page(listed: bytes = LISTED) -> Answer:
    files = {**FILES, LIST: listed}
    return lambda path, _, __: (200, files[path or "index.html"]) if (path or "index.html") in files else (404, b"")


@pytest.fixture
def logged(home: Path) -> None:
    """A log that was cosigned now, with an older release and the newest."""
    (home / "policy").write_text(policy_text())
    history = [published(0, digest_of(OLDER)), published(1, digest_of(LISTED))]
    for path, data in log_of(history, int(time.time())).items():
        (home / "www" / path).parent.mkdir(parents=True, exist_ok=True)
        (home / "www" / path).write_bytes(data)


def checked(answer: Answer, *more: object) -> Done:
    with served(answer) as url:
        return here("phone", "check", url, "--log", "www", "--policy", "policy", "--member", MEMBER, *more)


@pytest.mark.usefixtures("logged")
def test_what_is_served_is_the_newest_in_the_log(home: Path) -> None:
    done = checked(page())
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"All {3 * len(WAYS) * 6} answers are those of the newest release, event 1 of the log")
    (home / "SHA256SUMS").write_bytes(LISTED)
    assert checked(page(), "SHA256SUMS").status == 0


@pytest.mark.usefixtures("logged")
def test_a_changed_second_visit_is_found() -> None:
    def evil(path: str, headers: object, before: int) -> tuple[int, bytes]:
        return (200, EVIL) if path == "app.js" and before >= len(WAYS) else page()(path, {}, before)

    assert "as app.js is not the release's" in checked(evil).refusal


@pytest.mark.usefixtures("logged")
def test_an_unlogged_an_old_and_an_unnamed_release(home: Path) -> None:
    changed = LISTED.replace(sha256(FILES["app.js"]).hexdigest().encode(), sha256(EVIL).hexdigest().encode())
    assert "is no release that member 7 has in the log; do not open it" in checked(page(changed)).refusal
    assert "is an old release, of block 0; the newest is of block 0" in checked(page(OLDER)).refusal
    assert (
        f"serves no {LIST}; do not open it"
        in checked(lambda p, h, b: page()(p, h, b) if p != LIST else (404, b"")).refusal
    )
    (home / "old").write_bytes(OLDER)
    assert "The build is an old release" in checked(page(), "old").refusal


def test_what_is_to_be_compared_has_to_be_named(home: Path) -> None:
    assert "nothing to compare" in here("phone", "check", "http://127.0.0.1:9").refusal
    (home / "list").write_bytes(LISTED)
    assert "name both" in here("phone", "check", "http://127.0.0.1:9", "list", "--log", "www").refusal


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> EnrolmentLedger:
    ledger = EnrolmentLedger()
    monkeypatch.setattr(Locations, "ledger", lambda _: ledger)
    monkeypatch.setattr(governed, "read", lambda _: ledger.now())
    (home / "our.keystore").write_text(json.dumps(ACCOUNT.encrypt("pass", kdf="pbkdf2", iterations=2)))
    (home / "password").write_text("pass")
    (home / "list").write_bytes(LISTED)
    return ledger


def publish(*more: object) -> Done:
    words = ("list", "--keystore-file", "our.keystore", "--password-file", "password")
    return here("phone", "publish", *words, *more)


def test_published(ledger: EnrolmentLedger) -> None:
    assert publish("--yes").status == 0
    assert ledger.published == [to_bytes(digest_of(LISTED))]


def test_nothing_is_published(ledger: EnrolmentLedger, home: Path) -> None:
    assert publish().status == 1
    ledger.roles = {Role.ADVISER.value}
    assert "a member of its own" in publish("--yes").refusal
    (home / "list").write_bytes(b"app.js")
    assert "build it again" in publish("--yes").refusal
    assert ledger.published == []
