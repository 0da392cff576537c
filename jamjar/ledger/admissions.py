"""Which consents a real claimant holds, as far as published tokens show: for desks before a use, and for audits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.epoch_keys import PublishedKeys, published
from jamjar.protocol import vouched
from jamjar.protocol.events import ConsentGranted
from jamjar.protocol.token import Token, epoch_of
from jamjar.protocol.token import from_json as token_from_json
from jamjar.protocol.typed_data import Grant

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Vouched:
    """A consent on the ledger, the epoch in which it begins, and why it is not vouched for, empty if it is.

    admitter  who vouches, 0 if nobody does
    month     the token's own epoch, 0 if there is no good one
    """

    consent: str
    epoch: int
    why_not: str
    admitter: int = 0
    month: int = 0


class Admissions:
    """Published tokens beside one ledger; `admitters` are the members that count, none named for all.

    What a member published stays good for those whom it vouched for, whatever becomes of the member later.
    """

    def __init__(self, ledger: Ledger, tokens: Iterable[Token], admitters: Iterable[int] = ()) -> None:
        self._ledger, wanted = ledger, set(admitters)
        self._tokens = dict[str, list[Token | None]]()
        for each in dict.fromkeys(tokens):  # lists of several relayers: a false one in one takes nothing from another
            self._tokens.setdefault(each.consent, []).append(each)
        found = published(ledger)
        keys = {place: key for place, key in found.keys.items() if not wanted or place[0] in wanted}
        self.published = PublishedKeys(keys, tuple(each for each in found.second if not wanted or each[0] in wanted))

    def all(self) -> Iterator[Vouched]:
        """Yield every consent that was granted, oldest first."""
        for event in self._ledger.events("ConsentGranted"):
            if isinstance(event, ConsentGranted):
                yield self._of(event)

    def check(self, consent: str) -> Vouched:
        """Return who vouches for a consent on the ledger; raises VerificationFailed where nobody does."""
        for event in self._ledger.events("ConsentGranted", consent):
            if isinstance(event, ConsentGranted) and event.consent == consent:
                found = self._of(event)
                if found.why_not:
                    raise VerificationFailed(f"Nobody vouches that a real claimant holds this consent. {found.why_not}")
                return found
        raise VerificationFailed(f"{consent} was never granted here; do not look at it.")

    def _of(self, event: ConsentGranted) -> Vouched:
        times = event.valid_from, event.valid_until, event.reconfirm_by
        grant = Grant(event.consent, event.recipient, *times, event.max_uses, event.terms_digest)
        why, epoch = "", epoch_of(event.valid_from)
        for token in self._tokens.get(event.consent, [None]):
            why = vouched.why_not(grant, token, self._ledger.deployment, self.published.find)
            if not why and token is not None:
                return Vouched(event.consent, epoch, "", token.admitter, token.epoch)
        return Vouched(event.consent, epoch, why)


def granted_tokens(ledger: Ledger, tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens whose consents are on the ledger: one before that would say what is going to be granted."""
    granted = {event.consent for event in ledger.events("ConsentGranted") if isinstance(event, ConsentGranted)}
    return [each for each in tokens if each.consent in granted]


def read_tokens(text: str) -> tuple[Token, ...]:
    """Read published tokens, one a line; raises InvalidInput, which names the line, for anything else."""
    found = list[Token]()
    for number, line in enumerate(text.splitlines(), 1):
        try:
            found.append(token_from_json(line))
        except InvalidInput as error:
            raise InvalidInput(f"Line {number} of the published tokens is none. {error}") from None
    return tuple(found)


def write_tokens(tokens: Iterable[Token]) -> str:
    """Return tokens as they are published: one a line, in the order of their consents, so that no time shows.

    Of several of one consent the first stays.
    """
    by_consent = {each.consent: each.to_fields() for each in reversed(tuple(tokens))}
    return "".join(f"{strict_json.dumps(by_consent[consent])}\n" for consent in sorted(by_consent))
