"""Witnesses asked side by side: a slow one is waited for only as long as it is needed."""

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from threading import Thread
from typing import Final, Protocol

from jamjar.tlog.errors import LogError
from jamjar.tlog.note import Note, NoteSignature, Verifier
from jamjar.tlog.policy import Policy
from jamjar.tlog.tiles import Reader, TileTree
from jamjar.tlog.tree import Subtrees

GRACE: Final = 3.0
"""Seconds that the others are waited for when enough witnesses have cosigned."""


class Cosigner(Protocol):
    """A witness, as the publisher sees it."""

    verifier: Verifier

    def cosign(self, note: Note, tree: Subtrees) -> NoteSignature:
        """Return the cosignature of a signed checkpoint; raises LogError. It ends in time, whatever is answered."""


class Cosigners:
    """The witnesses of a log.

    policy  whose cosignatures are enough; None waits for every witness
    """

    def __init__(self, witnesses: Sequence[Cosigner], policy: Policy | None, grace: float = GRACE) -> None:
        self._witnesses = tuple(witnesses)
        self._policy = policy
        self._grace = grace
        self._asked: dict[Verifier, Future[NoteSignature]] = {}

    def cosign(self, note: Note, reader: Reader, size: int) -> tuple[tuple[NoteSignature, ...], tuple[str, ...]]:
        """Return cosignatures of a signed checkpoint, and why each of the other witnesses gave none.

        Each witness is asked in a thread of its own, which ends with the program. One that has not answered the last
        request yet is not asked another meanwhile.
        """
        waiting, failed = dict[Future[NoteSignature], Cosigner](), list[str]()
        for witness in self._witnesses:
            last = self._asked.get(witness.verifier)
            if last is not None and not last.done():
                failed.append(f"{witness.verifier.name} has not answered an earlier request yet; tell its operator.")
                continue
            asked = self._asked[witness.verifier] = _ask(witness, note, TileTree(reader, size))
            waiting[asked] = witness
        cosigned = dict[Verifier, NoteSignature]()
        while waiting:
            enough = self._is_enough(cosigned)
            done, _ = wait(waiting, self._grace if enough else None, return_when=FIRST_COMPLETED)
            if not done:
                break
            for each in sorted(done, key=list(waiting).index):
                witness = waiting.pop(each)
                try:
                    cosigned[witness.verifier] = each.result()
                except LogError as error:
                    failed.append(str(error))
        failed += (f"{each.verifier.name} was too slow to answer; tell its operator." for each in waiting.values())
        return tuple(cosigned[each.verifier] for each in self._witnesses if each.verifier in cosigned), tuple(failed)

    def _is_enough(self, cosigned: dict[Verifier, NoteSignature]) -> bool:
        policy = self._policy
        return policy is not None and policy.is_met({n for n, each in policy.witnesses.items() if each in cosigned})


def _ask(witness: Cosigner, note: Note, tree: Subtrees) -> Future[NoteSignature]:
    answer = Future[NoteSignature]()

    def ask() -> None:
        try:
            answer.set_result(witness.cosign(note, tree))
        except BaseException as error:  # raised again where the answer is read
            answer.set_exception(error)

    Thread(target=ask, name=witness.verifier.name, daemon=True).start()
    return answer
