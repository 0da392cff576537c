"""audit.page: what changed among the members, and addresses.

Given changes of the members         each with its time, the oldest first, and how many are not listed
Given addresses, two of them alike   short where they are mentioned, told apart, and once in full
"""

import re
from dataclasses import replace

from jamjar.audit.findings import Finding
from jamjar.audit.page import page
from tests.unit.audit.sample import SOUND


def test_what_changed_among_the_members_and_when():
    changes = [Finding("members-changed", f"AccountAdded (member 2, account 0x{n:040x}).", n) for n in (9, 7, 8)]
    counts = {"members-changed": 120}
    text = page(replace(SOUND, findings=tuple(changes), counts=counts, times={7: 1_800_000_000, 8: 1_800_000_060}))
    section = text[text.index("What changed among the members") :]
    told = [section.index(words) for words in ("2027-01-15 08:00 UTC", "2027-01-15 08:01 UTC", "not known", "117 more")]
    assert told == sorted(told)
    assert "They are under what changed among the members" in text


def test_addresses_are_short_and_once_in_full():
    alike = ["0xabcdef" + "0" * 30 + "1234", "0xabcdef" + "1" * 30 + "1234", "0xabcdef" + "0" * 30 + "1234"]
    found = tuple(Finding("not-live", f"It names {each}.", 7) for each in alike)
    text = page(replace(SOUND, findings=found, counts={"not-live": 3}))
    for full in set(alike):
        assert text.count(full) == 1
    shorts = re.findall("<code>(0x[0-9a-f]+…1234)</code>", text)
    assert shorts == ["0xabcd…1234", "0xabcdef1…1234", "0xabcd…1234", "0xabcd…1234", "0xabcdef1…1234"]
