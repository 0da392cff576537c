"""The chapter of the story in which an adviser asks about a figure that it is not shown."""

import json

from jamjar.errors import InvalidInput
from jamjar.plan.entries import PERIOD
from jamjar.sandbox.members import NAMES
from jamjar.sandbox.story import HOUSING_ADVICE, Life, Story
from jamjar.wallet.answering import outlook, send_answer
from jamjar.wallet.questions import ReceivedQuestion, received_questions

RENT = "fixed.home.rent"


def asked_without_figures(story: Story) -> None:
    """Show that an adviser learns that a rent is at least an amount, and not the rent; and what cannot be proven."""
    life, desk, ledger, tell = story.lives[0], story.processes.desks[HOUSING_ADVICE], story.network.ledger, story.tell
    wallet = life.claimant.wallet
    tell.chapter(f"{life.household.name}: asked without figures")
    consent = life.claimant.grant(HOUSING_ADVICE, asked=(RENT,), questions=2)
    life.consents[consent] = HOUSING_ADVICE
    story.commit(life, consent)
    desk.look(life.mail.show(consent, ()))
    rent = next(line.pence for line in life.household.budget.lines if line.code == RENT)

    true = _asked(story, life, consent, rent // 100 - 20)
    (told, *_) = outlook(wallet, true).told
    is_shown = (told.what, str(told.before), told.after.low) == (RENT, "nothing", true.question.statement.amount)
    tell.check(f"the claimant sees first what an answer tells: {told.what} is {told.after}", is_shown)
    package = send_answer(wallet, ledger, life.mail, true, prove=True)
    seen = json.loads(desk.run("look", package.hex(), "--json"))
    is_so = seen["proven"] is True and set(seen["figures"]) == set(PERIOD)
    tell.check(f"{NAMES[HOUSING_ADVICE]} learns that {true.question.statement}, and no figure", is_so)

    false = _asked(story, life, consent, rent // 100 + 20)
    tell.refused(
        f"proving that {false.question.statement}",
        lambda: send_answer(wallet, ledger, life.mail, false, prove=True),
        InvalidInput,
    )


def _asked(story: Story, life: Life, consent: str, pounds: int) -> ReceivedQuestion:
    """Ask whether the rent is at least so much, and return the question as it reached the claimant."""
    story.processes.desks[HOUSING_ADVICE].run("question", consent, f"{RENT} >= {pounds}")
    life.mail.fetch()
    return received_questions(life.claimant.wallet.vault)[-1]
