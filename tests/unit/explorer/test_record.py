"""The events of a deployment, found by what they are about, and said in words.

Given events as a node tells them       the state that they add up to, and each by what it is about
Given one of another contract's kind    it is nobody's, and changes nothing
Given any event that there is           a sentence in each language
Given a time beyond the calendar        its second as it is
"""

from dataclasses import replace

import pytest

from jamjar.explorer.app import shared
from jamjar.explorer.pages import page
from jamjar.explorer.record import RecordedEvent, decoded
from jamjar.explorer.site import explorer_site
from jamjar.explorer.words import ReaderWords
from jamjar.model.state import Emitted, Standing
from jamjar.pages.words import translations
from jamjar.protocol.event_decoding import CLASSES
from tests.unit.audit.made import CARRIER, DEPLOYMENT
from tests.unit.explorer.scene import (
    CONSENT,
    CONSORTIUM,
    HOSTILE,
    OTHER,
    REGISTRY,
    TERMS,
    explored,
    raw,
    raws,
    record_of,
)

RECORD = record_of(raws())
LATE = 2**40 - 1
"""The latest time that a contract can name, in the year 36812."""


def test_what_they_are_about():
    assert set(RECORD.consents) == {CONSENT, OTHER}
    assert set(RECORD.members) == {1, 2, 3}
    assert [entry.name for entry in RECORD.members[3]] == [
        "MemberAdmitted", "MemberRenamed", "RoleGranted", "AccountAdded", "AccountAdded", "AccountRemoved",
        "EncryptionKeyChanged", "MemberSuspended", "RecoveryProposed",
    ]  # fmt: skip
    assert [entry.number for entry in RECORD.entries] == list(range(len(raws())))
    assert RECORD.state.member(3).standing is Standing.SUSPENDED
    assert sum(map(len, RECORD.blocks.values())) == sum(map(len, RECORD.transactions.values())) == len(raws())


def test_an_event_of_another_contract_is_nobodys():
    granted = Emitted("ConsentGranted", (OTHER, 2, CARRIER, 1, 2, 2, 3, TERMS))
    forged = raw(granted, 99, 0, CONSORTIUM)
    assert decoded(forged, DEPLOYMENT) is None
    assert decoded(replace(forged, contract=b"\x99" * 20), DEPLOYMENT) is None
    assert decoded(replace(raw(granted, 99, 0, REGISTRY), data=b"\0"), DEPLOYMENT) is None
    assert record_of([*raws(), forged]).state == RECORD.state


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_event_is_told(name, language):
    words = ReaderWords(translations(("jamjar.explorer",), language).gettext, RECORD.state, str)
    values = {"name": HOSTILE, "reason": 2, "member": 3, "recipient": 3, "new_duration": 604_800}
    fields = [each for each in CLASSES[name].__dataclass_fields__ if each != "origin"]
    texts = {"account": CARRIER, "by": CARRIER, "sender": CARRIER, "carrier": CARRIER, "consent": CONSENT}
    made = CLASSES[name](None, *(values.get(each, texts.get(each, TERMS if "role" in each else 7)) for each in fields))
    told = words.told(RecordedEvent(0, raws()[0], made))
    assert told.endswith(".")
    assert "{" not in told.replace("{{ 7*7 }}", "")
    assert "\u202e" not in told


def test_a_time_beyond_the_calendar():
    late = Emitted("ConsentGranted", (OTHER, 2, CARRIER, LATE, LATE, LATE, 3, TERMS))
    seen = explored([*raws()[:20], raw(late, 99, 0, REGISTRY)])
    template, context = page(seen, f"/consents/{OTHER}")
    shown = explorer_site(seen).page(template, **shared(seen), **context)
    assert str(LATE) in shown
