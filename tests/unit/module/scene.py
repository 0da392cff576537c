"""A new module's folder in which some files are other ones, and what a check says of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jamjar.module.checking import CheckedModule, check
from jamjar.module.template import new_module

NAME = "library_card"


def made(above: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the folder, with files replaced, added, or left out where they are None."""
    folder = above / NAME
    for path, content in {**new_module(NAME), **(changes or {})}.items():
        if content is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def checked(above: Path, changes: Mapping[str, str | bytes | None] | None = None) -> CheckedModule:
    """Check such a folder."""
    return check(made(above, changes))


def manifest(old: str = "", new: str = "") -> str:
    """The new module's manifest, with one text replaced, which must be there."""
    text = new_module(NAME)["module.toml"].decode()
    assert old in text
    return text.replace(old, new, 1)


def sentences(found: CheckedModule) -> list[str]:
    """What was found, as sentences, each of which has both of its parts."""
    said = [finding.sentence for finding in found.findings]
    assert [each for each in said if ("; " not in each and ". " not in each) or not each.endswith(".")] == []
    return said
