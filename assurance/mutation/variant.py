"""Compiles the contracts with changed sources into folders of artifacts, about a second each, for suites to run on.

A *variant* is a folder: {Name}.json of the five contracts ("abi", "bytecode", "deployedBytecode"), and under sources/
the contracts and interfaces they were compiled from. One compiler is kept running, since starting it costs more than
compiling, and only contracts that a change reaches are compiled again. The legacy code generator is used, which is five
times faster than that of the deployed build, and no metadata is appended, so that equal code is equal bytes.
"""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from jamjar.protocol.deployment import CONTRACTS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("contracts", "interfaces")
SETTINGS: dict[str, Any] = {
    "remappings": ["@openzeppelin=node_modules/@openzeppelin"],
    "optimizer": {"enabled": True, "runs": 1_000_000},
    "evmVersion": "paris",
    "metadata": {"appendCBOR": False},
}
IMPORT = re.compile(r'from\s+"(\.[^"]+)"')

Artifacts = dict[str, dict[str, Any]]
"""The compiled code by contract: "abi", and "bytecode" and "deployedBytecode" in hex."""


class DoesNotCompile(Exception):
    """The changed sources do not compile; the message is the compiler's first error."""


def read_sources(root: Path = ROOT) -> dict[str, str]:
    """Return the text of the project's own Solidity files, by path."""
    paths = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.sol"))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def imports(path: str, sources: Mapping[str, str]) -> set[str]:
    """Return the project's own files that a file imports, directly or not, and the file itself."""
    found: set[str] = set()
    ahead = [path]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += [_resolved(here, target) for target in IMPORT.findall(sources[here])]
    return found


def _resolved(path: str, target: str) -> str:
    parts = path.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def reached(changed: set[str], sources: Mapping[str, str]) -> tuple[str, ...]:
    """Return the contracts that changed files are part of."""
    return tuple(name for name in CONTRACTS if imports(f"contracts/{name}.sol", sources) & changed)


def fingerprint(artifacts: Artifacts) -> str:
    """Return a digest of the five contracts' creation code: variants with equal code have equal digests."""
    code = "".join(artifacts[name]["bytecode"] for name in CONTRACTS)
    return hashlib.sha256(code.encode()).hexdigest()


class Compiler:
    """A running compiler with the project's sources; close it, or use it as a context manager."""

    def __init__(self, sources: Mapping[str, str] | None = None, settings: Mapping[str, Any] = SETTINGS) -> None:
        self.sources = dict(read_sources() if sources is None else sources)
        self._settings = settings
        self._process = subprocess.Popen(  # noqa: S603 - the project's own
            ["node", str(ROOT / "tools" / "compiler.js")],  # noqa: S607 - on PATH
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            self.original = self._compile(self.sources, CONTRACTS)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Compiler":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the compiler."""
        self._process.kill()
        self._process.wait()

    def compile(self, changed: Mapping[str, str]) -> Artifacts:
        """Return the five contracts compiled with these files changed; raises DoesNotCompile."""
        sources = {**self.sources, **changed}
        return {**self.original, **self._compile(sources, reached(set(changed), sources))}

    def _compile(self, sources: Mapping[str, str], names: tuple[str, ...]) -> Artifacts:
        if not names:
            return {}
        needed: set[str] = set().union(*(imports(f"contracts/{name}.sol", sources) for name in names))
        outputs = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"]
        task = {
            "language": "Solidity",
            "sources": {path: {"content": sources[path]} for path in sorted(needed)},
            "settings": {**self._settings, "outputSelection": {f"contracts/{n}.sol": {n: outputs} for n in names}},
        }
        answer = self._ask(task)
        errors = [e["formattedMessage"] for e in answer.get("errors", []) if e["severity"] == "error"]
        if errors:
            raise DoesNotCompile(errors[0])
        compiled = {name: answer["contracts"][f"contracts/{name}.sol"][name] for name in names}
        return {
            name: {
                "abi": item["abi"],
                "bytecode": item["evm"]["bytecode"]["object"],
                "deployedBytecode": item["evm"]["deployedBytecode"]["object"],
            }
            for name, item in compiled.items()
        }

    def _ask(self, task: dict[str, Any]) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The compiler ended; run make setup, or node tools/compiler.js to see its error.")
        return json.loads(line)

    def write(self, folder: Path, artifacts: Artifacts, changed: Mapping[str, str]) -> None:
        """Write the variant that was compiled from the project with these changes to `folder`."""
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in {**self.sources, **changed}.items():
            file = folder / "sources" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for name, artifact in artifacts.items():
            (folder / f"{name}.json").write_text(json.dumps({"contractName": name, **artifact}), encoding="utf-8")
