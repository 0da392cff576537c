"""Plays the whole story through one node; exit status 0 only if every sentence was checked.

python -m scripts.demo [--plain] [--network NAME | --node URL]
brownie run demo [main plain]
"""

import argparse
import sys

from brownie.network.main import connect, disconnect
from brownie.project.main import load

from assurance.privacy.plaintext_scan import search
from jamjar.errors import JamjarError
from jamjar.plan.entries import written
from jamjar.sandbox.members import NAMES
from jamjar.sandbox.narrator import Narrator, StoryFailed
from jamjar.sandbox.network import SampleNetwork
from jamjar.sandbox.story import WORDS, Life, staged
from jamjar.sandbox.story_at_home import a_month_of_spending, erased
from jamjar.sandbox.story_of_members import play
from jamjar.sandbox.story_of_questions import asked_without_figures
from jamjar.sandbox.story_of_tokens import vouched_for
from tools import patience, sample_network


def tell(plain: bool, network: SampleNetwork) -> None:
    """Play the story on a network; raises StoryFailed if a sentence is not true."""
    narrator = Narrator(plain)
    with staged(network, narrator) as story:
        for chapter in (play, asked_without_figures, vouched_for, a_month_of_spending, erased):
            chapter(story)
    narrator.chapter("At the end")
    searched = search(network, [life.household.budget for life in story.lives], [WORDS])
    narrator.check(
        f"{sum(searched.sizes.values()):,} bytes of calldata, logs {'and storage ' * network.chain.turns}searched:"
        " no amount, no jar, no purpose, no free text",
        not searched.findings and len(searched.sizes) == 3 + network.chain.turns,
    )
    narrator.table(
        "What the chain holds, and what each participant knows of the amounts",
        ("Household", "On the chain: every node, whoever runs it", *map(NAMES.__getitem__, network.desks), "Claimant"),
        [_known(network, life) for life in story.lives],
    )
    print(f"\n{narrator.checked} sentences, all checked.")


def _known(network: SampleNetwork, life: Life) -> tuple[str, ...]:
    """Return a row: the household, what every node holds, what each adviser was shown, what the claimant holds."""
    shown = (life.shown.get(number, {}) for number in network.desks)
    return (
        life.household.name,
        "\n".join(_on_chain(network, consent) for consent in life.consents),
        *("\n".join(f"{name} {written(name, value)}" for name, value in of.items()) or "nothing" for of in shown),
        f"all {len(life.household.budget.entries())} entries",
    )


def _on_chain(network: SampleNetwork, consent: str) -> str:
    ledger, state = network.ledger, network.ledger.consent(consent)
    head, status = _short(f"0x{ledger.head_of(consent).hex()}"), ledger.status(consent)
    return f"{_short(consent)} to {state.recipient}: {status}, uses {state.uses} of {state.max_uses}, head {head}"


def _short(digits: str) -> str:
    return f"{digits[:6]}..{digits[-4:]}"


def main(how: str = "") -> None:
    """Play on the network that Brownie is connected to; `brownie run demo` calls this."""
    tell(how == "plain", sample_network.build())


def _command() -> int:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m scripts.demo", description=__doc__, formatter_class=form)
    parser.add_argument("--plain", action="store_true", help="no colour and no drawing, for logs")
    parser.add_argument("--network", help="a Brownie network (default: Ganache, started here)")
    parser.add_argument("--node", help="any node: a development node, or one of a network without fees")
    options = parser.parse_args()
    try:
        tell(options.plain, SampleNetwork.at(options.node)) if options.node else _on_brownie(options)
    except (JamjarError, StoryFailed) as error:
        print(f"The story failed: {error}", file=sys.stderr)
        return 1
    return 0


def _on_brownie(options: argparse.Namespace) -> None:
    load(".").load_config()
    try:
        connect(options.network)
        patience.be_patient()
        tell(options.plain, sample_network.build())
    finally:
        disconnect(kill_rpc=True)


if __name__ == "__main__":
    sys.exit(_command())
