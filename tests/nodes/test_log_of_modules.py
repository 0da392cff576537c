"""A log of modules, by what its publisher and its monitor read from a node: which events are in it, and which never.

Given a module's contract with events before and after it was admitted    the later ones are in it, with the registry's
When the module is dismissed                                              what its contract says still is
When a log's name and --modules disagree                                  one sentence says so, and nothing is written
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jamjar.cli.log import make_key
from jamjar.cli.main import app
from jamjar.ledger.module_registry import CONTRACT, read_place
from jamjar.protocol.abi import abi_of
from jamjar.protocol.foreign_events import decoded
from jamjar.protocol.settings import DAY
from jamjar.tlog.ledger_source import LedgerSource
from jamjar.tlog.module_source import ModuleSource
from jamjar.tlog.note import LOG
from tests.nodes.governing import FOUNDER, STRANGER, Office, governed
from tests.nodes.notes import deployed, notes_module
from tests.unit.tlog.world import policy_text


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with governed(tmp_path_factory.mktemp("office"), lambda office: [office.address(FOUNDER)]) as office:
        office.does("module", "registry", by=STRANGER)
        yield office


def decide(office: Office, *words: object) -> None:
    said = office.does("module", *words, by=FOUNDER)
    office.wait(7 * DAY)
    office.does("consortium", "execute", said.split("Proposal ")[1].split(";")[0], by=STRANGER)


def named(source: LedgerSource, first: int, last: int, abi: Any) -> list[str]:
    events = list(source.events(first, last))
    assert [each.place for each in events] == sorted(each.place for each in events)
    found = [decoded([*abi_of(CONTRACT), *abi], each.topics, each.data) for each in events]
    return [each.name for each in found if each is not None]


def test_what_is_in_it(office: Office, tmp_path: Path) -> None:
    folder = notes_module(tmp_path)
    notes, abi = deployed(office, folder), json.loads((folder / "Notes.json").read_text())["abi"]

    def note() -> int:
        sent = notes.functions.note(b"\1" * 32).transact({"from": office.address(9)})
        return int(notes.w3.eth.get_transaction_receipt(sent)["blockNumber"])

    note()
    decide(office, "propose", folder, "--target", notes.address)
    place, ledger = read_place(office.folder / "modules.json"), office.ledger()
    source = ModuleSource(office.node.url, ledger.deployment, 0, place)
    assert named(source, source.first, admitted := source.final(), abi) == ["ModuleAdmitted"]
    note()
    decide(office, "dismiss", "notes")
    note()
    later = ["Noted", "ModuleDismissed", "Noted"]
    assert named(source, admitted + 1, last := source.final(), abi) == later
    again = ModuleSource(office.node.url, ledger.deployment, 0, place)
    assert named(again, again.first, last, abi) == ["ModuleAdmitted", *later]
    assert named(again, admitted + 1, last, abi) == later


@pytest.mark.parametrize(
    ("log", "has", "why"),
    [
        ("log.example/modules", False, "has modules' events; name --modules, too."),
        ("log.example/jamjar", True, "Only a log whose name ends in /modules"),
    ],
)
def test_a_name_that_disagrees(office: Office, tmp_path: Path, log: str, has: bool, why: str) -> None:
    key, policy, folder = tmp_path / "log.key", tmp_path / "policy", tmp_path / "www"
    make_key(log, LOG, key)
    policy.write_text(policy_text())
    modules = ("--modules", office.folder / "modules.json") if has else ()
    words = ("--key-file", key, "--folder", folder, "--policy", policy, *modules)
    done = CliRunner().invoke(app, ["log", "publish", *office.options, *map(str, words)])
    assert why in str(done.exception)
    assert not folder.exists()
