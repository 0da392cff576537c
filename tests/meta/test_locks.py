"""What users install is what is tested: requirements/runtime.txt beside requirements/dev.txt and pyproject.toml."""

import re
from collections import defaultdict

from tests.meta.imports import ROOT
from tests.meta.project import PROJECT, names


def locked(file: str) -> dict[str, set[str]]:
    """The versions of each package in a lock: one, or several for different Pythons and machines."""
    found = defaultdict[str, set[str]](set)
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    for name, version in re.findall(r"(?m)^([a-z0-9-]+)==([^ ;]+)", text):
        found[name].add(version)
    return found


RUNTIME, DEVELOPMENT = locked("runtime.txt"), locked("dev.txt")


def test_versions_are_those_of_development() -> None:
    assert len(RUNTIME) > 50
    assert {name: RUNTIME[name] - DEVELOPMENT[name] for name in RUNTIME if RUNTIME[name] - DEVELOPMENT[name]} == {}


def test_every_dependency_is_locked() -> None:
    extras = {name for listed in PROJECT["optional-dependencies"].values() for name in names(listed)} - {"jamjar"}
    assert names(PROJECT["dependencies"]) | extras <= RUNTIME.keys()


def test_nothing_of_development_is_locked_for_users() -> None:
    assert RUNTIME.keys().isdisjoint({"eth-brownie", "pytest", "hypothesis", "mypy", "ruff", "pip", "setuptools"})


def test_every_package_has_hashes() -> None:
    for file in ("runtime.txt", "dev.txt", "proofs.txt", "build.txt"):
        packages = re.split(r"(?m)^(?=[a-z0-9])", (ROOT / "requirements" / file).read_text(encoding="utf-8"))
        assert [package for package in packages[1:] if "--hash=sha256:" not in package] == []
