"""Starts the nodes of five institutions on this machine, founds a consortium across them, and plays the story there.

python -m scripts.network [FOLDER] [--engine kaia|geth] [--plain] [--down]

The nodes go on afterwards, so that the story can be played again, or another terminal can use them; --down ends them.
Exit status: 0 only if every sentence was checked.
"""

import argparse
import secrets
import sys
import time
from pathlib import Path

from jamjar.errors import JamjarError
from jamjar.network import running
from jamjar.network.setting_up import PLAN, make, read
from jamjar.sandbox.institutions import Institutions
from jamjar.sandbox.members import MEMBERS
from jamjar.sandbox.narrator import Narrator, StoryFailed
from jamjar.sandbox.story_across import play
from jamjar.service.ports import free_port
from tools.deployer import ROOT

FOLDER = ROOT / "build" / "network"
USING = """
The nodes go on. In another terminal:
  export JAMJAR_DEPLOYMENT={record} JAMJAR_NODE={url}
  jamjar consortium status; jamjar network status {folder}
  brownie networks add live consortium host={url} chainid={chain}; brownie console --network consortium
  >>> from pathlib import Path; from jamjar.ledger import deployment_file, final_view
  >>> final_view.newest("{url}", deployment_file.read(Path("{record}")))  # what is final, at which depth
To end them: jamjar network down {folder}
"""


def start(folder: Path, engine: str) -> Institutions:
    """Make the network unless it is there, start its nodes, and return the members at them."""
    if not (folder / PLAN).exists():
        chain_id = secrets.randbelow(10**9) + 10**6  # of its own: Brownie remembers contracts by it
        now, random = int(time.time()), secrets.token_bytes
        make(
            folder,
            engine,
            validators=len(MEMBERS),
            followers=0,
            chain_id=chain_id,
            now=now,
            random=random,
            port=free_port,
        )
    plan = read(folder)
    running.up(folder, plan, [node.number for node in plan.nodes], lambda told: print(told, file=sys.stderr))
    urls = [running.url_of(node) for node in plan.nodes]
    return Institutions(folder / "consortium", dict(zip(MEMBERS, urls, strict=True)))


def main() -> int:
    """Start, play, and say how to go on."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.network", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--engine", default="kaia")
    parser.add_argument("--plain", action="store_true", help="no colour, for logs")
    parser.add_argument("--down", action="store_true", help="end the nodes afterwards")
    options = parser.parse_args()
    narrator = Narrator(options.plain)
    try:
        institutions = start(options.folder, options.engine)
        play(institutions, narrator)
        print(f"\n{narrator.checked} sentences, all checked.")
    except (JamjarError, StoryFailed) as error:
        print(f"The story failed: {error}", file=sys.stderr)
        return 1
    finally:
        if options.down and (options.folder / PLAN).exists():
            plan = read(options.folder)
            running.down(options.folder, plan, [node.number for node in plan.nodes])
    if not options.down:
        (record,) = institutions.folder.glob("[0-9]*.json")
        url, chain = institutions.nodes[1], record.stem
        print(USING.format(record=record, url=url, folder=options.folder, chain=chain))
    return 0


if __name__ == "__main__":
    sys.exit(main())
