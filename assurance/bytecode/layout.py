"""Prints the contracts' storage layout and sizes, and compares them with the reviewed docs/storage.md.

python -m assurance.bytecode.layout            print, and compare with the build; exit status 1 if anything differs
python -m assurance.bytecode.layout --write    compile again (a minute), write docs/storage.md and deployments/code.json
"""

import argparse
import difflib
import sys
from pathlib import Path

from assurance.bytecode import code_table, storage_table
from jamjar.errors import DeploymentError
from tools.compilation import ROOT, compiled, settings_of
from tools.creation_code import TABLE, read_build

DOCUMENT = ROOT / "docs" / "storage.md"


def checked() -> tuple[str, list[str]]:
    """Return what docs/storage.md should say, and what is wrong."""
    built = read_build()
    output = compiled(ROOT, settings_of(ROOT), ["storageLayout"])
    text = storage_table.text(output, built)
    wrong = storage_table.faults(output, built)
    for name, code in built.items():
        if {at for places in code.immutables.values() for at in places} != code_table.zero_words(code.runtime):
            wrong.append(f"{name}: deployments/code.json has its immutables in other places; run this with --write.")
    reviewed = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    change = difflib.unified_diff(reviewed.splitlines(), text.splitlines(), "reviewed", "now", lineterm="", n=0)
    return text, wrong + list(change)


def write(document: Path = DOCUMENT, table: Path = TABLE) -> None:
    """Accept the current state."""
    output = compiled(ROOT, settings_of(ROOT), ["storageLayout", *code_table.OUTPUTS])
    built = code_table.codes(output)
    if wrong := storage_table.faults(output, built):
        raise SystemExit("\n".join(wrong))
    document.write_text(storage_table.text(output, built), encoding="utf-8")
    table.write_text(code_table.text(built), encoding="utf-8")
    read_build(table)  # raises an error unless what was written is what is built
    print(f"Wrote {document} and {table}")


def main() -> None:
    """Compare or write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="accept the current state")
    options = parser.parse_args()
    try:
        if options.write:
            write()
            return
        text, wrong = checked()
    except DeploymentError as error:
        raise SystemExit(str(error)) from None
    print(text)
    print(*wrong, sep="\n", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
