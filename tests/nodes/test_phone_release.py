"""A release of the phone's page that a member publishes on a real chain, and what is served beside both logs.

Given two releases on the chain, which a witness cosigned in the log and in that of members
When the newest is served                           each log says so
When the older is, or a file is changed, or only at a second visit    each log says it, exit status 1
When an adviser publishes a release                 it is refused, and its encryption key stays
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.protocol.page_release import digest_of, to_bytes
from jamjar.sandbox.anvil import anvil
from jamjar.sandbox.doors import ADVISERS, SPONSOR, SmallConsortium, account_of, block_by_block
from jamjar.sandbox.small_log import SmallLog, small_log
from jamjar.service.served_page import WAYS
from jamjar.tlog.folder import Folder
from jamjar.tlog.policy import read_policy
from jamjar.tlog.reading import events
from jamjar.tlog.receipt_maker import published
from jamjar.tlog.tiles import TileTree
from tests.unit.cli.home import Done, here
from tests.unit.cli.test_phone_releases import LISTED, OLDER, page
from tests.unit.service.test_served_page import EVIL, Answer, served

TRIES = 600
LOGS = {"the log": "", "the log of members": "members"}


def changed_from(visit: int) -> Answer:
    """Serve another app.js from this visit on; the first is number 0."""

    def answer(path: str, headers: object, before: int) -> tuple[int, bytes]:
        return (200, EVIL) if path == "app.js" and before >= visit * len(WAYS) else page()(path, {}, before)

    return answer


class Releases:
    """A small consortium with both logs, whose sponsor publishes the releases."""

    def __init__(self, small: SmallConsortium, log: SmallLog) -> None:
        self.small, self.log = small, log

    def publish(self, listed: bytes, member: int = SPONSOR) -> Done:
        key, password, release = (self.small.folder / name for name in ("our.keystore", "password", "list"))
        key.write_text(json.dumps(account_of(member).encrypt("pass", kdf="pbkdf2", iterations=2)))
        password.write_text("pass")
        release.write_bytes(listed)
        return here(
            "phone", "publish", release, "--keystore-file", key, "--password-file", password, "--yes", *self.at(),
            "--node", self.small.environment["JAMJAR_NODE"],
        )  # fmt: skip

    def at(self) -> tuple[str, str]:
        return "--deployment", self.small.environment["JAMJAR_DEPLOYMENT"]

    def place(self, name: str) -> tuple[Path, Path]:
        """The folder of a log, and its policy."""
        below = LOGS[name]
        return self.log.folder / below, self.log.members_policy if below else self.log.policy

    def has(self, name: str, listed: bytes) -> bool:
        folder, policy = self.place(name)
        reader = Folder(folder)
        size = published(reader, read_policy(policy.read_text(encoding="utf-8"))).checkpoint.size
        wanted = to_bytes(digest_of(listed))
        return any(wanted in event.data for _, event in events(TileTree(reader, size), 0, size))

    def check(self, name: str, answer: Answer) -> Done:
        folder, policy = self.place(name)
        with served(answer) as url:
            return here(
                "phone", "check", url, "--log", folder, "--policy", policy, "--member", SPONSOR, "--times", 2,
                *self.at(),
            )  # fmt: skip


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    folder = tmp_path_factory.mktemp("releases")
    with anvil("--no-mining") as node:
        small = SmallConsortium(node.url, folder, ADVISERS[:1])
        block_by_block(node)
        with small_log(folder, small.environment) as log:
            found = Releases(small, log)
            for listed in (OLDER, LISTED):
                done = found.publish(listed)
                assert done.status == 0, done.err
                assert "EncryptionKeyChanged" in done.out
            for _ in range(TRIES):
                if all(found.has(name, LISTED) for name in LOGS):
                    break
                time.sleep(0.1)
            yield found


@pytest.mark.parametrize("name", LOGS)
def test_what_is_served_beside_each_log(releases: Releases, name: str) -> None:
    good = releases.check(name, page())
    assert (good.status, good.err) == (0, "")
    assert good.out.startswith(f"All {2 * len(WAYS) * 6} answers are those of the newest release, event ")
    assert "is an old release" in releases.check(name, page(OLDER)).refusal
    for visit in range(2):
        assert "as app.js is not the release's" in releases.check(name, changed_from(visit)).refusal


def test_an_adviser_publishes_none(releases: Releases) -> None:
    before = list(releases.small.ledger.events("EncryptionKeyChanged"))
    assert "have a member of its own admitted for this" in releases.publish(LISTED, ADVISERS[0]).refusal
    assert list(releases.small.ledger.events("EncryptionKeyChanged")) == before
