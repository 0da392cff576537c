"""The vectors that are kept are those that the code writes now, with this Python and its version of Unicode.

Writing them checks, too, that each of their negatives is refused, and that what is sealed in them opens.
"""

from scripts import vectors


def test_kept_are_what_is_written() -> None:
    written = {path.name: text for path, text in vectors.files()}
    kept = {path.name: path.read_text(encoding="ascii") for path in vectors.FOLDER.iterdir()}
    assert sorted(kept) == sorted(written)
    assert [name for name in kept if kept[name] != written[name]] == [], "python -m scripts.vectors"
