"""The picture of a consent's life says in every hour what the ledger's rules say of it, and alters nothing.

life_of
├── At any time up to the end: its stretch is what the history up to that time ends with
└── After now: it is as if nothing more happened
drawn
├── When somebody looked: a mark in the column of the look, one for each
└── Given a narrow or plain terminal: one bar of the width, in plain characters
life_svg
└── It is well-formed, alone, said in words, and a hostile name stays text
"""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from jamjar.consent.history import history
from jamjar.consent.life import ConsentLife, drawn, life_of
from jamjar.consent.life_svg import life_svg
from jamjar.model.state import ENDED
from tests.support.lives import (
    AT,
    CONSENT,
    DAY,
    END,
    GRANT,
    RELEASE,
    STALE,
    START,
    WITHDRAW,
    pause,
    reconfirm,
    resume,
    use,
)
from tests.support.lives import life as events_of

NAME = "Town Debt Advice"
LIVES = {
    "looked at": (((GRANT, -3), (use(1), 5), (pause(0), 10), (resume(1), 20), (reconfirm(2), 60), (use(2), 70))),
    "withdrawn": (((GRANT, 0), (use(1), 1), (WITHDRAW, 2))),
    "given up while paused": (((GRANT, -1), (pause(0), 1), (RELEASE, 30))),
    "confirmed while paused": (((GRANT, 0), (pause(0), 1), (reconfirm(1, END), 2), (resume(2), 60))),
    "left alone": (((GRANT, 0),)),
}
SVG = "{http://www.w3.org/2000/svg}"


def parts(name: str) -> tuple[list[Any], dict[int, int]]:
    acts = LIVES[name]
    return events_of(*(act for act, _ in acts)), {10 + n: START + day * DAY for n, (_, day) in enumerate(acts)}


def made(name: str, now: int = START + 80 * DAY, recipient: str = NAME) -> ConsentLife:
    events, times = parts(name)
    return life_of(history(AT.consents, CONSENT, events, times, now), recipient, now)


@pytest.mark.parametrize("name", LIVES)
def test_every_hour_is_as_the_rules_say(name: str) -> None:
    events, times = parts(name)
    life = made(name)
    for at in range(life.begin, life.end + DAY, 3600):
        so_far = [event for event in events if times[event.origin.block] <= at]
        status = history(AT.consents, CONSENT, so_far, times, at).status
        shown = [span.status for span in life.spans if span.begin <= at < span.end]
        assert shown == ([] if status in ENDED else [status]), at


def test_the_turns_are_to_the_second() -> None:
    life = made("left alone")
    assert [(span.begin, span.end) for span in life.spans] == [(START, STALE + 1), (STALE + 1, END + 1)]


@pytest.mark.parametrize("width", [1, 7, 56, 400])
@pytest.mark.parametrize("name", LIVES)
def test_a_bar_of_the_width(name: str, width: int) -> None:
    plain, fancy = drawn(made(name), width=width, ascii_only=True), drawn(made(name), width=width)
    assert plain.isascii()
    assert len(plain.splitlines()) == len(fancy.splitlines())
    assert all(len(text.splitlines()[1]) == width + 22 for text in (plain, fancy))


def test_each_look_is_a_mark() -> None:
    text = drawn(made("looked at"), width=103)  # the life has 103 days and a second
    assert text.splitlines()[0] == "Town Debt Advice: 2 of 2 looks"
    bar = text.splitlines()[1][11:-11]
    assert [place for place, character in enumerate(bar) if character == "●"] == [7, 72]
    assert bar[:4] == "┄┄┄━"
    assert set(bar[13:23]) == {"░"}
    assert text.splitlines()[2].index("▲") - 11 == 82
    assert text.count("recorded that it was going to look") == 2


def test_the_picture_is_alone_and_said_in_words() -> None:
    text = life_svg(made("looked at", recipient="<script>&'\""))
    root = ElementTree.fromstring(text)  # noqa: S314 - it is our own
    kinds = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert kinds == {"svg", "title", "desc", "style", "rect", "path", "circle", "text"}
    assert not re.search(r"href|@import|<!|\bon[a-z]+=|https?://(?!www\.w3\.org/2000/svg)", text)
    description = root.findtext(f"{SVG}desc") or ""
    for words in ("may look", "paused", "to be confirmed again", "used up", "you resumed the consent", "<script>"):
        assert words in description
    looks = [each for each in root.iter(f"{SVG}circle") if each.get("class") == "look"]
    assert len(looks) == 2 + 1  # and the legend's
