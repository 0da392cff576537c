"""Whether a module keeps the promises, as far as its files show it: a table of what was looked at, and the findings."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jamjar.errors import InvalidInput, InvalidTerms
from jamjar.module import artefact, folder, manifest
from jamjar.module.contract_rules import contract_findings
from jamjar.module.folder import ModuleFiles
from jamjar.module.manifest import ModuleManifest
from jamjar.module.python_rules import MOST_LINES, import_findings, is_test

CHECKED: Final = {
    "Form": "the manifest, and files that are text, small, and in the folder",
    "Imports": "Python imports public names of Jamjar, its own files, what it declares",
    "Size": f"at most {MOST_LINES} lines of Python without tests, 150 of Solidity",
    "P1": "what the contract records: no text, no amount",
    "P2": "purposes: allowed ones only",
    "P3": "the contract changes nothing of others: it calls views only",
    "P4": "nothing payable, no ether, no receive or fallback",
    "P5": "pages fetch nothing from elsewhere",
    "P6": "the artefact is of the source, and its events can be decoded",
    "P7": "the contract stores no readable text",
    "P8": "the contract's code cannot change or create another",
}
"""What is looked at, by the promise that it is for."""
OF_CONTRACTS: Final = frozenset({"P1", "P3", "P4", "P6", "P7", "P8"})
"""What is looked at in a contract alone."""
READ_BY_PEOPLE: Final = (
    "P1 to P8 are the promises in docs/promises.md. No check shows what a bytes32 was made of (P1), whether the "
    "contract asks isLive before it records (P2), or whether identifiers tie people together (P5): members read that "
    "before they admit the module."
)
HEADINGS: Final = ("## What it shows", "## What it cannot show")
"""What the page of documents has to say, each under a heading of its own."""
_ELSEWHERE: Final = re.compile(
    r"""@import|["'`=]\s*(https?|wss?|ftp):(?!//www\.w3\.org/)|["'`]\s*//|[a-z]=//|[a-z]\s*=\s*["']?\s*\\\\"""
    r"""|srcset\s*=[^>]*//|(url|image-set)\(\s*["']?\s*(https?:|//)""",
    re.I,
)
"""An address elsewhere in an attribute or a quoted text, after what an attribute escapes is written out."""
_READ_AS_CODE: Final = (".py", ".sol", ".js", ".html", ".toml")


@dataclass(frozen=True, slots=True)
class ModuleFinding:
    """One thing that is wrong: under which of `CHECKED`, and a sentence with what to do."""

    promise: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckedModule:
    """What a check found.

    manifest, files  what was read; no manifest where it is not one
    code_hash        the hash over all files; None unless all could be read
    """

    manifest: ModuleManifest | None
    files: ModuleFiles
    findings: tuple[ModuleFinding, ...]
    code_hash: bytes | None

    def result(self, promise: str) -> str:
        """Return in a few words what was found for one of `CHECKED`."""
        wrong = sum(finding.promise == promise for finding in self.findings)
        if wrong or self.manifest is None:
            return f"{wrong} wrong" if wrong else "not checked"
        if promise in OF_CONTRACTS and self.manifest.contract is None:
            return "no contract"
        return "no pages" if promise == "P5" and self.manifest.pages is None else "holds"


def check(place: Path) -> CheckedModule:
    """Check the module in a folder; raises InvalidInput only where there is no folder that can be read."""
    files = folder.read(place)
    findings = [ModuleFinding("Form", sentence) for sentence in files.wrong]
    found: ModuleManifest | None = None
    try:
        if manifest.FILE not in files.contents:
            raise InvalidInput(f"{place} has no {manifest.FILE}; make a module with jamjar module new NAME.")
        found = manifest.parsed(files.contents[manifest.FILE])
    except InvalidInput as error:
        findings.append(ModuleFinding("P2" if isinstance(error, InvalidTerms) else "Form", str(error)))
    if found:
        if place.resolve().name != found.name:
            findings.append(ModuleFinding("Form", f"The folder is not named as its module; name it {found.name}."))
        findings += [
            *_signs(files),
            *_documents(found, files),
            *_python(found, files),
            *_contract(found, files),
            *_pages(found, files),
        ]
    return CheckedModule(found, files, tuple(findings), None if files.wrong else folder.code_hash(files.contents))


def _signs(files: ModuleFiles) -> Iterator[ModuleFinding]:
    """Find what editors do not show, or show elsewhere than it is (Unicode Technical Standard 55)."""
    for path in files.contents:
        text = (files.text(path) or "").replace("\r\n", "\n") if path.endswith(_READ_AS_CODE) else ""
        for each in text:
            if each not in "\t\n" and unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp"):
                yield ModuleFinding(
                    "Form", f"{path} has a sign that people cannot see (U+{ord(each):04X}); write it as an escape."
                )
                break


def _documents(found: ModuleManifest, files: ModuleFiles) -> Iterator[ModuleFinding]:
    text = files.text(found.documents)
    if text is None:
        yield ModuleFinding("Form", f"The page of documents {found.documents} is not there; write it.")
        return
    for heading in HEADINGS:
        if heading not in text.splitlines():
            yield ModuleFinding(
                "Form", f"{found.documents} has no heading {heading.strip('# ')!r}; say it, under {heading!r}."
            )


def _python(found: ModuleManifest, files: ModuleFiles) -> Iterator[ModuleFinding]:
    paths = [path for path in files.contents if path.endswith(".py")]
    texts = {path: text for path in paths if (text := files.text(path)) is not None}
    lines = sum(len(text.splitlines()) for path, text in texts.items() if not is_test(path))
    if lines > MOST_LINES:
        yield ModuleFinding(
            "Size", f"The module has {lines} lines of Python, and at most {MOST_LINES} are read; make it smaller."
        )
    if not any(map(is_test, paths)):
        yield ModuleFinding("Form", "The module has no test; write one, in a file whose name begins with test_.")
    for path, text in texts.items():
        for sentence in import_findings(path, text, found):
            yield ModuleFinding("Imports", sentence)


def _contract(found: ModuleManifest, files: ModuleFiles) -> Iterator[ModuleFinding]:
    named = found.contract
    sources = [path for path in files.contents if path.endswith(".sol")]
    if others := [path for path in sources if named is None or path != named.source]:
        yield ModuleFinding("Form", f"{others[0]} is no contract of the manifest; name it there, or remove it.")
    if named is None:
        return
    text, built = files.text(named.source), files.text(named.artefact)
    if text is None:
        yield ModuleFinding("Form", f"The contract {named.source} is not there; write it, or remove [contract].")
    elif built is None:
        yield ModuleFinding(
            "P6",
            f"The artefact {named.artefact} is not there, and without its ast no check reads Solidity; build it with "
            "python -m tools.module_artefact FOLDER in Jamjar's repository.",
        )
    else:
        try:
            for promise, sentence in contract_findings(named.name, artefact.read(built, named.artefact), text):
                yield ModuleFinding(promise, sentence)
        except InvalidInput as error:
            yield ModuleFinding("P6", str(error))


def _pages(found: ModuleManifest, files: ModuleFiles) -> Iterator[ModuleFinding]:
    if found.pages is None:
        return
    pages = [path for path in files.contents if path.startswith(f"{found.pages}/")]
    if not pages:
        yield ModuleFinding(
            "Form", f"The folder of pages {found.pages} is not there or empty; write a page, or remove pages."
        )
    for path in pages:
        if _ELSEWHERE.search(html.unescape(files.text(path) or "")):
            yield ModuleFinding(
                "P5", f"{path} fetches something from elsewhere, which tells who looks; put it into the folder."
            )
