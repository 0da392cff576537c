"""Writes the ABIs that the package carries, `jamjar/abi/*.json`, from the build; `make build` runs it."""

import json
from pathlib import Path

from jamjar.protocol.deployment import CONTRACTS

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "contracts"
TARGET = ROOT / "jamjar" / "abi"


def exported(contract: str) -> str:
    """Return the ABI file of a built contract: one entry a line, so that a change is easy to read."""
    abi = json.loads((BUILD / f"{contract}.json").read_text(encoding="utf-8"))["abi"]
    return "[\n" + ",\n".join(json.dumps(entry, sort_keys=True) for entry in abi) + "\n]\n"


def main() -> None:
    """Write the four files."""
    TARGET.mkdir(exist_ok=True)
    for contract in CONTRACTS:
        (TARGET / f"{contract}.json").write_text(exported(contract), encoding="utf-8")


if __name__ == "__main__":
    main()
