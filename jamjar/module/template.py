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

# What it commits: each value's name, and its kind: number, date or text.
[commits]
opened = "date"
loans = "number"

# A contract, and what `python -m tools.module_artefact FOLDER` built of it.
# [contract]
# source = "YourContract.sol"
# artefact = "YourContract.json"
"""
_CODE: Final = '''\
"""What the module {name} commits: the values of module.toml, as a set."""

from datetime import date

from jamjar.consent.named import ValueKind
from jamjar.disclosure.named_set import NamedSet, SetValues
from jamjar.errors import InvalidInput

# Your own domain, the last part first, in place of org.example; names and kinds as below [commits] in module.toml.
VALUES = NamedSet("org.example.{name}", {{"opened": ValueKind.DATE, "loans": ValueKind.NUMBER}})


def filled(opened: date, loans: int) -> SetValues:
    """Return the values to commit; raises InvalidInput for what is none, of another kind too."""
    values = VALUES.fill({{"opened": opened, "loans": loans}})
    if loans < 0:
        raise InvalidInput("The number of loans is below zero; give zero or more.")
    return values
'''
_TEST: Final = '''\
"""The module {name} takes what it may commit, and refuses all else."""

from datetime import date
from typing import Any

import pytest

from jamjar.errors import InvalidInput

from .values import filled


def test_values_are_taken() -> None:
    assert filled(date(2026, 4, 6), 3).values == {{"opened": date(2026, 4, 6), "loans": 3}}


@pytest.mark.parametrize(("opened", "loans"), [("2026-04-06", 3), (date(2026, 4, 6), -1), (date(2026, 4, 6), True)])
def test_others_are_refused(opened: Any, loans: Any) -> None:
    with pytest.raises(InvalidInput):
        filled(opened, loans)
'''
_LEDGER_TEST: Final = '''\
"""What an adviser sees of the values of {name}, on a development node; skipped where there is none."""

from datetime import date

import pytest

from jamjar.adviser.desk import Desk
from jamjar.errors import OutsideScope
from jamjar.sandbox.asking import ask
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.network import SampleNetwork

from .values import VALUES, filled


@pytest.fixture
def consent(consortium: SampleNetwork, claimant: Claimant, adviser: Desk) -> str:
    """A consent to show the day of opening, and to be asked about the loans, with values committed under it."""
    granted = claimant.grant(adviser.member, scope=VALUES.scope(shown=["opened"], asked=["loans"]), questions=2)
    consortium.wait()
    claimant.commit(granted, filled(date(2026, 4, 6), 3))
    return granted


def test_one_value_is_shown(claimant: Claimant, adviser: Desk, consent: str) -> None:
    shown = claimant.disclose(consent, "opened")
    adviser.use(consent)
    assert adviser.verify_set(shown) == {{"opened": date(2026, 4, 6)}}


def test_the_other_is_only_asked_about(consortium: SampleNetwork, claimant: Claimant, consent: str) -> None:
    with pytest.raises(OutsideScope):
        claimant.disclose(consent, "loans")
    assert ask(consortium, claimant, consent, VALUES.at_least("loans", 2))
    assert not ask(consortium, claimant, consent, VALUES.at_least("loans", 4))
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
        "test_on_the_ledger.py": _LEDGER_TEST,
        "README.md": _PAGE,
    }
    return {path: text.format(name=name, title=title).encode() for path, text in files.items()}
