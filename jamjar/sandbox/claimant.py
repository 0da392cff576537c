"""A claimant of a sample network: a wallet, and the carrier of what it signs."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jamjar.consent.named import NamedItem
from jamjar.consent.schedule import MINUTE, Begin, schedule
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Storage, Terms
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.named_set import SetValues
from jamjar.errors import InvalidInput
from jamjar.ledger.ledger import Ledger, TransactionReceipt
from jamjar.ledger.transacting import Sender
from jamjar.plan.budget import Budget
from jamjar.plan.period import AssessmentPeriod
from jamjar.protocol.signing import SignedMessage
from jamjar.sandbox.members import NAMES
from jamjar.wallet.wallet import Wallet

NOTICE = (
    "You let {recipient} look at what is listed here, up to {uses} times, until the end date. Every look is put on "
    "the record before it happens. You can end this at any moment, without a reason, and nothing else changes."
)
"""What a claimant of the sandbox agrees to, in words."""
PERIOD = AssessmentPeriod.containing(date(2026, 11, 5), date(2026, 11, 5))
"""What its grants are about, whatever the day is."""


@dataclass(slots=True)
class Claimant:
    """A claimant's wallet, the carrier of what it signs, and how many seconds from now its grants begin."""

    wallet: Wallet
    ledger: Ledger
    carrier: Sender
    ahead: int = MINUTE

    def grant(
        self,
        recipient: int,
        lines: Iterable[str] = (),
        totals: Iterable[str] = (),
        *,
        scope: Iterable[ScopeItem | NamedItem] = (),
        covered: Iterable[str] = (),
        asked: Iterable[str] = (),
        questions: int = 0,
        uses: int = 3,
        days: int = 180,
        ahead: int | None = None,
        notice: str = NOTICE,
        about: tuple[date, date] = (PERIOD.start, PERIOD.end),
    ) -> str:
        """Let a member look at these jars and totals, and whether income covers others; return the consent.

        scope  of a set of named values (`NamedSet.scope`), in place of jars and totals
        asked  what at most so many `questions` may be about
        days   until the midnight at which the consent ends: at least 2
        ahead  seconds from now until it begins; the claimant's own unless named
        notice what is agreed to, in words, with `{recipient}` and `{uses}` where those are said
        about  the first and the last day that the values are of

        Raises InvalidInput for a member that there is not, InvalidTerms for a scope or a period that no consent may
        have, and what `Ledger.carry` raises.
        """
        if (name := NAMES.get(recipient)) is None:
            raise InvalidInput(
                f"There is no member {recipient} in the sample consortium; name one of {min(NAMES)} to {max(NAMES)}."
            )
        chosen = {Detail.LINES: lines, Detail.TOTAL: totals, Detail.COVERED: covered, Detail.THRESHOLD: asked}
        items = {*scope, *(ScopeItem(jar, what) for what, jars in chosen.items() for jar in jars)}
        terms = Terms(
            purpose="dpv:RequestedServiceProvision",
            scope=frozenset(items),
            data_from=about[0],
            data_until=about[1],
            retention_days=0,
            storage=Storage.VIEW,
            notice=notice.format(recipient=name, uses=uses),
            language="en-GB",
            recipient=recipient,
            recipient_name=name,
            questions=questions,
        )
        now = max(int(time.time()), self.ledger.time())
        times = schedule(now, days=days, begin=Begin.NOW, ahead=ahead or self.ahead)
        signed = self.wallet.grant(
            terms,
            valid_from=times.valid_from,
            valid_until=times.valid_until,
            reconfirm_by=times.reconfirm_by,
            max_uses=uses,
        )
        self.carry(signed)
        return signed.message.consent

    def commit(self, consent: str, values: Budget | SetValues) -> TransactionReceipt | None:
        """Commit to a budget, or values of a set, under a consent.

        Raises what `Wallet.carry` does, NotYet before it has begun.
        """
        return self.carry(self.wallet.commit(consent, values))

    def disclose(self, consent: str, *names: str) -> Disclosure:
        """Open the named entries for the recipient; raises OutsideScope for what the terms do not allow."""
        return self.wallet.disclose(consent, names)

    def withdraw(self, consent: str) -> TransactionReceipt | None:
        """End a consent permanently."""
        return self.carry(self.wallet.withdraw(consent))

    def acknowledge(self, disclosure: Disclosure, advice: Advice) -> TransactionReceipt | None:
        """Acknowledge advice about what was disclosed."""
        return self.carry(self.wallet.acknowledge(disclosure.consent, disclosure.root, advice.digest))

    def carry(self, signed: SignedMessage) -> TransactionReceipt | None:
        """Have the carrier carry a signed message to the ledger; None where it is there already."""
        return self.wallet.carry(signed, self.ledger, self.carrier)
