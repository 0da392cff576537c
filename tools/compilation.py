"""Compiles the contracts of a project folder with solc alone, through its standard JSON, as Brownie does.

The settings are those of brownie-config.yaml, so that the code is the same; `make rebuild` checks that it is.
"""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMPILER: Final = Path("tools", "solcx", "solc-v0.8.30")
REMAPPINGS: Final = ["@openzeppelin=node_modules/@openzeppelin"]


def settings_of(folder: Path) -> dict[str, Any]:
    """Return the compiler settings of brownie-config.yaml, in the form of standard JSON."""
    import yaml  # noqa: PLC0415 - not in the provers' environment, which needs syntax trees only

    solc = yaml.safe_load((folder / "brownie-config.yaml").read_text(encoding="utf-8"))["compiler"]["solc"]
    if f"solc-v{solc['version']}" != COMPILER.name:
        raise SystemExit(
            f"brownie-config.yaml names solc {solc['version']}, but the compiler is {COMPILER}; make them agree."
        )
    return {
        "evmVersion": solc["evm_version"],
        "optimizer": solc["optimizer"],
        "remappings": solc["remappings"],
        "viaIR": solc["viaIR"],
    }


def compiled(folder: Path, settings: dict[str, Any], outputs: Sequence[str]) -> dict[str, Any]:
    """Return the compiler's output for everything in contracts/ and interfaces/; raises SystemExit with its errors.

    outputs  the outputs for each contract, such as "storageLayout"; each file's syntax tree is always included
    """
    sources = {
        path.relative_to(folder).as_posix(): {"content": path.read_text(encoding="utf-8")}
        for kind in ("contracts", "interfaces")
        for path in sorted((folder / kind).rglob("*.sol"))
    }
    asked = {
        "language": "Solidity",
        "sources": sources,
        "settings": {**settings, "outputSelection": {"*": {"*": list(outputs), "": ["ast"]}}},
    }
    compiler = folder / COMPILER
    if not compiler.exists():
        raise SystemExit(f"{compiler} is missing; run this in the project's folder.")
    done = subprocess.run(  # noqa: S603 - the project's own compiler
        [compiler, "--standard-json"], input=json.dumps(asked), capture_output=True, text=True, check=False, cwd=folder
    )
    if done.returncode != 0:
        raise SystemExit(f"The compiler failed ({done.stderr.strip()[-300:]}); run make setup.")
    answer: dict[str, Any] = json.loads(done.stdout)
    errors = [each["formattedMessage"] for each in answer.get("errors", []) if each["severity"] == "error"]
    if errors:
        raise SystemExit("The contracts do not compile; correct these errors:\n" + "\n".join(errors))
    return answer


def copy_sources(folder: Path) -> Path:
    """Copy the sources and the compiler to an empty folder, and return the folder."""
    for name in ("contracts", "interfaces", COMPILER.parent.as_posix()):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "brownie-config.yaml", folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder
