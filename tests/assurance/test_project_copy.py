"""A copy of the project has a variant's code beside the project's own sources."""

import json
from pathlib import Path

import pytest

from assurance.mutation.project_copy import ProjectCopy
from assurance.mutation.variant import ROOT
from jamjar.protocol.deployment import CONTRACTS

VARIANT = {"abi": [], "bytecode": "60006000fd", "deployedBytecode": "6000"}


@pytest.fixture
def variant(tmp_path: Path) -> Path:
    folder = tmp_path / "variant"
    for name in CONTRACTS:
        (folder / "sources" / "contracts").mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(json.dumps({"contractName": name, **VARIANT}))
    (folder / "sources" / "contracts" / "AdviceLog.sol").write_text("contract AdviceLog {}")
    (folder / "sources" / "interfaces").mkdir()
    return folder


def test_the_code_is_the_variants(tmp_path: Path, variant: Path) -> None:
    copy = ProjectCopy(tmp_path / "project")
    copy.load(variant)
    for name in CONTRACTS:
        built = json.loads((ROOT / "build" / "contracts" / f"{name}.json").read_text())
        loaded = json.loads((copy.folder / "build" / "contracts" / f"{name}.json").read_text())
        assert {key: loaded[key] for key in VARIANT} == VARIANT
        assert loaded["pcMap"] == {}
        assert loaded["sha1"] == built["sha1"], "the sources are as they were: nothing to compile"
        source = Path("contracts", f"{name}.sol")
        assert (copy.folder / source).read_text() == (ROOT / source).read_text()


def test_its_node_has_a_port_of_its_own(tmp_path: Path) -> None:
    text = (ProjectCopy(tmp_path / "project").folder / "brownie-config.yaml").read_text()
    assert "port: 8546" not in text
    assert text.count("port: ") == (ROOT / "brownie-config.yaml").read_text().count("port: ")


def test_the_sources_can_be_the_variants(tmp_path: Path, variant: Path) -> None:
    copy = ProjectCopy(tmp_path / "project")
    copy.load_sources(variant)
    assert [path.name for path in (copy.folder / "contracts").iterdir()] == ["AdviceLog.sol"]
    assert (ROOT / "contracts" / "Consortium.sol").exists(), "the project's own stay"


def test_an_existing_copy_is_kept(tmp_path: Path) -> None:
    (ProjectCopy(tmp_path / "project").folder / "mark").touch()
    assert (ProjectCopy(tmp_path / "project").folder / "mark").exists()
