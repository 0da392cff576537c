"""The contracts' code as this checkout built it; what a deployment makes of it says `jamjar.audit.built_code`.

Which places in the code are whose immutables is in deployments/code.json (`make layout WRITE=1`).
"""

from pathlib import Path
from typing import Final

from jamjar.audit import built_code
from jamjar.audit.built_code import FORMAT, WORD, BuiltCode, hash_of, immutable_values
from tools.compilation import ROOT

__all__ = ["FORMAT", "TABLE", "WORD", "BuiltCode", "hash_of", "immutable_values", "read"]

TABLE: Final = ROOT / "deployments" / "code.json"


def read(folder: Path, table: Path = TABLE) -> dict[str, BuiltCode]:
    """Return the four contracts as built in a folder of artifacts; raises DeploymentError as there."""
    return built_code.read(folder, table)
