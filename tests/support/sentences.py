"""Every sentence of an error that a test makes a page show has its Welsh."""

from collections.abc import Iterator

import pytest

from jamjar.pages import sentences, site


@pytest.fixture(autouse=True)
def every_sentence_has_its_welsh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shown = set[str]()

    def noted(sentence: str, language: str) -> tuple[str, bool]:
        shown.add(sentence)
        return sentences.said(sentence, language)

    monkeypatch.setattr(site, "said", noted)
    yield
    missing = sorted(each for each in shown if not sentences.said(each, "cy")[1])
    assert not missing, f"errors.cy.po lacks {missing}"
