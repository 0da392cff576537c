"""Copies the project to a folder in which suites run on a variant of the contracts.

Brownie deploys the bytecode in build/contracts, so the variant's bytecode goes there; the sources stay unchanged, so
that Brownie compiles nothing. The maps from code to sources are emptied, because they would be wrong.
"""

import json
import shutil
import socket
from pathlib import Path

from assurance.mutation.variant import ROOT
from jamjar.protocol.deployment import CONTRACTS

COPIED = (
    "contracts",
    "interfaces",
    "jamjar",
    "modules",
    "tools",
    "assurance",
    "scripts",
    "tests",
    "deployments",
    "docs",
    "packages",
    "vectors",
)
LINKED = ("node_modules", ".venv", ".venv-proofs")
BUILT = Path("build", "contracts")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.egg-info", "node_modules")


class ProjectCopy:
    """A copy of the project in a folder, made if absent, with a port of its own for its node."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not folder.exists():
            self._make(folder.with_suffix(".unfinished"))
            folder.with_suffix(".unfinished").rename(folder)
        self._take_a_port()

    def load(self, variant: Path) -> None:
        """Replace the build's code with a variant's."""
        for name in CONTRACTS:
            built = json.loads((ROOT / BUILT / f"{name}.json").read_text(encoding="utf-8"))
            other = json.loads((variant / f"{name}.json").read_text(encoding="utf-8"))
            changed = {key: other[key] for key in ("abi", "bytecode", "deployedBytecode")}
            (self.folder / BUILT / f"{name}.json").write_text(
                json.dumps({**built, **changed, "pcMap": {}, "coverageMap": {"statements": {}, "branches": {}}}),
                encoding="utf-8",
            )

    def load_sources(self, variant: Path) -> None:
        """Replace the sources with a variant's, for suites that read sources."""
        for name in ("contracts", "interfaces"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(variant / "sources" / name, self.folder / name)

    def _make(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        for name in COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=NOT_COPIED)
        for file in (each for each in ROOT.iterdir() if each.is_file()):
            shutil.copy(file, folder)
        for name in LINKED:
            (folder / name).symlink_to(ROOT / name)
        for name in ("contracts", "interfaces"):
            shutil.copytree(ROOT / "build" / name, folder / "build" / name)

    def _take_a_port(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = (ROOT / "brownie-config.yaml").read_text(encoding="utf-8")
        if config.count("port: 8546") != 1:
            raise RuntimeError("brownie-config.yaml does not run Anvil on port 8546; correct project_copy.py.")
        (self.folder / "brownie-config.yaml").write_text(
            config.replace("port: 8546", f"port: {port}"), encoding="utf-8"
        )
