"""Plays the whole story on a development chain; exits with 0 only if every sentence of it was checked.

python -m scripts.demo [--plain] [--network NAME]
brownie run demo [main plain]
"""

import argparse
import sys

import brownie

from jamjar.errors import JamjarError
from jamjar.event import Event
from scripts.narrator import Narrator, StoryFailed
from scripts.story import WORDS, Life, Story, knowledge
from scripts.town import MEMBERS, Town
from scripts.unreadable import search


def tell(plain: bool) -> None:
    """Play the story on the connected network; raises StoryFailed if a sentence of it is not so."""
    narrator = Narrator(plain)
    town = Town.build()
    story = Story(town, narrator)
    story.play()
    narrator.chapter("At the end")
    events = list(town.ledger.events())
    narrator.table(
        "What the chain holds, on every node: keys, salted digests, times, counters, states",
        ("Consent", "Recipient", "Status", "Records"),
        [row for life in story.lives for row in _on_chain(town, life, events)],
    )
    searched = search(town, [life.household.budget for life in story.lives], [WORDS])
    narrator.check(
        f"{sum(searched.sizes.values()):,} bytes of calldata, logs and storage searched:"
        " no amount, no jar, no purpose, no free text",
        not searched.findings and len(searched.sizes) == 4,
    )
    desks = {number: MEMBERS[number][0] for number in town.desks}
    narrator.table(
        "What each participant knows of the amounts; the operator, the sponsor and the auditor: none",
        ("Household", *desks.values(), "Claimant"),
        knowledge(story.lives, desks),
    )
    print(f"\n{narrator.checked} sentences, all checked.")


def _on_chain(town: Town, life: Life, events: list[Event]) -> list[tuple[str, ...]]:
    rows = []
    for consent, recipient in life.consents.items():
        kinds = [type(event).__name__ for event in events if getattr(event, "consent", None) == consent]
        counted = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        rows.append((f"{consent[:10]}…{consent[-4:]}", str(recipient), town.ledger.status(consent), counted))
    return rows


def main(how: str = "") -> None:
    """Play on the network that Brownie is connected to, as `brownie run demo` does."""
    tell(plain=how == "plain")


def _command() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.demo", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plain", action="store_true", help="no colour and no drawing, for logs")
    parser.add_argument("--network", default=None, help="a Brownie network (default: Ganache, started here)")
    options = parser.parse_args()
    project = brownie.project.load(".")
    project.load_config()
    try:
        brownie.network.connect(options.network)
        tell(options.plain)
    except (JamjarError, StoryFailed) as error:
        print(f"The story failed: {error}", file=sys.stderr)
        return 1
    finally:
        brownie.network.disconnect(kill_rpc=True)
    return 0


if __name__ == "__main__":
    sys.exit(_command())
