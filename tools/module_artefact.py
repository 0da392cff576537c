"""Builds the artefact of a module's contract, which `jamjar module check` reads, or compares it with what is built.

python -m tools.module_artefact FOLDER               writes the artefact that the module's manifest names
python -m tools.module_artefact FOLDER --compare     says whether it is what this compiler makes (exit status 1)

The compiler and its settings are the project's. `@jamjar/contracts/` stands for its interfaces, as in the npm package.
Members compare before they admit a module: an artefact says what its author wrote, and only a compiler shows it.
"""

import argparse
import json
import subprocess
from pathlib import Path
from typing import Any

from jamjar.errors import JamjarError
from jamjar.module import folder, manifest
from tools.compilation import COMPILER, ROOT, settings_of


def built(place: Path) -> tuple[Path, str]:
    """Return where a module's artefact belongs, and what is built; raises SystemExit with the compiler's errors."""
    try:
        files = folder.read(place)
        found = manifest.parsed(files.contents.get(manifest.FILE, b""))
    except JamjarError as error:
        raise SystemExit(str(error)) from None
    if found.contract is None:
        raise SystemExit(f"{place} names no contract; add [contract] to its {manifest.FILE}.")
    name, text = found.contract.name, files.text(found.contract.source)
    if text is None:
        raise SystemExit(f"{found.contract.source} is not there, or no text; write it.")
    interfaces = {f"@jamjar/contracts/{path.name}": path for path in sorted((ROOT / "interfaces").glob("*.sol"))}
    asked = {
        "language": "Solidity",
        "sources": {
            found.contract.source: {"content": text},
            **{called: {"content": path.read_text(encoding="utf-8")} for called, path in interfaces.items()},
        },
        "settings": {
            **settings_of(ROOT),
            "remappings": [],
            "outputSelection": {
                found.contract.source: {
                    name: ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"],
                    "": ["ast"],
                }
            },
        },
    }
    answer = _compiled(asked)
    contract = answer["contracts"].get(found.contract.source, {}).get(name)
    if contract is None:
        raise SystemExit(f"{found.contract.source} has no contract {name}; name the contract as its file.")
    made = {
        "abi": contract["abi"],
        "ast": answer["sources"][found.contract.source]["ast"],
        "bytecode": contract["evm"]["bytecode"]["object"],
        "deployedBytecode": contract["evm"]["deployedBytecode"]["object"],
        "source": text,
    }
    return place / found.contract.artefact, json.dumps(made, separators=(",", ":"), sort_keys=True) + "\n"


def _compiled(asked: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - the project's own compiler
        [ROOT / COMPILER, "--standard-json"], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"The compiler failed ({done.stderr.strip()[-300:]}); run make setup.")
    answer: dict[str, Any] = json.loads(done.stdout)
    if errors := [each["formattedMessage"] for each in answer.get("errors", []) if each["severity"] == "error"]:
        raise SystemExit("The contract does not compile; correct these errors:\n" + "\n".join(errors))
    return answer


def main() -> None:
    """Build, or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--compare", action="store_true")
    given = parser.parse_args()
    place, text = built(given.folder)
    if not given.compare:
        place.write_text(text, encoding="utf-8")
        print(f"{place} is built.")
    elif not place.is_file() or place.read_text(encoding="utf-8") != text:
        raise SystemExit(f"{place} is not what the compiler makes of the source; do not admit this module.")
    else:
        print(f"{place} is what the compiler makes of the source.")


if __name__ == "__main__":
    main()
