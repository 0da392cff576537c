"""Modules, admitted by people with keystores: a registry, proposals, executions, what is listed, and an audit of it.

When a registry is deployed                    a file beside the deployment's says where it is, once
When a founder proposes a module               it is checked first, and every member sees its hash before it holds
When it is admitted                            exactly these files are, and an audit decodes its contract's events
When its files, contract or address differ     it is not proposed, not listed as the same, and an audit says so
When it is dismissed                           it is no longer listed
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamjar.protocol.settings import DAY
from tests.nodes.governing import FOUNDER, STRANGER, Office, governed
from tests.nodes.notes import deployed, notes_module


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with governed(tmp_path_factory.mktemp("office"), lambda office: [office.address(FOUNDER)]) as office:
        office.does("module", "registry", by=STRANGER)
        yield office


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return notes_module(tmp_path_factory.mktemp("compiled"))


@pytest.fixture
def folder(tmp_path: Path, compiled: Path) -> Path:
    return Path(shutil.copytree(compiled, tmp_path / compiled.name))


def admit(office: Office, folder: Path, *words: object) -> str:
    said = office.does("module", "propose", folder, *words, by=FOUNDER)
    name = said.split("Proposal ")[1].split(";")[0]
    office.wait(7 * DAY)
    return office.does("consortium", "execute", name, by=STRANGER)


def audit(office: Office, folder: Path, *words: object) -> Any:
    out = folder.parent / "report.json"
    place = ("--modules", office.folder / "modules.json", "--state", f"sqlite:///{folder.parent / 'audit.db'}")
    done = office.run("audit", *place, "--build", folder.parent, "--json", out, *words)
    return done, [each["rule"] for each in json.loads(out.read_text())["findings"]] if out.exists() else []


def test_there_is_one_registry(office: Office, folder: Path) -> None:
    assert "is there already" in office.refused("module", "registry", by=STRANGER)
    assert "No module is admitted." in office.does("module", "list")
    assert office.run("module", "list", folder).exit_code == 1


def test_admitted_listed_audited_and_dismissed(office: Office, folder: Path) -> None:
    notes = deployed(office, folder)
    said = office.does("module", "propose", folder, "--target", notes.address, by=FOUNDER)
    (code_hash,) = {line.split()[-1] for line in said.splitlines() if line.startswith("Code hash: ")}
    assert "not admitted" in said
    status = office.json("status")["proposals"][0]
    assert code_hash in status["changes"][0]["then"]
    assert "Nobody can say" not in office.run("consortium", "status").output
    office.wait(7 * DAY)
    office.does("consortium", "execute", status["id"], by=STRANGER)

    assert f"{folder} is exactly what was admitted." in office.does("module", "list", folder)
    (listed,) = json.loads(office.does("module", "list", "--json"))["modules"]
    assert (listed["name"], listed["code_hash"], listed["target"]) == ("notes", code_hash, notes.address)

    notes.functions.note(b"\1" * 32).transact({"from": office.address(9)})
    done, rules = audit(office, folder, "--module", folder)
    assert done.exit_code == 0, done.output
    assert ["notes", "Noted", "1"] in [line.replace("│", " ").split() for line in done.output.splitlines()]
    assert rules.count("module-event-unknown") == 1
    assert "1 event of module notes at" in done.output
    pages, place = folder.parent / "pages", ("--modules", office.folder / "modules.json")
    office.does("explore", *place, "--state", f"sqlite:///{folder.parent / 'pages.db'}", "--export", pages)
    assert code_hash in (pages / "en" / "governing.html").read_text()
    office.node.ask("anvil_setCode", notes.address, "0x00")
    office.wait(1)
    done, rules = audit(office, folder)
    assert "module-code-differs" in rules
    assert "2 events of module notes" in done.output
    assert done.exit_code == 0  # the record does not depend on a module

    office.does("module", "dismiss", "notes", by=FOUNDER)
    office.wait(7 * DAY)
    (pending,) = office.json("status")["proposals"]
    assert pending["changes"][0]["then"] == "dismissed"
    office.does("consortium", "execute", pending["id"], by=STRANGER)
    assert "No module is admitted." in office.does("module", "list")


def test_a_module_without_a_contract(office: Office, tmp_path: Path) -> None:
    place = tmp_path / "plain"
    office.does("module", "new", "plain", "--folder", tmp_path)
    another = ("--target", office.address(1))
    assert "and no other one is" in office.refused("module", "propose", place, *another, by=FOUNDER)
    admit(office, place)
    (place / "values.py").write_text("# changed\n")
    assert f"{place} is not what was admitted." in office.run("module", "list", place).output
    done, _ = audit(office, place, "--module", place)
    assert "is not what was admitted; name the one" in done.stderr
    assert done.exit_code == 2


def test_what_is_not_proposed(office: Office, folder: Path) -> None:
    assert "with --target" in office.refused("module", "propose", folder, by=FOUNDER)
    wrong = ("module", "propose", folder, "--target")
    registry = json.loads((office.folder / "modules.json").read_text())["address"]
    assert "is not that of the artefact" in office.refused(*wrong, registry, by=FOUNDER)
    assert "is not that of the artefact" in office.refused(*wrong, office.address(1), by=FOUNDER)
    assert "No module notes is admitted; see" in office.refused("module", "dismiss", "notes", by=FOUNDER)
    notes = deployed(office, folder)
    assert "is no founder's account" in office.refused(*wrong, notes.address, by=STRANGER)
    (folder / "values.py").write_text("import jamjar.vault.vault as v\n")
    assert "does not pass the check" in office.refused(*wrong, notes.address, by=FOUNDER)
    assert office.json("status")["proposals"] == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"chain_id": 1}, "is on chain 1; name"),
        ({"address": "0x" + "11" * 20}, "is no registry of this deployment's members"),
        ({"format": "jamjar.modules.2"}, "is not in the format"),
        ({"block": -1}, "is not a whole number in range"),
        ({"more": 1}, "has unknown fields"),
        (None, "jamjar module registry"),
    ],
)
def test_a_file_that_is_another_s(office: Office, changed: dict[str, object] | None, why: str) -> None:
    file = office.folder / "modules.json"
    before = file.read_text()
    try:
        file.unlink()
        if changed is not None:
            file.write_text(json.dumps({**json.loads(before), **changed}))
        assert why in office.refused("module", "list")
    finally:
        file.write_text(before)
