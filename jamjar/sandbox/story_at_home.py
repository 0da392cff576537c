"""The chapters of the story that a claimant plays alone: a month of spending, and erasing what has ended."""

import io

from jamjar.bank.bars import bars
from jamjar.bank.rules import Rule, Rules
from jamjar.errors import InvalidInput
from jamjar.plan.plan import Plan
from jamjar.sandbox.story import HOUSING_ADVICE, Story
from jamjar.wallet.erasure import erase
from jamjar.wallet.jars import Jars

# Starling's header; the payees are made up.
STATEMENT = """Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)
06/11/2026,TOWN HOUSING ASSOCIATION,NOV,DIRECT DEBIT,-480.00,220.00
07/11/2026,CORNER GROCER,CARD,CARD PAYMENT,-1450.10,-1230.10
09/11/2026,BUS COMPANY,CARD,CONTACTLESS,-2.00,-1232.10
"""


def a_month_of_spending(story: Story) -> None:
    """Show that spending stays with the claimant."""
    life, ledger = story.lives[0], story.network.ledger
    story.tell.chapter(f"{life.household.name}: a month of spending, on their own machine")
    jars, events = Jars(life.claimant.wallet.vault), sum(1 for _ in ledger.events())
    jars.plan(Plan.of(life.household.budget))
    jars.follow(Rules((Rule("HOUSING", "fixed.home.rent"), Rule("GROCER", "flexible.food.groceries"))))
    new = [jars.read(io.BytesIO(STATEMENT.encode())).new for _ in range(2)]
    story.tell.check("a bank's file is imported; imported again, it changes nothing", new == [3, 0])
    found = jars.spending(life.household.budget.period.start)
    story.tell.show(bars(found, ascii_only=story.tell.plain))
    unmoved = sum(1 for _ in ledger.events()) == events
    story.tell.check("a jar is overspent, and the ledger has no new event", found.over > 0 and unmoved)


def erased(story: Story) -> None:
    """Show that an erased consent discloses nothing."""
    life, ledger = story.lives[0], story.network.ledger
    story.tell.chapter(f"{life.household.name}: erased")
    consent, wallet = next(iter(life.consents)), life.claimant.wallet
    other = life.grant(HOUSING_ADVICE, ("fixed.home",), ())
    story.tell.refused("erasing a consent that has not ended", lambda: erase(wallet, other, ledger), InvalidInput)
    for sentence, holds in erase(wallet, consent, ledger).tried:
        story.tell.check(sentence, holds)
    story.tell.refused(
        "showing something under it", lambda: life.claimant.disclose(consent, "fixed.home.rent"), InvalidInput
    )
