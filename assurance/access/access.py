"""Reads from the contracts' code who may change what, and compares it with the reviewed docs/access.md.

.venv-proofs/bin/python -m assurance.access.access            print the differences; exit status 1 if there are any
.venv-proofs/bin/python -m assurance.access.access --write    accept the current state
"""

import argparse
import difflib
import sys

from assurance.access import access_table
from tools.compilation import ROOT
from tools.slither_project import load

DOCUMENT = ROOT / "docs" / "access.md"


def main() -> None:
    """Compare or write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="accept the current state")
    write = parser.parse_args().write
    text = access_table.text(load(ROOT))
    if write:
        DOCUMENT.write_text(text, encoding="utf-8")
        print(f"Wrote {DOCUMENT}")
        return
    reviewed = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    print(*difflib.unified_diff(reviewed.splitlines(), text.splitlines(), "reviewed", "now", lineterm=""), sep="\n")
    sys.exit(text != reviewed)


if __name__ == "__main__":
    main()
