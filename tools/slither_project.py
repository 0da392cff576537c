"""Loads the contracts into Slither with the project's own compiler, without downloading or writing anything."""

import os
from pathlib import Path
from typing import Any

from crytic_compile import CryticCompile
from crytic_compile.compilation_unit import CompilationUnit
from crytic_compile.compiler.compiler import CompilerVersion
from crytic_compile.platform.solc_standard_json import SolcStandardJson, parse_standard_json_output
from slither import Slither

from tools.compilation import COMPILER, REMAPPINGS, compiled

NO_CODE = {"object": "", "sourceMap": ""}


class _Parsed(SolcStandardJson):  # type: ignore[misc]  # crytic-compile is not in mypy's environment
    """The compiler's output for a folder, in crytic-compile's form, without generated code."""

    def __init__(self, folder: Path) -> None:
        super().__init__({})
        self._folder = folder

    def compile(self, crytic_compile: CryticCompile, **_: Any) -> None:
        unit = CompilationUnit(crytic_compile, "jamjar")
        unit.compiler_version = CompilerVersion("solc", COMPILER.name.removeprefix("solc-v"), optimized=True)
        output = compiled(self._folder, {"remappings": REMAPPINGS}, ["abi"])
        for contracts in output["contracts"].values():
            for contract in contracts.values():
                contract["evm"] = {"bytecode": NO_CODE, "deployedBytecode": NO_CODE}
        parse_standard_json_output(output, unit, str(self._folder))


def load(folder: Path) -> Slither:
    """Return Slither with the contracts and interfaces of a project folder."""
    started_in = Path.cwd()
    os.chdir(folder)  # Slither reads sources by paths relative to the working directory
    try:
        return Slither(CryticCompile(_Parsed(folder)))
    finally:
        os.chdir(started_in)
