"""The chapters of the story in which members govern: a suspension that lapses, a veto, a key that is rotated."""

from jamjar.errors import InvalidInput
from jamjar.ledger.governed import read
from jamjar.ledger.own_member import OwnMember
from jamjar.ledger.proposal_words import changes_of
from jamjar.ledger.recipient_key import recipient_key
from jamjar.model.member_rules import seat_of
from jamjar.model.state import Reason
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY
from jamjar.sandbox.members import NAMES
from jamjar.sandbox.network import STRANGER
from jamjar.sandbox.story import DEBT_ADVICE, HOUSING_ADVICE, Story

OPERATOR = 1
COUNCIL = 4


def play(story: Story) -> None:
    """Play all chapters but those that a claimant plays alone, in order."""
    story.the_members()
    story.budgets()
    story.a_look_under_consent()
    story.pause_and_resume()
    withdrawn_while_the_operator_is_suspended(story)
    vetoed(story)
    rotated(story)
    story.stale_and_reconfirmed()


def withdrawn_while_the_operator_is_suspended(story: Story) -> None:
    """Show that withdrawal needs no member; nobody is suspended where the 14 days until it lapses cannot pass."""
    life, network, tell = story.lives[0], story.network, story.tell
    desk, ledger, consent = network.desks[DEBT_ADVICE], network.ledger, next(iter(life.consents))
    turns, anyone = network.chain.turns, OwnMember(ledger, network.key(STRANGER))
    while_suspended = "while the operator is suspended" if turns else "by a stranger"
    tell.chapter(f"{life.household.name}: withdrawn, {while_suspended}")
    tell.check("until now the consent is ACTIVE", ledger.status(consent) == "ACTIVE")
    if turns:
        network.member(COUNCIL).suspend(OPERATOR, Reason.KEY_STOLEN)
        tell.check(f"{NAMES[COUNCIL]}, of the council, suspended the operator at once", not _is_active(story))
        tell.refused(
            "a grant carried by the suspended operator",
            lambda: network.claimant().grant(DEBT_ADVICE, totals=["balance"]),
            "CarrierNotActiveMember",
        )
    ledger.carry(life.claimant.wallet.withdraw(consent), network.key(STRANGER))
    tell.check("a stranger carried the withdrawal", ledger.status(consent) == "WITHDRAWN")
    tell.refused("a use after that", lambda: desk.use(consent), "ConsentNotLive", "WITHDRAWN")
    if not turns:
        tell.left_out("a suspension, which lapses after 14 days: this node's clock cannot be turned")
        return
    tell.refused("ending the suspension early", lambda: anyone.reinstate(OPERATOR), "SuspensionNotLapsed")
    network.wait(14 * DAY)
    anyone.reinstate(OPERATOR)
    tell.check("nobody confirmed it in 14 days, so anyone ended it", _is_active(story))
    tell.check("permanently: the operator is back, the consent is not", ledger.status(consent) == "WITHDRAWN")


def _is_active(story: Story) -> bool:
    return bool(story.network.ledger.read("Consortium", "isActive", OPERATOR))


def vetoed(story: Story) -> None:
    """Show that a founder cannot put a member out against another's veto."""
    network, ledger, tell = story.network, story.network.ledger, story.tell
    tell.chapter("A founder proposes, a member vetoes")
    network.governance.propose(("revokeRole", Role.ADVISER.value, seat_of(DEBT_ADVICE)))
    governed = read(ledger)
    (proposal,) = governed.pending
    (change,) = changes_of(proposal.content, governed.state, ledger.deployment)
    tell.check(f"everyone sees it: {change.what}, {change.now} -> {change.then}", change.then == "no")
    early = network.governance.execute
    tell.refused("executing it at once", lambda: early(proposal.content), "TimelockUnexpectedOperationState")
    network.member(HOUSING_ADVICE).veto(proposal.id)
    if network.chain.turns:
        network.wait(8 * DAY)
    tell.refused("executing it after the veto", lambda: early(proposal.content), "TimelockUnexpectedOperationState")
    ended = read(ledger).proposals[proposal.id].vetoed
    tell.check(
        f"the record says that {NAMES[HOUSING_ADVICE]} vetoed it; {NAMES[DEBT_ADVICE]} still advises",
        ended is not None
        and ledger.member_of(ended.by) == HOUSING_ADVICE
        and bool(ledger.read("Consortium", "isActiveAs", DEBT_ADVICE, Role.ADVISER.value)),
    )


def rotated(story: Story) -> None:
    """Show that an adviser rotates its encryption key, and that nothing sealed to the old one is lost."""
    life, ledger, tell = story.lives[1], story.network.ledger, story.tell
    tell.chapter(f"{NAMES[DEBT_ADVICE]} rotates its key")
    consent = life.grant(DEBT_ADVICE, (), ("balance",))
    story.commit(life, consent)
    old, before = life.mail.show(consent, ["balance"]), recipient_key(ledger, DEBT_ADVICE)
    story.processes.desks[DEBT_ADVICE].run("key", "rotate", "--yes", group="member")
    change = recipient_key(ledger, DEBT_ADVICE)
    tell.check(
        f"the ledger names who changed it, an account of {NAMES[DEBT_ADVICE]} itself",
        change.digest != before.digest and ledger.member_of(change.by) == DEBT_ADVICE,
    )
    tell.refused(
        "sealing to the new key before the claimant agreed to it",
        lambda: life.mail.show(consent, ["balance"]),
        InvalidInput,
    )
    story.look(life, consent, old, "balance")
    story.look(life, consent, life.mail.show(consent, ["balance"], new_key=True), "balance")
