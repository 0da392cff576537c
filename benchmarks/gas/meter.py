"""Calls every function of the contracts once, and every batch in three sizes, and reads the gas of each.

Keys, roots and times are the same in every run, and so are the figures.
"""

from collections.abc import Callable
from typing import Any

import brownie
from web3.types import RPCEndpoint

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.calls import call_of
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw
from tools.deployer import System, deploy

START = 2_000_000_000
SIZES = (1, 10, 100)


class Meter:
    """Calls every function once, and every batch in each size, in one consortium with one adviser."""

    def __init__(self) -> None:
        self.gas: dict[str, int] = {}
        self._time = START
        self._keys = 0
        self.accounts = brownie.accounts
        self._next_block()
        self.system: System = deploy(self.accounts[0])

    def measure(self) -> dict[str, int]:
        """Return the gas of each call by its name."""
        self._consortium()
        self._singles()
        for size in SIZES:
            self._batches(size)
        self._mixed()
        self._hand_over()
        return self.gas

    def _consortium(self) -> None:
        c, admin = self.system.consortium, self.accounts[0]
        key = bytes(range(1, 33)) * 38  # 1,216 bytes, as long as an ML-KEM-768 and an X25519 key together
        self._do("admit", c.admit, 1, "Northern Node Co-operative", [c.OPERATOR()], self.accounts[1], key, by=admin)
        self._do("admit (second)", c.admit, 2, "Town Debt Advice", [c.ADVISER()], self.accounts[2], key, by=admin)
        self._do("addAccount", c.addAccount, 2, self.accounts[3], by=admin)
        self._do("removeAccount", c.removeAccount, 2, self.accounts[3], by=admin)
        self._do("changeEncryptionKey", c.changeEncryptionKey, 2, key[::-1], by=admin)
        self._do("grantRole", c.grantRole, c.AUDITOR(), c.seatOf(2), by=admin)
        self._do("revokeRole", c.revokeRole, c.AUDITOR(), c.seatOf(2), by=admin)
        self._do("suspend", c.suspend, 2, by=admin)
        self._do("reinstate", c.reinstate, 2, by=admin)

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
        self._do("withdraw", s.consents.withdraw, (at, self._signature(key, Withdraw(at))), by=stranger)
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
        withdrawn = [(k.address, self._signature(k, Withdraw(k.address))) for k in keys]
        self._batch("withdrawBatch", s.consents.withdrawBatch, withdrawn)

    def _mixed(self) -> None:
        """Measure a batch of 100 whose consents name ten recipients in turn."""
        s, c = self.system, self.system.consortium
        for number in range(10, 20):
            arguments = (number, "Advice", [c.ADVISER()], f"0x{number:040x}", bytes(32))
            self._next_block()
            c.admit(*arguments, {"from": self.accounts[0]}, silent=True)
        keys = [self._key() for _ in range(100)]
        grants = [self._grant(key, recipient=10 + place % 10) for place, key in enumerate(keys)]
        self._batch("grantBatch, ten recipients in turn", s.consents.grantBatch, grants)
        self._skip(3600)
        first, second = self._word(), self._word()
        for name, old, new in (("first", bytes(32), first), ("replacing", first, second)):
            items = [self._item(key, Commit(key.address, new, old)) for key in keys]
            self._batch(f"commitBatch, {name}, ten recipients in turn", s.commitments.commitBatch, items)

    def _hand_over(self) -> None:
        """Measure the hand-over of the administration: begun, called off, begun again, accepted, given up."""
        c, old, new = self.system.consortium, self.accounts[0], self.accounts[8]
        self._do("beginDefaultAdminTransfer", c.beginDefaultAdminTransfer, new, by=old)
        self._do("cancelDefaultAdminTransfer", c.cancelDefaultAdminTransfer, by=old)
        self._do("changeDefaultAdminDelay", c.changeDefaultAdminDelay, DAY, by=old)
        self._do("rollbackDefaultAdminDelay", c.rollbackDefaultAdminDelay, by=old)
        self._do("beginDefaultAdminTransfer (again)", c.beginDefaultAdminTransfer, new, by=old)
        self._skip(4 * DAY)
        self._do("acceptDefaultAdminTransfer", c.acceptDefaultAdminTransfer, by=new)
        self._do("beginDefaultAdminTransfer (to none)", c.beginDefaultAdminTransfer, "0x" + "0" * 40, by=new)
        self._skip(4 * DAY)
        self._do("renounceRole", c.renounceRole, bytes(32), new, by=new)

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

    def _signature(self, key: ConsentKey, message: Message) -> tuple[bytes, bytes]:
        signature = sign(key, self.system.deployment.domain_of(type(message)), message).signature
        return signature.r, signature.vs

    # ------------------------------------------------------------------ the chain, at fixed times

    def _do(self, name: str, call: Callable[..., Any], *arguments: Any, by: Any = None) -> None:
        self._next_block()
        self.gas[name] = call(*arguments, {"from": by or self.accounts[1]}, silent=True).gas_used

    def _batch(self, name: str, call: Callable[..., Any], items: list[Any], by: Any = None) -> None:
        self._do(f"{name}, each of {len(items)}", call, items, by=by)
        self.gas[f"{name}, each of {len(items)}"] //= len(items)

    def _skip(self, seconds: int) -> None:
        self._time += seconds

    def _next_block(self) -> None:
        self._time += 1
        request = RPCEndpoint("evm_setNextBlockTimestamp")
        answer = brownie.web3.provider.make_request(request, [self._time])
        if "error" in answer:
            raise RuntimeError(
                "The node is not Anvil, on which gas is measured; stop the node on its port and run this again."
            )
