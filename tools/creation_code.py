"""Runs a command with the contracts' creation code in its environment, where the Solidity suites look for it.

python -m tools.creation_code COMMAND ...     JAMJAR_CONSORTIUM, JAMJAR_CONSENT_REGISTRY, ... are 0x-prefixed hex

The suites in tests/solidity deploy this code and know the contracts by their interfaces alone, so that they prove the
bytes that are deployed, and need not be compiled again when those change. JAMJAR_BUILD names another folder of Brownie
artifacts than build/contracts. `read_build` returns creation and runtime code to programs in Python.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Final

from jamjar.audit import built_code
from jamjar.audit.built_code import BuiltCode
from jamjar.protocol.deployment import CONTRACTS

ROOT: Final = Path(__file__).resolve().parent.parent
TABLE: Final = ROOT / "deployments" / "code.json"
"""The file with the code's hashes and the places of immutables, which `make layout WRITE=1` writes."""


def build_folder() -> Path:
    """Return the folder of the artifacts to use."""
    return Path(os.environ.get("JAMJAR_BUILD") or ROOT / "build" / "contracts")


def read_build(table: Path = TABLE) -> dict[str, BuiltCode]:
    """Return the five contracts as built; raises DeploymentError when they are missing, or are not the table's."""
    return built_code.read(build_folder(), table)


def variable(contract: str) -> str:
    """Return the name of the variable that holds a contract's creation code."""
    return "JAMJAR_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", contract).upper()


def creation_code(folder: Path) -> dict[str, str]:
    """Return the creation code of the five contracts by variable; raises SystemExit when they are not built."""
    try:
        artifacts = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in CONTRACTS}
    except FileNotFoundError as error:
        raise SystemExit(f"{error.filename} is missing; run make build.") from None
    return {variable(name): "0x" + artifact["bytecode"].removeprefix("0x") for name, artifact in artifacts.items()}


def main() -> None:
    """Replace this process with the command."""
    command = sys.argv[1:]
    if not command:
        raise SystemExit("No command is given; run, for example, python -m tools.creation_code forge test.")
    os.environ.update(creation_code(build_folder()))
    try:
        os.execvp(command[0], command)  # noqa: S606 - the command is the user's own
    except FileNotFoundError:
        raise SystemExit(f"{command[0]} is not on PATH; run make setup, and . tools/env.sh.") from None


if __name__ == "__main__":
    main()
