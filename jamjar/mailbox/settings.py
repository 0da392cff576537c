"""How one mailbox is run."""

from dataclasses import dataclass

from jamjar.errors import InvalidInput
from jamjar.protocol.typed_data import Domain


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """How one mailbox is run; raises InvalidInput for what cannot work.

    audience        its own name, which every request names: its URL, say
    registry        the domain of the CommitmentRegistry whose consents it serves
    depth           how many blocks must stand on a use before it gives a key
    window          how many seconds a request may be off
    packages_each, packages_member, packages_most  how many are kept, of a consent, for a recipient and in all
    replies_each, replies_member, replies_most  how many replies are kept, of a consent, of a recipient and in all
    reply_days      how long a reply is kept when nobody fetches it
    spent_days      how long the uses of an ended consent that gave a key are remembered
    burst, per_second  how many requests a signer may make at once, and goes on to make
    """

    audience: str
    registry: Domain
    depth: int = 6
    window: int = 60
    packages_each: int = 8
    packages_member: int = 2_500
    packages_most: int = 10_000
    replies_each: int = 32
    replies_member: int = 2_500
    replies_most: int = 10_000
    reply_days: int = 90
    spent_days: int = 30
    burst: int = 60
    per_second: float = 1.0

    def __post_init__(self) -> None:
        if not self.audience or not self.audience.isprintable():
            raise InvalidInput("A mailbox has a name of its own; give the URL that it is reached under.")
        packages = (self.packages_each, self.packages_member, self.packages_most)
        replies = (self.replies_each, self.replies_member, self.replies_most)
        if (
            self.depth < 0
            or min(*packages, *replies, self.window, self.reply_days, self.spent_days, self.burst) < 1
            or self.per_second <= 0
        ):
            raise InvalidInput("The limits of a mailbox are at least 1, its depth at least 0; correct them.")
