"""Calls every function of the contracts once, and every batch in three sizes, and reads the gas of each.

Keys, roots and times are the same in every run, and so are the figures.
"""

from typing import Any

from benchmarks.gas.membership_meter import FIRST_OF_TEN, MembershipMeter
from jamjar.crypto.hashing import keccak256
from jamjar.protocol.calls import call_of
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw

SIZES = (1, 10, 100)


class Meter(MembershipMeter):
    """Calls every function once, and every batch in each size; all but one batch name one adviser."""

    def __init__(self) -> None:
        super().__init__()
        self._keys = 0

    def measure(self) -> dict[str, int]:
        """Return the gas of each call by its name."""
        self._membership()
        self._singles()
        for size in SIZES:
            self._batches(size)
        self._mixed()
        return self.gas

    def _singles(self) -> None:
        s, adviser, stranger = self.system, self.accounts[2], self.accounts[9]
        key = self._key()
        root, next_root, advice = (self._word() for _ in range(3))
        at = key.address
        self._do("grant", s.consents.grant, self._grant(key))
        self._skip(3600)
        self._do("commit, first", s.commitments.commit, self._item(key, Commit(at, root, bytes(32))))
        self._do("commit, replacing", s.commitments.commit, self._item(key, Commit(at, next_root, root)))
        self._do("use", s.consents.use, (at, next_root), by=adviser)
        self._do("record", s.advice.record, (at, next_root, advice), by=adviser)
        self._do("acknowledge", s.advice.acknowledge, self._item(key, Acknowledge(at, next_root, advice)))
        self._do("pause", s.consents.pause, at, 0, self._signature(key, Pause(at, 0)))
        self._do("resume", s.consents.resume, at, 1, self._signature(key, Resume(at, 1)))
        by = self._time + 30 * DAY
        self._do("reconfirm", s.consents.reconfirm, at, 2, by, self._signature(key, Reconfirm(at, 2, by)))
        self._do("withdraw", s.consents.withdraw, self._withdrawal(key), by=stranger)
        self._do("withdraw (never granted)", s.consents.withdraw, self._withdrawal(self._key()))
        other = self._key()
        self._do("grant (released)", s.consents.grant, self._grant(other))
        self._do("release", s.consents.release, other.address, by=adviser)

    def _batches(self, size: int) -> None:
        s, adviser = self.system, self.accounts[2]
        keys = [self._key() for _ in range(size)]
        self._batch("grantBatch", s.consents.grantBatch, [self._grant(key) for key in keys])
        self._skip(3600)
        roots, next_roots, advices = ([self._word() for _ in keys] for _ in range(3))
        first = [self._item(k, Commit(k.address, r, bytes(32))) for k, r in zip(keys, roots, strict=True)]
        self._batch("commitBatch, first", s.commitments.commitBatch, first)
        pairs = zip(keys, next_roots, roots, strict=True)
        replacing = [self._item(k, Commit(k.address, r, old)) for k, r, old in pairs]
        self._batch("commitBatch, replacing", s.commitments.commitBatch, replacing)
        uses = [(k.address, r) for k, r in zip(keys, next_roots, strict=True)]
        self._batch("useBatch", s.consents.useBatch, uses, by=adviser)
        given = [(k.address, r, a) for k, r, a in zip(keys, next_roots, advices, strict=True)]
        for advice in given:
            self._next_block()
            s.advice.record(advice, {"from": adviser}, silent=True)
        acknowledged = [self._item(k, Acknowledge(*a)) for k, a in zip(keys, given, strict=True)]
        self._batch("acknowledgeBatch", s.advice.acknowledgeBatch, acknowledged)
        self._batch("withdrawBatch", s.consents.withdrawBatch, [self._withdrawal(key) for key in keys])
        unknown = [self._withdrawal(self._key()) for _ in range(size)]
        self._batch("withdrawBatch, never granted", s.consents.withdrawBatch, unknown)

    def _mixed(self) -> None:
        """Measure a batch of 100 whose consents name ten recipients in turn."""
        s = self.system
        keys = [self._key() for _ in range(100)]
        grants = [self._grant(key, recipient=FIRST_OF_TEN + place % 10) for place, key in enumerate(keys)]
        self._batch("grantBatch, ten recipients in turn", s.consents.grantBatch, grants)
        self._skip(3600)
        first, second = self._word(), self._word()
        for name, old, new in (("first", bytes(32), first), ("replacing", first, second)):
            items = [self._item(key, Commit(key.address, new, old)) for key in keys]
            self._batch(f"commitBatch, {name}, ten recipients in turn", s.commitments.commitBatch, items)

    # ------------------------------------------------------------------ signing, the same in every run

    def _key(self) -> ConsentKey:
        return ConsentKey(self._word())

    def _word(self) -> bytes:
        self._keys += 1
        return keccak256(self._keys.to_bytes(32, "big"))

    def _grant(self, key: ConsentKey, recipient: int = 2) -> tuple[Any, ...]:
        now = self._time
        message = Grant(key.address, recipient, now + 3600, now + 180 * DAY, now + 80 * DAY, 10, self._word())
        return self._item(key, message)

    def _item(self, key: ConsentKey, message: Message) -> tuple[Any, ...]:
        """Return a signed message as a batch item: fields and signature."""
        _, _, (item,) = call_of(sign(key, self.system.deployment.domain_of(type(message)), message))
        return tuple(item)

    def _withdrawal(self, key: ConsentKey) -> tuple[str, tuple[bytes, bytes]]:
        return key.address, self._signature(key, Withdraw(key.address))

    def _signature(self, key: ConsentKey, message: Message) -> tuple[bytes, bytes]:
        signature = sign(key, self.system.deployment.domain_of(type(message)), message).signature
        return signature.r, signature.vs
