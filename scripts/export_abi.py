"""Writes what the package carries of the build, `jamjar/{abi,creation_code}/*.json`; `make build` runs it.

Each contract has a file of its own in either folder, so that a commit shows which contract it changes. A file of
creation code holds it as `bytecode`, the name it has in the artifacts of Brownie and of other tools; where in the
deployed code the constructor puts immutables is in deployments/code.json.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jamjar.protocol.deployment import BESIDE, CONTRACTS

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "contracts"
PACKAGE = ROOT / "jamjar"


def abi(artifact: Mapping[str, Any]) -> str:
    """Return the ABI file of a built contract: one entry a line, so that a change is easy to read."""
    return "[\n" + ",\n".join(json.dumps(entry, sort_keys=True) for entry in artifact["abi"]) + "\n]\n"


def creation_code(artifact: Mapping[str, Any]) -> str:
    """Return the file of a built contract's creation code, in 0x-prefixed hex."""
    return json.dumps({"bytecode": "0x" + artifact["bytecode"].removeprefix("0x")}) + "\n"


def main() -> None:
    """Write the files."""
    for contract in (*CONTRACTS, *BESIDE):
        artifact = json.loads((BUILD / f"{contract}.json").read_text(encoding="utf-8"))
        for folder, text in (("abi", abi(artifact)), ("creation_code", creation_code(artifact))):
            (PACKAGE / folder).mkdir(exist_ok=True)
            (PACKAGE / folder / f"{contract}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
