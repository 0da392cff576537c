"""The story across institutions: written at one node, used through another, verified at a third, audited over all."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.ledger.carried import is_carried
from jamjar.ledger.finality import finality
from jamjar.ledger.governance import Governance
from jamjar.ledger.governed import read as read_governed
from jamjar.model.member_rules import seat_of
from jamjar.plan.entries import written
from jamjar.protocol.events import ConsentUsed
from jamjar.protocol.roles import Role
from jamjar.sandbox.claimant import PERIOD
from jamjar.sandbox.households import households
from jamjar.sandbox.institutions import ADVISER, AHEAD, OPERATOR, Institutions, RelayedClaimant, Services, wait_until
from jamjar.sandbox.members import MEMBERS, NAMES
from jamjar.sandbox.narrator import Narrator
from jamjar.vault.vault import Vault
from jamjar.wallet.access_log import access_log
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.wallet import Wallet

WORDS = "The shortfall is real. Ask for a social tariff and a discretionary payment."
SPARE = 2
"""Blocks that an audit leaves to the next, as not all nodes have the newest."""
VERIFIER = 3
"""The member at whose node is verified what is written at others."""


def play(institutions: Institutions, tell: Narrator) -> None:
    """Play the story; raises StoryFailed if a sentence is not true."""
    founded(institutions, tell)
    with institutions.services() as services:
        consent = Look(institutions, services, tell).play()
    governed(institutions, tell)
    audited(institutions, tell, consent)


def founded(institutions: Institutions, tell: Narrator) -> None:
    """Deploy at one node, and read the members at every node."""
    tell.chapter("Five institutions found a consortium, each at its own node")
    deployment = institutions.found()
    tell.check(f"five contracts are deployed through the node of {NAMES[1]}, on chain {deployment.chain_id}", True)
    for member in institutions.nodes:
        ledger = institutions.ledger(member)
        active = [ledger.read("Consortium", "isActive", number) for number in MEMBERS]
        tell.check(f"the node of {NAMES[member]} shows their code, and {len(active)} active members", all(active))


@dataclass(slots=True)
class Look:
    """A claimant's consent, from the grant to the withdrawal."""

    institutions: Institutions
    services: Services
    tell: Narrator

    def play(self) -> str:
        """Show a look under consent across three nodes; return the consent."""
        at, tell, household = self.institutions, self.tell, households(PERIOD)[0]
        elsewhere, there = at.ledger(VERIFIER), at.ledger(ADVISER)
        vault = Vault.create(str(at.folder / f"claimant-{secrets.token_hex(4)}.vault"), secrets.token_urlsafe(16))
        wallet, ledger = Wallet(at.found(), vault), at.ledger(OPERATOR)
        client = at.client(self.services, VERIFIER)
        claimant = RelayedClaimant(wallet, ledger, at.accounts["1"], client=client, elsewhere=elsewhere)
        mail = ClaimantMail(wallet, ledger, claimant_connections(at.found(), self.services.mailbox))

        tell.chapter(f"{household.name}: written at A, used through B, verified at C")
        consent = claimant.grant(ADVISER, ["fixed.home"], ["balance"], ahead=AHEAD)
        status = elsewhere.status(consent)
        tell.check(
            f"granted through the relayer of {NAMES[OPERATOR]}; {NAMES[VERIFIER]}'s node has it", status != "NONE"
        )
        wait_until(lambda: elsewhere.is_live(consent), "let the consent begin")
        claimant.commit(consent, household.budget)
        tell.check(
            "the budget is committed: the same root at both", elsewhere.head_of(consent) == wallet.head_of(consent)
        )
        shown = self.services.desk.look(mail.show(consent, ["fixed.home.rent", "balance"]), advice=self._advice())
        depth = finality(at.nodes[ADVISER]).depth
        planned = {entry.name: entry.value for entry in household.budget.entries()}
        names = ("fixed.home.rent", "balance")
        listed = ", ".join(f"{name} {written(name, shown[name])}" for name in names)
        tell.check(
            f"{NAMES[ADVISER]} looks through its own node; its mailbox gives the key {depth} blocks later: {listed}",
            [shown[name] for name in names] == [planned[name] for name in names],
        )
        uses = [each for each in elsewhere.events("ConsentUsed", consent) if isinstance(each, ConsentUsed)]
        tell.check(f"{NAMES[VERIFIER]}'s node has that one look on the record", [each.uses for each in uses] == [1])
        (letter,), _ = mail.fetch()
        tell.check("the advice comes back sealed", letter.text == WORDS)
        claimant.carry(mail.acknowledge(letter))
        expected = [each.is_expected for each in access_log(wallet, ledger)]
        tell.check("acknowledged; the claimant sees one look, and expected it", expected == [True])
        withdrawal = wallet.withdraw(consent)
        claimant.carry(withdrawal)
        wait_until(lambda: is_carried(withdrawal, there), "bring the withdrawal to the adviser's node")
        tell.refused(
            f"another look, at the node of {NAMES[ADVISER]}, after the withdrawal",
            lambda: there.use(consent, there.head_of(consent), at.accounts[str(ADVISER)]),
            "ConsentNotLive",
            "WITHDRAWN",
        )
        vault.close()
        return consent

    def _advice(self) -> Path:
        file = self.institutions.folder / "advice.txt"
        file.write_text(WORDS, encoding="utf-8")
        return file


def governed(institutions: Institutions, tell: Narrator) -> None:
    """Propose at one node, veto at another; suspend at a third."""
    tell.chapter("Governed at every node alike")
    ledger = institutions.ledger(OPERATOR)
    founder = Governance(ledger, institutions.accounts["founder"])
    founder.propose(("revokeRole", Role.ADVISER.value, seat_of(ADVISER)))
    elsewhere = institutions.ledger(VERIFIER)
    pending = wait_until(lambda: read_governed(elsewhere).pending, "bring a proposal to another node")
    institutions.member(VERIFIER).veto(pending[0].id)
    tell.check(f"a founder proposes at A, and {NAMES[VERIFIER]} vetoes it at C", not read_governed(elsewhere).pending)


def audited(institutions: Institutions, tell: Narrator, consent: str) -> None:
    """Audit the whole record over all nodes."""
    tell.chapter("Audited over all nodes")
    (record,) = institutions.folder.glob("[0-9]*.json")
    nodes = [word for url in institutions.nodes.values() for word in ("--node", url)]
    state = f"sqlite:///{institutions.folder / 'audit.db'}"
    deep = str(max(SPARE, finality(institutions.nodes[1]).depth))
    printed = institutions.run("audit", *nodes, "--deployment", str(record), "--state", state, "--depth", deep)
    tell.check(printed.strip().splitlines()[-1], "Sound" in printed)
    statuses = {institutions.ledger(member).status(consent) for member in institutions.nodes}
    tell.check("and at every node the consent is WITHDRAWN", statuses == {"WITHDRAWN"})
