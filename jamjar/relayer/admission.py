"""The admission of messages that were decided on: within what may wait, several in one transaction.

Each is admitted or refused as if it came alone, after those before it in its group, and one that fails costs no other
anything.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from jamjar.relayer.acceptance import Acceptance, Accepted
from jamjar.relayer.item import URGENT, Item
from jamjar.relayer.queue import Queue
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.relayer.sender_quota import SenderQuota
from jamjar.relayer.settings import IntakeSettings
from jamjar.service.group import GroupCommit
from jamjar.service.refusal import Refused, refused

_Outcome = Item | BaseException | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message to admit.

    seen      the numbers of the items queued for its consent at the decision
    is_known  whether its consent is known, so that an urgent message may take the reserve
    by_hop    whether the sender is a hop
    """

    new: Accepted
    seen: frozenset[int]
    sender: str
    is_known: bool
    by_hop: bool = False

    @property
    def is_urgent(self) -> bool:
        """Whether it waits for no epoch."""
        return isinstance(self.new.signed.message, URGENT)


class Admission:
    """The admission of one relayer, safe to use from several threads; the clock gives Unix seconds."""

    def __init__(self, settings: IntakeSettings, queue: Queue, clock: Callable[[], float]) -> None:
        self._settings, self._queue, self._clock = settings, queue, clock
        self._quotas: Final = {
            (urgent, hop): SenderQuota(settings.hop_share if hop else settings.share, queue.still_open)
            for urgent in (False, True)
            for hop in (False, True)
        }
        self._group = GroupCommit(self._admit_all)

    def admit(self, candidate: Candidate) -> Item | None:
        """Return a message's item, on disk; None when it has to be decided on again. Raises Refused."""
        return self._group.do(candidate)

    def _admit_all(self, group: Sequence[Candidate]) -> Sequence[_Outcome]:
        has_begun, outcomes = False, list[_Outcome]()
        taken: dict[tuple[tuple[bool, bool], str], set[int]] = defaultdict(set)
        try:
            with self._queue.accepting() as acceptance:
                has_begun = True
                for each in group:
                    of_sender = taken[(each.is_urgent, each.by_hop), each.sender]
                    outcomes.append(self._outcome(acceptance, each, of_sender))
                    if isinstance(item := outcomes[-1], Item):
                        of_sender.add(item.number)
        except Exception as error:
            if has_begun and len(group) > 1:
                return [outcome for each in group for outcome in self._admit_all([each])]
            return [error] * len(group)
        for (quota, sender), numbers in taken.items():
            self._quotas[quota].took(sender, numbers)
        return outcomes

    def _outcome(self, acceptance: Acceptance, candidate: Candidate, taken: set[int]) -> _Outcome:
        try:
            return self._admit(acceptance, candidate, taken)
        except Refused as refusal:
            return refusal

    def _admit(self, acceptance: Acceptance, candidate: Candidate, taken: set[int]) -> Item | None:
        """Admit a message; `taken` are the numbers of the items that its group has of its sender before it."""
        new, sender, quota = candidate.new, candidate.sender, self._quotas[candidate.is_urgent, candidate.by_hop]
        most = self._settings.most + (self._settings.reserve if candidate.is_urgent and candidate.is_known else 0)
        at_once = self._settings.timing.goes_at_once(new.signed.message)
        if not at_once and new.due_at <= self._clock():  # carried at once, it would show when it came
            return None
        free = most - acceptance.at_most
        if free <= 0 or not quota.allows(sender, free, taken):  # an estimate; counting many items is slow
            free = most - acceptance.count_open()
            if free <= 0:
                raise refused(Code.FULL, "The relayer is full; send it again later, or to another relayer.")
            if not quota.allows(sender, free, taken):
                raise refused(Code.TOO_MANY, "Too many of your messages are queued here; send it again later.")
        return acceptance.accept(new, candidate.seen, most)
