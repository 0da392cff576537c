"""A ledger with an admitter's keys, the admitter's answers, and what a wallet has of them."""

from jamjar.protocol.enrolment import EnrolmentAnswer, EnrolmentRequest
from jamjar.protocol.events import EncryptionKeyChanged, Origin
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY
from jamjar.protocol.token import begin_of
from jamjar.wallet import enrolment, spare
from jamjar.wallet.wallet import Wallet
from tests.support.tokens import ADMITTER, QUOTA, TestAdmitter
from tests.unit.wallet.scene import FakeLedger, drawn

EPOCH = 202612
BEGIN = begin_of(EPOCH)
LATE = BEGIN + 8 * DAY
ADMITTING = TestAdmitter(EPOCH)


class KeyLedger(FakeLedger):
    """Has keys for tokens besides, in the order in which they were published."""

    def __init__(self, *keys: bytes, roles: bool = True) -> None:
        super().__init__()
        self.keys, self.roles = [*keys], roles

    def events(self, name=None, consent=None):
        return [
            EncryptionKeyChanged(Origin(block, "0x", 0, "0x"), ADMITTER, bytes(32), key, "0x")
            for block, key in enumerate(self.keys, 1)
        ]

    def read(self, contract, function, *arguments):
        assert (function, arguments) == ("isActiveAs", (ADMITTER, Role.SPONSOR.value))
        return self.roles


def answer(request: EnrolmentRequest, admitting: TestAdmitter = ADMITTING) -> EnrolmentAnswer:
    signed = tuple(map(admitting.sign, request.items))
    return EnrolmentAnswer(request.admitter, request.epoch, request.key, signed)


def enrol(wallet: Wallet) -> None:
    """Have the admitter vouch for as many consents of a wallet as the quota allows."""
    request = enrolment.ask(wallet, KeyLedger(ADMITTING.key.to_bytes()), ADMITTER, LATE, drawn()).request()
    assert enrolment.keep(wallet, answer(request)) == QUOTA


def spares(wallet: Wallet) -> list[spare.Spare]:
    with wallet.vault.reading() as transaction:
        return spare.spares(transaction)
