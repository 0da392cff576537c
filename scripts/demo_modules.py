"""Plays the story of each module on a sandbox consortium; exit status 0 only if every sentence was checked.

python -m scripts.demo_modules [--plain] [--node NODE] [MODULE ...]

A module's story is `play(consortium, narrator)` in its `story.py`; each begins on a consortium of its own.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

from jamjar.errors import JamjarError
from jamjar.sandbox.consortium import consortium
from jamjar.sandbox.narrator import Narrator, StoryFailed

FOLDER: Final = Path(__file__).resolve().parents[1] / "modules"


def stories() -> list[str]:
    """Return the names of the modules that have a story."""
    return sorted(path.parent.name for path in FOLDER.glob("*/story.py"))


def main() -> int:
    """Play the stories that are named, by default all."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.demo_modules",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("modules", nargs="*", choices=[[], *stories()], metavar="MODULE", help=", ".join(stories()))
    parser.add_argument("--plain", action="store_true", help="no colour and no drawing, for logs")
    parser.add_argument("--node", default="", help="anvil, ganache, pyrevm, or the address of a development node")
    options = parser.parse_args()
    narrator = Narrator(options.plain)
    for name in options.modules or stories():
        try:
            with consortium(options.node) as network:
                import_module(f"modules.{name}.story").play(network, narrator)
        except (JamjarError, StoryFailed) as error:
            print(f"The story of {name} failed: {error}", file=sys.stderr)
            return 1
    print(f"\n{narrator.checked} sentences, all checked.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
