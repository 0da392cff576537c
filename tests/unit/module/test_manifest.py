"""A module's manifest.

When it is a new module's                       every field is read
When a value is named as a set may name it      it is taken, and no other
When a field is missing, unknown or doubled     it is refused, by name
When a field is of a wrong type or form         it is refused
When a purpose is refused or unknown            it is refused under P2
When it is no TOML, not UTF-8, or huge          it is refused
"""

import re
from pathlib import Path

import pytest

from jamjar.consent.named import ValueKind
from jamjar.consent.purpose import REFUSED_PURPOSES
from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import InvalidInput
from jamjar.module.manifest import ContractFiles, check_name, parsed
from tests.unit.module.scene import checked, manifest, sentences

PURPOSE = '"dpv:RequestedServiceProvision"'
WRONG = {
    "unknown format": ('"jamjar.module.1"', '"jamjar.module.2"', "unknown format"),
    "format a number": ('"jamjar.module.1"', "1", "unknown format"),
    "missing": ('who = "Your organisation"\n', "", "lacks the field who"),
    "unknown field": ('who = "', 'owner = "x"\nwho = "', "unknown field 'owner'"),
    "doubled field": ('who = "', 'who = "x"\nwho = "', "name each field once"),
    "doubled value": ('opened = "date"', 'opened = "date"\nopened = "text"', "name each field once"),
    "no TOML": ("format =", "format", "is not TOML"),
    "deep TOML": ("packages = []", "packages = " + "[" * 5000 + "]" * 5000, "is not TOML"),
    "name with a slash": ('name = "library_card"', 'name = "../library"', "is no name"),
    "name in capitals": ('name = "library_card"', 'name = "Library"', "is no name"),
    "name too long": ('name = "library_card"', f'name = "{"a" * 32}"', "is no name"),
    "name a number": ('name = "library_card"', "name = 7", "is no name"),
    "name of ours": ('name = "library_card"', 'name = "jamjar"', "means something else"),
    "name of Python's": ('name = "library_card"', 'name = "json"', "means something else"),
    "keyword": ('name = "library_card"', 'name = "class"', "means something else"),
    "empty title": ('title = "Library card"', 'title = " "', "title in module.toml is no line"),
    "title of two lines": ('title = "Library card"', 'title = "a\\nb"', "title in module.toml is no line"),
    "title with controls": ('title = "Library card"', 'title = "a\\u001b[2J"', "title in module.toml is no line"),
    "title a list": ('title = "Library card"', "title = []", "title in module.toml is no line"),
    "no purpose": (f"[{PURPOSE}]", "[]", "purposes in module.toml is empty"),
    "purposes a text": (f"[{PURPOSE}]", PURPOSE, "purposes in module.toml is no list"),
    "a purpose twice": (f"[{PURPOSE}]", f"[{PURPOSE}, {PURPOSE}]", "names something twice"),
    "a purpose a number": (f"[{PURPOSE}]", f"[{PURPOSE}, 1]", "is no list of texts"),
    "commits a list": ('[commits]\nopened = "date"\nloans = "number"', "commits = []", "is no table"),
    "unknown kind": ('opened = "date"', 'opened = "money"', "unknown kind"),
    "kind a table": ('opened = "date"', "opened = {}", "unknown kind"),
    "value no name": ('opened = "date"', '"Opened at" = "date"', "is no name"),
    "value no name of a set": ('opened = "date"', f'{"v" * 65} = "date"', "is no name"),
    "too many values": ('opened = "date"', "\n".join(f'v{n} = "date"' for n in range(65)), "more than 64 values"),
    "documents above": ('"README.md"', '"../README.md"', "names no file or folder of the module"),
    "documents absolute": ('"README.md"', '"/etc/x.md"', "names no file or folder of the module"),
    "documents no page": ('"README.md"', '"module.toml"', "ends in .md"),
    "package undeclared here": ("packages = []", 'packages = ["jamjar"]', "need not or cannot be declared"),
    "package of Python's": ("packages = []", 'packages = ["importlib"]', "need not or cannot be declared"),
    "package no name": ("packages = []", 'packages = ["a-b"]', "need not or cannot be declared"),
    "contract a text": ("packages = []", 'contract = "A.sol"', "is no table"),
    "contract half": ("packages = []", 'contract = {source = "A.sol"}', "lacks the field artefact"),
    "contract elsewhere": ("packages = []", 'contract = {source = "../A.sol", artefact = "A.json"}', "names no file"),
    "pages hidden": ("packages = []", 'pages = ".git"', "names no file or folder of the module"),
}


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG)
def test_it_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = manifest(old, new)
    with pytest.raises(InvalidInput, match=re.escape(said)):
        parsed(text.encode())
    found = checked(tmp_path, {"module.toml": text})
    assert found.manifest is None
    assert [said in each for each in sentences(found)] == [True]


@pytest.mark.parametrize("purpose", [*sorted(REFUSED_PURPOSES), "dpv:Sanction", ""])
def test_a_purpose_is_refused(tmp_path: Path, purpose: str) -> None:
    found = checked(tmp_path, {"module.toml": manifest(PURPOSE, f'"{purpose}"')})
    assert [finding.promise for finding in found.findings] == ["P2"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"format = '\xe9'", b"#" * (1 << 15), b""])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        parsed(data)


def test_it_is_read() -> None:
    contract = 'contract = {source = "sol/Card.sol", artefact = "sol/Card.json"}\npages = "pages"\npackages = ["numpy"]'
    found = parsed(manifest("packages = []", contract).encode())
    assert (found.name, found.title, found.who) == ("library_card", "Library card", "Your organisation")
    assert found.purposes == ("dpv:RequestedServiceProvision",)
    assert dict(found.commits) == {"opened": "date", "loans": "number"}
    assert (found.documents, found.packages, found.pages) == ("README.md", ("numpy",), "pages")
    assert found.contract == ContractFiles("sol/Card.sol", "sol/Card.json")
    assert found.contract.name == "Card"


def test_values_are_named_as_in_a_set() -> None:
    found = parsed(manifest('opened = "date"', '"opened-on.1" = "date"').encode())
    assert list(NamedSet("org.example.library", dict.fromkeys(found.commits, ValueKind.DATE)).kinds) == [
        "opened-on.1",
        "loans",
    ]


def test_the_longest_name_fits_a_word() -> None:
    assert len(check_name("a" * 31).encode()) < 32
