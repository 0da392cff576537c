"""Packs `@jamjar/contracts` into dist/: the interfaces, the ABIs, and the addresses of the deployments at hand.

python -m scripts.npm_package [FOLDER]     prints the file's path; FOLDER is dist/ unless one is given

The interfaces are this checkout's, but for the compiler: they ask for 0.8.30 here, for that or a later 0.8 there.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jamjar import __version__
from jamjar.ledger import deployment_file

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "packages" / "contracts"
PRAGMA = "pragma solidity 0.8.30;"


def fill(folder: Path) -> None:
    """Write what the package holds into a folder that exists; raises DeploymentError for a record that is not one."""
    shutil.copytree(PACKAGE, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "jamjar" / "abi", folder / "abi")
    shutil.copy(ROOT / "LICENSE", folder)
    for path in sorted((ROOT / "interfaces").glob("*.sol")):
        text = path.read_text(encoding="utf-8")
        assert text.count(PRAGMA) == 1, path
        (folder / path.name).write_text(text.replace(PRAGMA, "pragma solidity ^0.8.30;"), encoding="utf-8")
    (folder / "addresses.json").write_text(json.dumps(addresses(ROOT / "deployments"), indent=2) + "\n", "utf-8")


def addresses(folder: Path) -> dict[str, dict[str, str]]:
    """Return the addresses of a folder's deployments, by chain id and contract."""
    records = [deployment_file.read(path) for path in folder.glob("*.json") if path.stem.isdecimal()]
    return {
        str(record.chain_id): {name: contract.address for name, contract in record.contracts().items()}
        for record in sorted(records, key=lambda record: record.chain_id)
    }


def pack(destination: Path) -> Path:
    """Pack into a folder that exists, and return the path of the package."""
    with tempfile.TemporaryDirectory() as temporary:
        fill(Path(temporary))
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", destination], cwd=temporary, check=True)  # noqa: S603, S607
    return destination / f"jamjar-contracts-{__version__}.tgz"


def main() -> None:
    """Pack, and print where."""
    destination = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    destination.mkdir(exist_ok=True)
    print(pack(destination.resolve()))


if __name__ == "__main__":
    main()
