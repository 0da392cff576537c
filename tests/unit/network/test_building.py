"""network.building: engines built by Go, once, and kept outside of the checkout.

Given it is built                    nothing is asked of Go
Given there is no Go, or no C        one sentence says what to install
When Go fails                        its last line is told, and nothing is kept
Given Go is too old                  one sentence says which there is, and which to install from where
When a file of its module changes    it is built again, elsewhere
"""

from pathlib import Path

import pytest

from jamjar.network import building
from jamjar.network.engine import NetworkError
from jamjar.network.geth import GETH
from jamjar.network.kaia import KAIA
from tests.meta.imports import ROOT

GO = """#!/bin/sh
echo "$PWD $CGO_ENABLED $*" >> "{told}"
[ -e "{fails}" ] && {{ echo "go: downloading" >&2; echo "{why}" >&2; exit 1; }}
while [ "$1" != -o ]; do shift; done
echo built > "$2"
"""
WHY = "missing go.sum entry"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a Go that only says what it was asked to do, and a C compiler."""
    (tmp_path / "bin").mkdir()
    for name, text in (("go", GO.format(told=tmp_path / "told", fails=tmp_path / "fails", why=WHY)), ("gcc", "")):
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def test_once(place: Path) -> None:
    told: list[str] = []
    made = building.built(GETH, told.append)
    assert (made.read_text(), building.built(GETH, told.append), len(told)) == ("built\n", made, 1)
    (asked,) = (place / "told").read_text().splitlines()
    assert asked.startswith(f"{building.MODULES / 'geth'} 0 build -mod=readonly")
    assert [each.name for each in made.parent.iterdir()] == ["geth"]
    assert not made.is_relative_to(ROOT)


@pytest.mark.parametrize(("missing", "says"), [("go", "install Go 1.24 or newer"), ("gcc", "install gcc")])
def test_what_to_install(place: Path, missing: str, says: str) -> None:
    (place / "bin" / missing).unlink()
    with pytest.raises(NetworkError, match=says):
        building.built(KAIA, print)
    assert not building.program(KAIA).exists()


def test_go_fails(place: Path) -> None:
    (place / "fails").touch()
    with pytest.raises(NetworkError, match=f"kaia was not built \\({WHY}\\); run go build in "):
        building.built(KAIA, print)
    assert list(building.program(KAIA).parent.iterdir()) == []


def test_go_is_too_old(place: Path) -> None:
    (place / "bin" / "go").write_text("#!/bin/sh\n[ $1 = version ] && echo go version go1.19.8 linux/amd64\nexit 2\n")
    with pytest.raises(NetworkError, match=r"needs Go 1.24, and Go 1.19 is on PATH; install .* https://go.dev/dl/"):
        building.built(GETH, print)
    assert not building.program(GETH).exists()


def test_another_module_is_another_engine(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = building.program(GETH)
    monkeypatch.setattr(building, "MODULES", place)
    (place / "geth").mkdir()
    (place / "geth" / "go.sum").write_text("another")
    assert building.program(GETH) != before


@pytest.mark.parametrize("engine", ["geth", "kaia"])
def test_every_module_has_its_sums(engine: str) -> None:
    module = building.MODULES / engine
    sums = (module / "go.sum").read_text()
    required = [line.split() for line in (module / "go.mod").read_text().splitlines() if line.startswith("\t")]
    for name, version, *_ in required:
        assert f"{name} {version}/go.mod h1:" in sums
