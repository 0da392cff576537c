"""Prints what slither-mutate's operators would change in the contracts, as JSON; needs the provers' environment.

.venv-proofs/bin/python -m assurance.mutation.patches
"""

import json
import sys
from pathlib import Path

from assurance.mutation.operators import patches, where
from tools.slither_project import load

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print every patch of every contract in contracts/, by file and place."""
    found = []
    for contract in load(ROOT).contracts:
        path = Path(contract.source_mapping.filename.absolute)
        if path.parent == ROOT / "contracts":
            for operator, start, end, after in patches(contract, path.read_bytes()):
                at = {"file": path.relative_to(ROOT).as_posix(), "function": where(contract, start)}
                found.append({**at, "operator": operator, "start": start, "end": end, "after": after})
    json.dump(sorted(found, key=lambda each: (each["file"], each["start"])), sys.stdout)


if __name__ == "__main__":
    main()
