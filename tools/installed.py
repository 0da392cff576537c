"""Looks at the package as it is installed for the Python that runs this, which is started outside the checkout.

python -I tools/installed.py [--complete]

Prints what it found. A traceback, and exit status 1, when a file that the package carries, or a module of it, cannot be
read; but modules that only commands of extras or the sandbox use may lack their packages, unless the installation is to
be complete; and the plugin of pytest is read without pytest.
"""

import pkgutil
import sys
from importlib import import_module, metadata, resources
from pathlib import Path

import jamjar
from jamjar.cli.extras import EXTRAS
from jamjar.consent.schema import schema
from jamjar.protocol.abi import abi_of, creation_code
from jamjar.protocol.deployment import CONTRACTS


def lacking(allowed: frozenset[str]) -> list[str]:
    """Import every module; return those that lack one of the allowed packages."""
    found = []
    for module in pkgutil.walk_packages(jamjar.__path__, "jamjar."):
        try:
            import_module(module.name)
        except ModuleNotFoundError as error:
            if error.name not in allowed:
                raise
            found.append(module.name)
    return found


def main() -> None:
    """Read what the package carries, and import all of it."""
    assert Path(jamjar.__file__).is_relative_to(sys.prefix), f"{jamjar.__file__} is not what was installed"
    assert metadata.version("jamjar") == jamjar.__version__
    assert resources.files("jamjar").joinpath("py.typed").is_file()
    for contract in CONTRACTS:
        print(f"{contract}: ABI of {len(abi_of(contract))} entries, {len(creation_code(contract))} bytes to create it")
    for kind in ("record", "receipt"):
        print(f"The schema of a consent {kind}: {schema(kind)['$id']}")
    allowed = frozenset({"pytest"})
    if "--complete" not in sys.argv:
        allowed = allowed.union({"pyrevm"}, *EXTRAS.values())
    print(f"Modules that lack the packages of an extra: {', '.join(lacking(allowed)) or 'none'}")


if __name__ == "__main__":
    main()
