"""What users install is what is tested, each package has hashes, and none runs a program while npm installs it."""

import json
import re
from collections import defaultdict

import pytest

from tests.meta.imports import ROOT
from tests.meta.project import PROJECT, names


def locked(file: str) -> dict[str, set[str]]:
    """The versions of each package in a lock: one, or several for different Pythons and machines."""
    found = defaultdict[str, set[str]](set)
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    for name, version in re.findall(r"(?m)^([a-z0-9-]+)==([^ ;]+)", text):
        found[name].add(version)
    return found


RUNTIME, DEVELOPMENT, TESTS = locked("runtime.txt"), locked("dev.txt"), locked("tests.txt")


def test_versions_are_those_of_development() -> None:
    assert len(RUNTIME) > 50
    assert {name: RUNTIME[name] - DEVELOPMENT[name] for name in RUNTIME if RUNTIME[name] - DEVELOPMENT[name]} == {}


def test_other_pythons_test_the_versions_that_users_install() -> None:
    assert {name: RUNTIME[name] ^ TESTS[name] for name in RUNTIME if RUNTIME[name] != TESTS[name]} == {}
    assert not TESTS.keys() & {"eth-brownie"}


def test_every_dependency_is_locked() -> None:
    extras = {name for listed in PROJECT["optional-dependencies"].values() for name in names(listed)} - {"jamjar"}
    assert names(PROJECT["dependencies"]) | extras <= RUNTIME.keys()


def test_nothing_of_development_is_locked_for_users() -> None:
    assert RUNTIME.keys().isdisjoint({"eth-brownie", "pytest", "hypothesis", "mypy", "ruff", "pip", "setuptools"})


def test_every_package_has_hashes() -> None:
    for file in ("runtime.txt", "dev.txt", "noise.txt", "proofs.txt", "tests.txt", "site.txt", "build.txt"):
        packages = re.split(r"(?m)^(?=[a-z0-9])", (ROOT / "requirements" / file).read_text(encoding="utf-8"))
        assert [package for package in packages[1:] if "--hash=sha256:" not in package] == []


# The packages that ask to, all of them native parts of Ganache's that it has prebuilt, or does without.
WITH_SCRIPTS = {
    "@trufflesuite/uws-js-unofficial/bufferutil",
    "@trufflesuite/uws-js-unofficial/utf-8-validate",
    "bufferutil",
    "ganache/@trufflesuite/bigint-buffer",
    "ganache/keccak",
    "ganache/leveldown",
    "ganache/secp256k1",
    "utf-8-validate",
}


def test_install_scripts_are_known_and_refused() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    asking = {place for place, package in packages.items() if package.get("hasInstallScript")}
    assert {place.removeprefix("node_modules/").replace("/node_modules/", "/") for place in asking} == WITH_SCRIPTS
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text(encoding="utf-8").splitlines()


def test_the_phone_s_packages_run_no_scripts() -> None:
    packages = json.loads((ROOT / "phone/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [place for place, package in packages.items() if package.get("hasInstallScript")] == ["node_modules/esbuild"]
    assert "ignore-scripts=true" in (ROOT / "phone/.npmrc").read_text(encoding="utf-8").splitlines()
    listed = json.loads((ROOT / "phone/package.json").read_text(encoding="utf-8"))
    pins = {**listed["dependencies"], **listed["devDependencies"]}
    assert {name: pin for name, pin in pins.items() if not re.fullmatch(r"\d+\.\d+\.\d+", pin)} == {}


@pytest.mark.parametrize("lock", ["package-lock.json", "phone/package-lock.json"])
def test_every_node_package_has_a_hash(lock: str) -> None:
    packages = json.loads((ROOT / lock).read_text(encoding="utf-8"))["packages"]
    ours = {"", "tools/no-hardhat"}
    without = {place for place, package in packages.items() if not (package.get("integrity") or package.get("link"))}
    assert {place for place in without - ours if not packages[place].get("inBundle")} == set()
