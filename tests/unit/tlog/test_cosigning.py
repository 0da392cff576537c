"""Witnesses are asked side by side, and nobody waits for one that is slow when enough have cosigned.

When as many cosigned as the policy demands, and one is silent    it goes on without that one, and says so
When too few have                                                 the slow ones are waited for
When one has not answered the last request yet                    it is not asked another
Given no policy                                                   all are waited for
"""

from pathlib import Path
from threading import Event

from jamjar.tlog.cosigning import Cosigners
from jamjar.tlog.errors import LogUnavailable
from jamjar.tlog.note import Note, NoteSignature, NoteSigner
from jamjar.tlog.tree import Subtrees

from .world import LOG_KEY, NAMES, NOW, WITNESSES, Direct, Ledger, files_of, leaves, note_of, policy, publisher

FILES, EDGE = files_of(leaves(6))
NOTE = note_of(EDGE)
LONG = 60
"""Seconds after which a witness that nothing lets go fails the test instead of stopping it."""


class Made:
    """A witness that cosigns when it is let go, and counts how often it was asked; `then` is let go with its answer."""

    def __init__(self, key: NoteSigner, *, waits: bool = False, then: "Made | None" = None) -> None:
        self.key, self.verifier, self.then, self.asked = key, key.verifier, then, 0
        self.go = Event()
        if not waits:
            self.go.set()

    def cosign(self, note: Note, tree: Subtrees) -> NoteSignature:
        self.asked += 1
        if not self.go.wait(LONG):
            raise LogUnavailable(f"{self.verifier.name} was never let go")
        if self.then:
            self.then.go.set()
        return self.key.cosign(note.text, NOW)


def names(cosignatures: tuple[NoteSignature, ...]) -> list[str]:
    return [each.name for each in cosignatures]


def test_one_of_three_is_silent() -> None:
    silent, *quick = Made(WITNESSES[0], waits=True), Made(WITNESSES[1]), Made(WITNESSES[2])
    asked = Cosigners([silent, *quick], policy(2), grace=0)
    for _ in range(2):
        cosignatures, failed = asked.cosign(NOTE, FILES, 6)
        assert names(cosignatures) == [each.verifier.name for each in quick]
        assert [sentence.partition(" ")[0] for sentence in failed] == [silent.verifier.name]
    assert [each.asked for each in (silent, *quick)] == [1, 2, 2]
    silent.go.set()


def test_those_that_are_needed_are_waited_for() -> None:
    first = Made(WITNESSES[0], waits=True)
    third = Made(WITNESSES[2], waits=True, then=first)
    second = Made(WITNESSES[1], then=third)
    for enough in (policy(3), None):
        for slow in (first, third):
            slow.go.clear()
        cosignatures, failed = Cosigners([first, second, third], enough, grace=0).cosign(NOTE, FILES, 6)
        assert (names(cosignatures), failed) == ([each.verifier.name for each in WITNESSES], ())


def test_who_fails_is_not_waited_for(tmp_path: Path) -> None:
    witnesses = Direct(tmp_path)
    witnesses.down = {0, 1}
    cosignatures, failed = Cosigners(witnesses.clients, policy(2), grace=0).cosign(NOTE, FILES, 6)
    assert names(cosignatures) == [WITNESSES[2].verifier.name]
    assert sorted(failed) == [f"{NAMES[at]} did not answer; ask again." for at in (0, 1)]


def test_a_log_is_published_without_the_slow_one(tmp_path: Path) -> None:
    witnesses, dripping = Direct(tmp_path), Made(WITNESSES[0], waits=True)
    running = publisher(tmp_path / "log", Ledger(6), witnesses)
    running._cosigners = Cosigners([dripping, *witnesses.clients[1:]], policy(2), grace=0)
    done = running.publish()
    assert done.failed == (f"{dripping.verifier.name} was too slow to answer; tell its operator.",)
    text = (tmp_path / "log" / "checkpoint").read_text()
    assert set(policy(2).check(text).cosigned) == set(NAMES[1:])
    dripping.go.set()
    assert LOG_KEY.verifier.name in text
