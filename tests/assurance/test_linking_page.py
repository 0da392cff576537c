"""The table of linking in docs/privacy.md is what the kept measurement says, in full and nothing else.

When the measurement is rendered     it is what stands between the marks
When a figure of it changes          it is not
Given what is kept                   it is of every case, at two sizes and two times, with the seed of the command
"""

import copy

from assurance.privacy.linking import page
from assurance.privacy.linking.measure import CASES
from assurance.privacy.linking.tracks import KINDS


def test_the_page_says_what_was_measured() -> None:
    assert page.PAGE.read() == page.rendered(page.kept()), "python -m assurance.privacy.linking.page --write"


def test_another_figure_is_noticed() -> None:
    changed = copy.deepcopy(page.kept())
    changed["runs"][-1]["cases"]["every measure"]["together"] += 0.01
    assert page.rendered(changed) != page.PAGE.read()


def test_every_case_is_kept() -> None:
    found = page.kept()
    assert found["seed"] == 1
    assert [(run["claimants"], run["months"]) for run in found["runs"]] == [
        (1000, 1), (1000, 12), (10_000, 1), (10_000, 12)]  # fmt: skip
    assert all(list(run["cases"]) == list(CASES) for run in found["runs"])
    assert page.HABITS == KINDS


def test_the_page_has_its_marks() -> None:
    text = page.PAGE.path.read_text(encoding="utf-8")
    assert text.count(page.PAGE.begin) == text.count(page.PAGE.end) == 1
