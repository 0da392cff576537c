"""The style is govuk-frontend's, of the version that npm has locked, without what is GOV.UK's own."""

import pytest

from tools.pages_css import SOURCE, STYLE, built


def test_it_has_no_typeface_crest_or_address() -> None:
    text = STYLE.read_text(encoding="utf-8")
    assert "MIT License" in text
    assert [word for word in ("GDS", "url(", "@import", "@font-face") if word in text] == []


@pytest.mark.skipif(not SOURCE.exists(), reason="there is no govuk-frontend: npm ci")
def test_it_is_what_npm_has() -> None:
    assert STYLE.read_text(encoding="utf-8") == built()
