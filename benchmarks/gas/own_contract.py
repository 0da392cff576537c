"""Compiles a contract of benchmarks/, with the settings of brownie-config.yaml, so as Jamjar's own are optimised."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.compilation import ROOT, compiled, settings_of


@cache
def own_contract(name: str) -> tuple[list[dict[str, Any]], str]:
    """Return the ABI and the creation code of benchmarks/<name>.sol."""
    with TemporaryDirectory() as where:
        folder = Path(where)
        (folder / "contracts").symlink_to(ROOT / "benchmarks")
        (folder / "tools").symlink_to(ROOT / "tools")
        answer = compiled(folder, settings_of(ROOT), ["abi", "evm.bytecode.object"])
    contract = answer["contracts"][f"contracts/{name}.sol"][name]
    return contract["abi"], contract["evm"]["bytecode"]["object"]
