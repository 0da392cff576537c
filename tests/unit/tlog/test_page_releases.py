"""Releases of the phone's page, as a log proves them.

Given the newest release       it is true, by a receipt that verifies under the policy
Given an older one             it is said to be old
Given any other                it is said not to be logged: another member's, another contract's, or nobody's
Given a log that is old, altered, or without witnesses enough    nothing is believed
"""

from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog import receipt
from jamjar.tlog.page_releases import LATE, PageReleases
from tests.unit.wallet.scene import DEPLOYMENT

from .releases_world import HISTORY, MEMBER, NEWEST, OLD, log_of, published
from .world import NOW, Files, policy


def read(files: Files, member: int = MEMBER, now: float = NOW) -> PageReleases:
    return PageReleases(files, policy(), DEPLOYMENT, member, now)


def test_the_newest_is_proven() -> None:
    found = read(log_of()).check(NEWEST, "The page")
    assert (found.digest, found.number, found.block) == (NEWEST, 6, HISTORY[6].block)
    assert receipt.verify(found.receipt.encode(), policy()).event == HISTORY[6]


def test_an_old_one_is_named() -> None:
    with pytest.raises(
        VerificationFailed, match=f"The page is an old release, of block {HISTORY[1].block}; the newest"
    ):
        read(log_of()).check(OLD, "The page")


@pytest.mark.parametrize("digest", [b"\1" * 32, b"\2" * 32, b"\3" * 32])
def test_an_unlogged_one_is_named(digest: bytes) -> None:
    with pytest.raises(VerificationFailed, match=f"The page, SHA-256 {digest.hex()}, is no release"):
        read(log_of()).check(digest, "The page")


def test_one_that_was_published_again_is_the_newest() -> None:
    assert read(log_of([*HISTORY, published(7, OLD)])).check(OLD, "The page").number == 7


def test_a_member_without_any() -> None:
    with pytest.raises(InvalidInput, match="no release of member 9; name the member"):
        read(log_of(), member=9).check(NEWEST, "The page")


def test_another_chain_has_none() -> None:
    other = replace(DEPLOYMENT, chain_id=1338)
    assert PageReleases(log_of(), policy(), other, MEMBER, NOW).found == []


def test_a_log_that_may_lack_the_newest() -> None:
    assert read(log_of(HISTORY[:6]), now=NOW + LATE).check(OLD, "The page").number == 1
    with pytest.raises(VerificationFailed, match="it may lack the newest release"):
        read(log_of(HISTORY[:6]), now=NOW + LATE + 1)
    with pytest.raises(VerificationFailed, match="Too few"):
        read(log_of(cosigners=1))


def test_a_newer_release_that_was_cut_out() -> None:
    files = Files(log_of(HISTORY[:6]) | {"checkpoint": log_of()["checkpoint"]})
    with pytest.raises((InvalidInput, VerificationFailed)):
        read(files)


def test_an_older_log_at_the_second_question() -> None:
    """Who serves a new checkpoint first, to be believed, and an old one then, is not asked a second time."""

    class Turning(Files):
        asked = 0

        def read(self, path: str) -> bytes | None:
            self.asked += path == "checkpoint"
            return (log_of() if self.asked < 2 else log_of(HISTORY[:6], NOW - 9 * LATE)).get(path)

    assert [each.number for each in read(Turning()).found] == [1, 6]
