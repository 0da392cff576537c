"""The example in docs/modules.md runs, from the consent to the proof, and is no longer than a module's may be."""

import re
from pathlib import Path
from typing import Any

from jamjar.model.state import Consent
from jamjar.wallet.mail import ClaimantMail
from tests.unit.adviser.scene import Desk
from tests.unit.wallet.asking_scene import AskingDesk
from tests.unit.wallet.scene import TERMS, TIMES

DOCUMENT = Path(__file__).parents[3] / "docs" / "modules.md"
SECTION = DOCUMENT.read_text(encoding="utf-8").partition("## A set of named values\n")[2]
CODE = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[0]


class ExampleDesk(AskingDesk):
    """A desk that asks about the consent that the example makes, and has looked at nothing yet."""

    def __init__(self, example: dict[str, Any]) -> None:
        Desk.__init__(self, TERMS)
        self.consent = example["agree"](self.claimant, TERMS, TIMES | {"max_uses": 3})
        digest = self.claimant.stored(self.consent).terms.digest(self.claimant.terms_salt(self.consent))
        self.ledger.terms_digest = lambda consent: digest
        self.ledger.consent = lambda consent: Consent(recipient=TERMS.recipient, uses=self.uses(), max_uses=9)
        self.letters = ClaimantMail(self.claimant, self.ledger, self.mailbox)

    def use(self) -> None:
        self.ledger.use(self.consent, self.claimant.head_of(self.consent))


def test_it_runs() -> None:
    example: dict[str, Any] = {}
    exec(compile(CODE, str(DOCUMENT), "exec"), example)  # noqa: S102 - the document's own code
    desk = ExampleDesk(example)
    desk.use()
    assert example["look"](desk.mail, desk.letters, desk.consent, lambda _: True) == "O'Brien"
    example["ask"](desk.mail, desk.consent)
    desk.deliver()
    package = example["answer"](desk.claimant, desk.ledger, desk.letters).hex()
    assert desk.look(package).is_proven
    assert CODE.count("\n") <= 40
