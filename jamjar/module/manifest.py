"""A module's manifest (TOML 1.0): who offers it, for which purposes, what it commits, which files it has."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from jamjar.consent.named import NAME_RULE, ValueKind, is_name
from jamjar.consent.purpose import check_purpose
from jamjar.consent.whole_scope import MOST_NAMES
from jamjar.errors import InvalidInput

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FORMAT: Final = "jamjar.module.1"
FILE: Final = "module.toml"
KINDS: Final = tuple(kind.value for kind in ValueKind)
"""What a committed value can be, as in a set: a whole number, a date, or one line of text."""
_NEEDED: Final = ("format", "name", "title", "who", "purposes", "commits", "documents")
_KNOWN: Final = (*_NEEDED, "packages", "contract", "pages")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")
_PATH: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_RESERVED: Final = frozenset({"jamjar", "modules", "tests"})
_LONGEST: Final = 80
_LARGEST: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class ContractFiles:
    """The Solidity file of a module's contract, and the artefact that was built of it: paths in the module's folder."""

    source: str
    artefact: str

    @property
    def name(self) -> str:
        """The contract's name, which its file has too."""
        return self.source.rpartition("/")[2].removesuffix(".sol")


@dataclass(frozen=True, slots=True)
class ModuleManifest:
    """A manifest; `parsed` makes one of a text.

    name       at most 31 of a-z, 0-9 and _, beginning with a letter: the folder's, the Python package's, the registry's
    commits    the kind of each value that it commits, by the value's name; empty if it commits nothing
    documents  the Markdown page about it; a path in its folder, as `pages`, a folder, and those of the contract
    packages   the Python packages that it imports beside the standard library and Jamjar's public modules
    """

    name: str
    title: str
    who: str
    purposes: tuple[str, ...]
    commits: Mapping[str, str]
    documents: str
    packages: tuple[str, ...] = ()
    contract: ContractFiles | None = None
    pages: str | None = None


def parsed(data: bytes) -> ModuleManifest:
    """Return the manifest in a TOML file's content; raises InvalidInput, InvalidTerms for a purpose, otherwise."""
    if len(data) > _LARGEST:
        raise InvalidInput(f"{FILE} is larger than {_LARGEST // 1024} KiB; leave out what is no part of a manifest.")
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise InvalidInput(f"{FILE} is not UTF-8 text; save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidInput(f"{FILE} is not TOML: {error}; correct it, and name each field once.") from None
    _check_fields(found, FILE, _NEEDED, _KNOWN)
    if found["format"] != FORMAT:
        raise InvalidInput(f'{FILE} has an unknown format; this version reads "{FORMAT}".')
    return ModuleManifest(
        check_name(found["name"]),
        _line(found, "title"),
        _line(found, "who"),
        _purposes(found),
        _commits(found["commits"]),
        _path(found, "documents", ".md"),
        _packages(found.get("packages", [])),
        _contract(found["contract"]) if "contract" in found else None,
        _path(found, "pages", "") if "pages" in found else None,
    )


def check_name(name: object) -> str:
    """Return a module's name if it is one; raises InvalidInput otherwise."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InvalidInput("The module's name is no name; write at most 31 of a-z, 0-9 and _, and begin with a letter.")
    if keyword.iskeyword(name) or name in _RESERVED or name in sys.stdlib_module_names or name.startswith("test_"):
        raise InvalidInput(f"The name {name} means something else in Python or here; choose another.")
    return name


def _purposes(found: Mapping[str, Any]) -> tuple[str, ...]:
    purposes = _list_of_texts(found["purposes"], "purposes")
    if not purposes:
        raise InvalidInput(f'The field purposes in {FILE} is empty; name at least one, such as "dpv:CustomerCare".')
    return tuple(map(check_purpose, purposes))


def _commits(table: Any) -> Mapping[str, str]:
    if not isinstance(table, dict):
        raise InvalidInput(f'The field commits in {FILE} is no table; write name = "number" lines below [commits].')
    if len(table) > MOST_NAMES:
        raise InvalidInput(f"{FILE} commits more than {MOST_NAMES} values; leave some out.")
    for name, kind in table.items():
        if not is_name(name):
            raise InvalidInput(f"A name below [commits] is no name ({name[:20]!r}); write {NAME_RULE}.")
        if kind not in KINDS:
            raise InvalidInput(f"The value {name} below [commits] has an unknown kind; choose {', '.join(KINDS)}.")
    return MappingProxyType(table)


def _packages(value: Any) -> tuple[str, ...]:
    packages = _list_of_texts(value, "packages")
    for each in packages:
        if not each.isidentifier() or each in _RESERVED or each in sys.stdlib_module_names:
            raise InvalidInput(f"The package {each[:40]!r} need not or cannot be declared; name it as it is imported.")
    return packages


def _contract(table: Any) -> ContractFiles:
    if not isinstance(table, dict):
        raise InvalidInput(f"The field contract in {FILE} is no table; write source and artefact below [contract].")
    _check_fields(table, "The table contract", ("source", "artefact"), ("source", "artefact"))
    return ContractFiles(_path(table, "source", ".sol"), _path(table, "artefact", ".json"))


def _check_fields(table: Mapping[str, Any], where: str, needed: tuple[str, ...], known: tuple[str, ...]) -> None:
    if unknown := [name for name in table if name not in known]:
        raise InvalidInput(f"{where} has the unknown field {unknown[0][:40]!r}; the fields are {', '.join(known)}.")
    if missing := [name for name in needed if name not in table]:
        raise InvalidInput(f"{where} lacks the field {missing[0]}; add it, as in docs/modules.md.")


def _line(found: Mapping[str, Any], field: str) -> str:
    text = found[field]
    if not isinstance(text, str) or not text.isprintable() or not text.strip() or len(text) > _LONGEST:
        raise InvalidInput(
            f"The field {field} in {FILE} is no line of text; write 1 to {_LONGEST} printable characters."
        )
    return text


def _list_of_texts(value: Any, field: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InvalidInput(f'The field {field} in {FILE} is no list of texts; write ["...", "..."].')
    if len(set(value)) != len(value):
        raise InvalidInput(f"The field {field} in {FILE} names something twice; name each once.")
    return tuple(value)


def _path(found: Mapping[str, Any], field: str, kind: str) -> str:
    path = found[field]
    if not isinstance(path, str) or not _PATH.fullmatch(path) or not path.endswith(kind):
        ending = f" that ends in {kind}" if kind else ""
        raise InvalidInput(f"The field {field} names no file or folder of the module; write a path in it{ending}.")
    return path
