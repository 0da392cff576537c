"""pyproject.toml, as the tests about packages read it."""

import re
import sys
from collections.abc import Iterable

from tests.meta.imports import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def names(requirements: Iterable[str]) -> set[str]:
    """The packages that requirements are of, without extras, versions and markers."""
    return {re.split(r"[\[<>=;~! ]", requirement)[0] for requirement in requirements}
