"""Builds the contracts twice, in two folders, and compares the code with each other and with what was built here.

python -m assurance.bytecode.rebuild     about a minute; exit status 1 if a single byte differs anywhere

The compiler gets the settings of brownie-config.yaml, without Brownie: the code depends on these sources and settings,
not on a machine, a path, or a build tool. What was built here is in build/contracts, or where JAMJAR_BUILD says.

Brownie passes every package in ~/.brownie/packages to the compiler, which changes only the hash at the end of the code:
if only Brownie's build differs, build again where there are no such packages.
"""

import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assurance.bytecode.code_table import OUTPUTS, codes
from jamjar.audit.built_code import BuiltCode, hash_of
from jamjar.errors import DeploymentError
from jamjar.protocol.deployment import CONTRACTS
from tools.compilation import compiled, copy_sources, settings_of
from tools.creation_code import build_folder, read_build

FOLDERS = ("a", "another/of them, with a longer name")
"""Where the contracts are built, in a temporary folder."""


def rebuilt(folder: Path) -> dict[str, BuiltCode]:
    """Copy the sources to a new folder, and return what is built there."""
    folder.mkdir(parents=True)
    copy_sources(folder)
    return codes(compiled(folder, settings_of(folder), OUTPUTS))


def differences(builds: Mapping[str, Mapping[str, BuiltCode]]) -> list[str]:
    """Return each part of a contract that is not the same in all builds."""
    return [
        f"{name}: the {part} differs between {' and '.join(builds)}."
        for name in CONTRACTS
        for part in ("creation code", "runtime code", "immutables")
        if len({str(_part(build[name], part)) for build in builds.values()}) != 1
    ]


def _part(code: BuiltCode, part: str) -> object:
    return {
        "creation code": code.creation,
        "runtime code": code.runtime,
        "immutables": sorted(code.immutables.items()),
    }[part]


def main() -> None:
    """Build, and print the hashes and the differences."""
    print(f"Building twice, in {' and '.join(map(repr, FOLDERS))} (about a minute) ...", flush=True)
    try:
        with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor() as both:
            builds = dict(zip(FOLDERS, both.map(rebuilt, (Path(place, name) for name in FOLDERS)), strict=True))
        builds[str(build_folder())] = read_build()
    except DeploymentError as error:
        raise SystemExit(str(error)) from None
    for name in CONTRACTS:
        print(f"\n{name}")
        for place, build in builds.items():
            print(f"  creation {hash_of(build[name].creation)}  runtime {build[name].hash}  {place}")
    wrong = differences(builds)
    print("\nThe same code everywhere." if not wrong else "\n" + "\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
