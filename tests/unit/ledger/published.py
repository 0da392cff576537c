"""A ledger on which admitters published keys, and consents were granted."""

from dataclasses import replace

from jamjar.crypto.hashing import keccak256
from jamjar.errors import NodeUnavailable
from jamjar.protocol import token as tokens
from jamjar.protocol.events import ConsentGranted, EncryptionKeyChanged, Origin
from tests.support.tokens import ADMITTER, TestAdmitter
from tests.unit.relayer.world import DEPLOYMENT, NOW

ADMITTING = TestAdmitter(tokens.epoch_of(NOW))
KEY = ADMITTING.key
SECOND = replace(KEY, modulus=KEY.modulus + 2)


class PublishedLedger:
    """What was published and granted on it."""

    deployment = DEPLOYMENT

    def __init__(self, *keys: tuple[int, bytes]) -> None:
        self.keys, self.grants, self.active, self.asked, self.down = [*keys], [], {ADMITTER, 6}, 0, False

    def events(self, name, consent=None):
        self.asked += 1
        if self.down:
            raise NodeUnavailable("down")
        if name == "ConsentGranted":
            return [each for each in self.grants if consent in (None, each.consent)]
        return [
            EncryptionKeyChanged(Origin(block, "0x", 0, "0x"), member, keccak256(key), key, "0x")
            for block, (member, key) in enumerate(self.keys, 1)
        ]

    def read(self, contract, function, member, role):
        assert (contract, function, role) == ("Consortium", "isActiveAs", keccak256(b"SPONSOR"))
        return member in self.active

    def grant(self, signed) -> None:
        made = signed.message
        times = made.valid_from, made.valid_until, made.reconfirm_by
        self.grants.append(
            ConsentGranted(Origin(9, "0x", 0, "0x"), made.consent, 2, "0x", *times, made.max_uses, made.terms_digest)
        )
