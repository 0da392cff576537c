"""The folder of a new module, which passes every check: what its author changes is said in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jamjar.module.manifest import FILE, check_name

_MANIFEST: Final = """\
format = "jamjar.module.1"
name = "{name}"
title = "{title}"
who = "Your organisation"

# What its consents may be for: dpv:RequestedServiceProvision, dpv:ProvidePersonalisedRecommendations,
# dpv:CustomerCare, dpv:NonCommercialResearch, dpv:ImprovePublicServices.
purposes = ["dpv:RequestedServiceProvision"]

documents = "README.md"

# Python packages that it imports beside the standard library and Jamjar's public modules.
packages = []

# pages = "pages"             # a folder of HTML pages

# What it commits: each value's name, and its kind: number, date or text (by its hash).
[commits]
opened = "date"
loans = "number"

# A contract, and what `python -m tools.module_artefact FOLDER` built of it.
# [contract]
# source = "YourContract.sol"
# artefact = "YourContract.json"
"""
_CODE: Final = '''\
"""What the module {name} commits, checked before it is committed."""

from collections.abc import Mapping
from datetime import date

from jamjar.errors import InvalidInput


def checked(opened: object, loans: object) -> Mapping[str, date | int]:
    """Return the values if they can be committed; raises InvalidInput otherwise."""
    if not isinstance(opened, date):
        raise InvalidInput("The day of opening is no date; give a datetime.date.")
    if type(loans) is not int or loans < 0:
        raise InvalidInput("The number of loans is no whole number; give zero or more.")
    return {{"opened": opened, "loans": loans}}
'''
_TEST: Final = '''\
"""The module {name} takes what it may commit, and refuses all else."""

from datetime import date

import pytest

from jamjar.errors import InvalidInput

from .values import checked


def test_values_are_taken() -> None:
    assert checked(date(2026, 4, 6), 3) == {{"opened": date(2026, 4, 6), "loans": 3}}


@pytest.mark.parametrize(("opened", "loans"), [("2026-04-06", 3), (date(2026, 4, 6), -1), (date(2026, 4, 6), True)])
def test_others_are_refused(opened: object, loans: object) -> None:
    with pytest.raises(InvalidInput):
        checked(opened, loans)
'''
_PAGE: Final = """\
# {title}

Say in one sentence who uses this module, and what for.

## What it shows

What somebody who checks can be sure of, and from what.

## What it cannot show

What remains a matter of trust, and what goes wrong if that trust is broken.
"""


def new_module(name: str) -> Mapping[str, bytes]:
    """Return the files of a new module by their paths in its folder; raises InvalidInput for a name that is none."""
    title = check_name(name).replace("_", " ").capitalize()
    files = {
        FILE: _MANIFEST,
        "__init__.py": '"""The module {name}."""\n',
        "values.py": _CODE,
        "test_values.py": _TEST,
        "README.md": _PAGE,
    }
    return {path: text.format(name=name, title=title).encode() for path, text in files.items()}
