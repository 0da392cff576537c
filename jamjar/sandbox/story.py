"""The whole story, chapter by chapter: three households, two recipients, and what becomes of their consents.

The claimants are in this process, each with a vault in a file; the mailbox and the advisers are processes of their own.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.errors import OutsideScope, VerificationFailed
from jamjar.plan.entries import written
from jamjar.plan.money import format_pounds
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.households import Household
from jamjar.sandbox.members import MEMBERS, NAMES
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.network import SampleNetwork
from jamjar.sandbox.processes import NetworkProcesses, processes
from jamjar.service.refusal import Refused
from jamjar.wallet.access_log import access_log
from jamjar.wallet.mail import ClaimantMail

DEBT_ADVICE = 2
HOUSING_ADVICE = 3
WORDS = "The shortfall is real. Ask for a social tariff and a discretionary payment."


@dataclass(slots=True)
class Life:
    """One claimant in the story: household, wallet, consents, and the figures that each recipient was shown."""

    household: Household
    claimant: Claimant
    mail: ClaimantMail
    consents: dict[str, int] = field(default_factory=dict)
    shown: dict[int, dict[str, int]] = field(default_factory=dict)

    def grant(
        self, recipient: int, lines: tuple[str, ...], totals: tuple[str, ...], covered: tuple[str, ...] = ()
    ) -> str:
        """Grant a consent, and remember its recipient."""
        consent = self.claimant.grant(recipient, lines, totals, covered=covered)
        self.consents[consent] = recipient
        return consent


@contextmanager
def staged(network: SampleNetwork, narrator: Narrator) -> Iterator["Story"]:
    """Start the mailbox and the desks of a network for a story; their files are deleted afterwards."""
    with TemporaryDirectory(prefix="jamjar-story-") as folder, processes(network, Path(folder)) as opened:
        yield Story(network, opened, Path(folder), narrator)


class Story:
    """The story, played in one network; the narrator checks every sentence."""

    def __init__(self, network: SampleNetwork, services: NetworkProcesses, folder: Path, narrator: Narrator) -> None:
        self.network = network
        self.tell = narrator
        self.processes = services
        self.folder = folder
        self.connect = claimant_connections(network.deployment, services.mailbox)
        self.lives = [self._life(number, household) for number, household in enumerate(network.households(), 1)]

    def _life(self, number: int, household: Household) -> Life:
        claimant = self.network.claimant(str(self.folder / f"claimant-{number}.vault"))
        return Life(household, claimant, ClaimantMail(claimant.wallet, self.network.ledger, self.connect))

    def the_members(self) -> None:
        """Introduce the members."""
        self.tell.chapter("A private ledger, five contracts, five members")
        active = [self.network.ledger.read("Consortium", "isActive", number) for number in MEMBERS]
        self.tell.check(f"{len(active)} members are admitted, none of them a claimant", all(active))
        rows = [(str(n), name, ", ".join(roles).lower()) for n, (name, roles) in MEMBERS.items()]
        self.tell.table("Members", ("No.", "Name", "Roles"), rows)

    def budgets(self) -> None:
        """Show the budgets of the three households."""
        self.tell.chapter("Three households plan a month in jars, on their own machines")
        rows = [
            (
                life.household.name,
                format_pounds(life.household.budget.income),
                format_pounds(life.household.budget.outgoings),
                f"{format_pounds(abs(life.household.budget.balance))}"
                f" {'short' if life.household.budget.balance < 0 else 'over'}",
            )
            for life in self.lives
        ]
        self.tell.table(
            "Plans for one assessment period (spending: ONS, year ending 2018; Universal Credit 2026/27)",
            ("Household", "Income £", "Outgoings £", "Balance £"),
            rows,
        )
        short = [life.household.budget.shortfall > 0 for life in self.lives]
        self.tell.check("both households on Universal Credit are short, and it shows", short == [True, True, False])

    def a_look_under_consent(self) -> None:
        """Show a grant, a commitment, a use, verification and advice, and what is refused."""
        life, desk, ledger = self.lives[0], self.network.desks[DEBT_ADVICE], self.network.ledger
        self.tell.chapter(f"{life.household.name}: a look under consent")
        nobody = ConsentKey.generate(secrets.token_bytes).address
        self.tell.refused(
            "a use where no consent was given",
            lambda: ledger.use(nobody, b"\1" * 32, self.network.key(DEBT_ADVICE)),
            "NotTheRecipient",
        )
        consent = life.grant(DEBT_ADVICE, ("fixed.home", "fixed.utilities"), ("balance",))
        head = self.commit(life, consent, refused_first="SCHEDULED")
        self._look(life, consent, "fixed.home.rent", "balance")
        self.tell.refused(
            "a jar outside the scope", lambda: life.claimant.disclose(consent, "flexible.food.alcohol"), OutsideScope
        )
        self._no_use_no_key(life, consent)
        honest = life.claimant.disclose(consent, "fixed.home.rent")
        figures = [replace(o, value=o.value + 100) if o.name == "fixed.home.rent" else o for o in honest.openings]
        forged = replace(honest, openings=tuple(figures))
        self.tell.refused("a figure changed by a pound", lambda: desk.verify(forged), VerificationFailed)
        self._advised(life, consent, head)
        expected = [look.is_expected for look in access_log(life.claimant.wallet, ledger)]
        self.tell.check("the claimant sees every look, and expected each", expected == [True] * len(expected) != [])

    def pause_and_resume(self) -> None:
        """Show that a pause prevents the next look, and that a new commitment invalidates an old disclosure."""
        life, desk, ledger = self.lives[1], self.network.desks[HOUSING_ADVICE], self.network.ledger
        self.tell.chapter(f"{life.household.name}: paused and resumed")
        consent = life.grant(HOUSING_ADVICE, ("fixed.home", "income"), ("outgoings",), ("fixed",))
        self.commit(life, consent)
        self._look(life, consent, "fixed.home.rent", "income.benefits.universal-credit")
        life.claimant.carry(life.claimant.wallet.pause(consent))
        self.tell.refused("a use while paused", lambda: desk.use(consent), "ConsentNotLive", "PAUSED")
        life.claimant.carry(life.claimant.wallet.resume(consent))
        self.tell.check("resumed, the consent is ACTIVE", ledger.status(consent) == "ACTIVE")
        self._look(life, consent, "total.outgoings", "covers.fixed")
        old = life.claimant.disclose(consent, "total.outgoings")
        life.claimant.commit(consent, life.household.budget)
        self.tell.refused(
            "an old disclosure, after the budget was committed again", lambda: desk.verify(old), VerificationFailed
        )
        new = life.claimant.disclose(consent, "total.outgoings")
        self.tell.refused("the new one, before a use that names it", lambda: desk.verify(new), VerificationFailed)
        self._look(life, consent, "total.outgoings")

    def stale_and_reconfirmed(self) -> None:
        """Show that a consent that is not reconfirmed within 90 days is not live until it is."""
        life, desk, ledger = self.lives[2], self.network.desks[DEBT_ADVICE], self.network.ledger
        self.tell.chapter(f"{life.household.name}: stale, then reconfirmed")
        consent = life.grant(DEBT_ADVICE, (), ("income", "outgoings", "balance"))
        other = life.grant(HOUSING_ADVICE, ("fixed.home",), ())
        self.commit(life, consent)
        self.commit(life, other)
        self.tell.check("two consents of one claimant have different keys and roots", self._unlinked(consent, other))
        ends = [ledger.consent(each).valid_until % DAY for each in (consent, other)]
        self.tell.check("and end at midnight, as does whatever else is granted that day", ends == [0, 0])
        if not self.network.chain.turns:
            self.tell.left_out("what becomes of it after 91 days: this node's clock cannot be turned")
            return
        self.network.wait(91 * DAY)
        self.tell.refused("a use after 91 days", lambda: desk.use(consent), "ConsentNotLive", "STALE")
        life.claimant.carry(life.claimant.wallet.reconfirm(consent, ledger.time() + 60 * DAY))
        self._look(life, consent, "total.income", "total.outgoings", "balance")
        self.tell.check("the consent that was not reconfirmed stays stale", ledger.status(other) == "STALE")

    # ------------------------------------------------------------------ recurring steps

    def commit(self, life: Life, consent: str, refused_first: str = "") -> bytes:
        """Commit to the household's budget under a consent that has begun; return the root."""
        budget = life.household.budget
        if refused_first:
            early = life.claimant.wallet
            self.tell.refused(
                "a use before the consent begins",
                lambda: self.network.ledger.use(consent, b"\1" * 32, self.network.key(life.consents[consent])),
                "ConsentNotLive",
                refused_first,
            )
            self.tell.check("nothing is committed yet", early.head_of(consent) == bytes(32))
        self.network.wait()
        life.claimant.commit(consent, budget)
        head = self.network.ledger.head_of(consent)
        self.tell.check("the budget is committed: one root of 64 leaves", head == life.claimant.wallet.head_of(consent))
        return head

    def _look(self, life: Life, consent: str, *names: str) -> None:
        self.look(life, consent, life.mail.show(consent, names), *names)

    def look(self, life: Life, consent: str, package: bytes, *names: str) -> None:
        """Look at a package that shows the named entries, at the recipient's desk."""
        recipient = life.consents[consent]
        before = self.network.ledger.consent(consent).uses
        figures = self.processes.desks[recipient].look(package)
        self.tell.check(
            f"{NAMES[recipient]} records that it is going to look; then the mailbox gives it the key",
            self.network.ledger.consent(consent).uses == before + 1,
        )
        terms = life.claimant.wallet.stored(consent).terms
        planned = {entry.name: entry.value for entry in life.household.budget.entries(terms.covered)}
        shown = {name: figures[name] for name in names}
        listed = ", ".join(f"{name} {written(name, value)}" for name, value in shown.items())
        self.tell.check(f"is shown, and verifies: {listed}", all(planned[name] == shown[name] for name in names))
        life.shown.setdefault(recipient, {}).update(shown)

    def _no_use_no_key(self, life: Life, consent: str) -> None:
        """Ask for a key before a use is recorded, with the recipient's own account."""
        package = life.mail.show(consent, ["fixed.home.rent"])
        client = self.processes.desks[life.consents[consent]].client
        body = client.fetch(package.hex()).body
        self.tell.refused("a key, asked for before the look is on the record", lambda: client.key(body), Refused)
        life.mail.take_back(consent)

    def _advised(self, life: Life, consent: str, head: bytes) -> None:
        words = self.folder / "advice.txt"
        words.write_text(WORDS, encoding="utf-8")
        package = life.mail.show(consent, ["balance"])
        self.processes.desks[life.consents[consent]].look(package, advice=words)
        (letter,), _ = life.mail.fetch()
        self.tell.check("the advice comes back sealed, and is the one on the ledger", letter.text == WORDS)
        life.claimant.carry(life.mail.acknowledge(letter))
        stage = self.network.ledger.read("AdviceLog", "stageOf", (consent, head, letter.digest))
        self.tell.check("it is acknowledged", stage == 2)

    def _unlinked(self, one: str, other: str) -> bool:
        ledger = self.network.ledger
        return one != other and ledger.head_of(one) != ledger.head_of(other)
