"""docs/privacy.md: what a thief learns from a vault's file, the mailbox's database, a node, and all three.

Given the story was lived    the table in the document is the one that the attempts give
Given one thing more         each attempt that found nothing finds what is there
Given an erased consent      no 32 bytes of what is left are its secret, though its passphrase is known
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import brownie
import pytest

from assurance.privacy.attacker import RENT, Holdings, Truth, forges, guesses, links, reads, recipients, table
from assurance.privacy.chain_bytes import Piece, chain_bytes
from jamjar.adviser.keys import encryption_key
from jamjar.consent.terms import Terms
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.network import SampleNetwork
from jamjar.sandbox.processes import processes
from jamjar.sandbox.story import WORDS, Story
from jamjar.sandbox.story_at_home import a_month_of_spending, erased
from jamjar.sandbox.story_of_members import play
from jamjar.vault.secret import CONSENT_KEY, TERMS_SALT, ConsentSecret
from jamjar.vault.vault import Vault
from jamjar.wallet.consent_keys import key_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy.md"
PRODUCED = re.compile(r"(?<=<!-- produced by assurance/privacy/attacker.py -->\n\n).*?(?=\n<!-- end -->)", re.DOTALL)
PASSPHRASE = "seven jars on a shelf"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Taken:
    """Everything that was taken, what is so, and what more is needed; of the erased consent what was before."""

    everything: Holdings
    truth: Truth
    more: dict[str, bytes]
    gone: str
    terms: Terms
    terms_digest: bytes
    before: Path

    def holdings(self) -> dict[str, Holdings]:
        return {
            "the vault's file": replace(self.everything, mailbox=None, network=None, pieces=()),
            "the mailbox's database": replace(self.everything, vault=None, network=None, pieces=()),
            "a node": replace(self.everything, vault=None, mailbox=None),
            "all three": self.everything,
            "all three and the vault's passphrase": replace(self.everything, passphrase=PASSPHRASE),
        }


@pytest.fixture(scope="module")
def taken(network: SampleNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    folder = tmp_path_factory.mktemp("network")
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setattr("secrets.token_urlsafe", lambda _: PASSPHRASE)
        yield _lived(Story(network, stack.enter_context(processes(network, folder)), folder, Narrator(True)), folder)


def _lived(story: Story, folder: Path) -> Taken:
    """Play the story; then its first claimant has an erased consent, and two others, with advice and a package left."""
    network, life = story.network, story.lives[0]
    play(story)
    a_month_of_spending(story)
    wallet, gone, ledger = life.claimant.wallet, next(iter(life.consents)), network.ledger
    terms, terms_digest, secrets = wallet.stored(gone).terms, ledger.terms_digest(gone), [wallet.secret(gone)]
    wallet.vault.backup(before := folder / "before.vault", PASSPHRASE)
    life.mail.take_back(gone)
    erased(story)
    life.grant(2, ("fixed.home",), ("balance",))
    network.wait()
    for consent in wallet.consents():
        life.claimant.commit(consent, life.household.budget)
        package = life.mail.show(consent, [RENT])
    story.processes.desks[2].look(package, advice=folder / "advice.txt")
    opening = wallet.disclose(consent, [RENT]).openings[0]
    secrets += [wallet.secret(each) for each in wallet.consents()]
    wallet.vault.close()
    (to := folder / "taken").mkdir()
    for file in (*folder.glob("claimant-1.vault*"), *folder.glob("mailbox.db*")):
        shutil.copy(file, to)
    with Vault.open(str(folder / "desk-2.vault"), PASSPHRASE) as held:
        seed = encryption_key(held).to_bytes()
    pieces = tuple(chain_bytes(brownie.web3, network.deployment.block, ledger.height()))
    owners = {consent: each.household.name for each in story.lives for consent in each.consents}
    members = {consent: member for each in story.lives for consent, member in each.consents.items()}
    hidden = [part for s in secrets for part in (s.to_bytes(), s.derive(CONSENT_KEY), s.derive(TERMS_SALT))]
    truth = Truth(
        tuple(each.household.budget for each in story.lives),
        (WORDS, terms.notice, "TOWN HOUSING ASSOCIATION", "CORNER GROCER", "BUS COMPANY"),
        (*hidden, opening.salt, seed, PASSPHRASE.encode()), owners, members, (opening.leaf, opening.value),
    )  # fmt: skip
    holdings = Holdings(network.deployment, to / "claimant-1.vault", to / "mailbox.db", network, pieces)
    more = {"seed": seed, "salt": opening.salt, "key": secrets[-1].derive(CONSENT_KEY)}
    return Taken(holdings, truth, more, gone, terms, terms_digest, before)


def test_the_table_is_what_the_attempts_give(taken: Taken) -> None:
    produced, text = table(taken.holdings(), taken.truth), DOCUMENT.read_text(encoding="utf-8")
    if "JAMJAR_WRITE" in os.environ:
        DOCUMENT.write_text(text := PRODUCED.sub(lambda _: produced, text), encoding="utf-8")
    assert PRODUCED.findall(text) == [produced], (
        "run this with JAMJAR_WRITE=1, and read what changed in docs/privacy.md"
    )


@pytest.mark.parametrize(
    ("attempt", "holding", "more"),
    [(attempt, 0, "passphrase") for attempt in (reads, guesses, recipients, links, forges)]
    + [(reads, 1, "seed"), (guesses, 2, "salt"), (forges, 2, "key")],
)
def test_one_thing_more(taken: Taken, attempt: Callable[[Holdings, Truth], str], holding: int, more: str) -> None:
    holdings = list(taken.holdings().values())[holding]
    added = {"passphrase": PASSPHRASE} if more == "passphrase" else {"known": (taken.more[more],)}
    had = replace(holdings, **added)
    assert attempt(holdings, taken.truth) == "no"
    assert attempt(had, taken.truth) != "no"


def test_finds_what_is_planted(network: SampleNetwork, taken: Taken) -> None:
    node, consents = taken.holdings()["a node"], [*taken.truth.owners]
    network.ledger.use(consents[2], taken.truth.rent[1].to_bytes(32, "big"), network.accounts[2])
    assert "an amount, as a word" in reads(node, taken.truth)
    word = bytes(4) + taken.more["salt"]
    planted = [Piece(each, "call", "", word + bytes.fromhex(each[2:])) for each in consents[:2]]
    assert links(replace(node, pieces=(*node.pieces, *planted)), taken.truth).startswith("1 pair")


def _windows(holdings: Holdings) -> set[bytes]:
    """All 32 bytes that stand anywhere in files and records, and in hex digits there."""
    held = [*holdings.files(), *holdings.inside()]
    held += [bytes.fromhex(run) for data in held for run in re.findall("(?:[0-9a-f]{2}){32,}", data.decode("latin-1"))]
    return {data[at : at + 32] for data in held for at in range(len(data) - 31)}


def test_what_was_erased_opens_to_nothing(taken: Taken) -> None:
    after = replace(taken.holdings()["the vault's file"], passphrase=PASSPHRASE)
    for holdings, opens in (after, []), (replace(after, vault=taken.before), [taken.gone]):
        secrets = [ConsentSecret(window) for window in _windows(holdings)]
        found = [s for s in secrets if taken.terms.digest(s.derive(TERMS_SALT)) == taken.terms_digest]
        print(f"{len(secrets):,} windows tried")
        assert [key_of(s).address for s in found] == opens
