"""audit.history judges every kind of event: none is let through for its name.

When an event of any kind stands where the rules do not let it         ImpossibleEvent
When a batch's item of any kind was rejected, and could be recorded    ImpossibleEvent
"""

import pytest

from jamjar.audit.history import ImpossibleEvent
from jamjar.model.decision import SignedBy
from jamjar.model.state import NOBODY, Emitted
from jamjar.protocol.event_decoding import CLASSES
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Withdraw
from tests.unit.audit.made import (
    ADVISER,
    CARRIER,
    CONSENTS,
    DESK,
    GRANTED,
    NEXT,
    ROOTS,
    event,
    history,
)

C, OTHER, ROOT = CONSENTS[0], CONSENTS[1], ROOTS[0]
NOW = 100
IMPOSSIBLE = {
    "MemberAdmitted": ((9, "Nine", NEXT), "AccessControlUnauthorizedAccount"),
    "MemberRenamed": ((9, "Nine", NEXT), "NotAMember"),
    "MemberSuspended": ((9, 1, NOW + 14 * DAY, CARRIER), "MemberUnknown"),
    "MemberReinstated": ((9, NEXT), "MemberUnknown"),
    "AccountOffered": ((2, DESK, DESK), "AccountTaken"),
    "AccountAdded": ((9, NEXT, NEXT), "AccountNotOffered"),
    "AccountRemoved": ((1, DESK, CARRIER), "AccountNotOfMember"),
    "EncryptionKeyChanged": ((2, ROOT, b"", DESK), "EncryptionKeyLengthOutOfRange"),
    "RecoveryProposed": ((2, NEXT, NOW, CARRIER), "NotWhatTheRulesRecord"),
    "RecoveryObjected": ((2, NEXT, DESK), "RecoveryUnknown"),
    "RecoveryCompleted": ((2, NEXT), "RecoveryUnknown"),
    "RecoveryLapsed": ((2, NEXT, NEXT), "RecoveryUnknown"),
    "RoleGranted": ((ADVISER, NEXT, NEXT), "AccessControlUnauthorizedAccount"),
    "RoleRevoked": ((ADVISER, NEXT, NEXT), "AccessControlUnauthorizedAccount"),
    "CallScheduled": ((ROOT, 1, NEXT, 0, b"", bytes(32), 7 * DAY), "CallsOutOfOrder"),
    "CallSalt": ((ROOT, ROOT), "CallsOutOfOrder"),
    "CallExecuted": ((ROOT, 0, NEXT, 0, b""), "NotExecuted"),
    "Cancelled": ((ROOT,), "TimelockUnexpectedOperationState"),
    "MinDelayChange": ((7 * DAY, 0), "DelayFixed"),
    "ConsentGranted": ((OTHER, 9, CARRIER, 100, 200, 150, 1, ROOT), "RecipientNotActiveAdviser"),
    "ConsentPaused": ((C, CARRIER, 7), "SequenceMismatch"),
    "ConsentResumed": ((C, CARRIER, 7), "SequenceMismatch"),
    "ConsentReconfirmed": ((C, CARRIER, 7, 190), "SequenceMismatch"),
    "ConsentWithdrawn": ((NOBODY, CARRIER), "MessageInvalid"),
    "ConsentReleased": ((C, 2, CARRIER), "NotTheRecipient"),
    "ConsentUsed": ((C, 2, CARRIER, ROOT, 1), "NotTheRecipient"),
    "Committed": ((OTHER, CARRIER, ROOT), "ConsentNotLive"),
    "AdviceRecorded": ((C, 2, CARRIER, ROOT, ROOT), "NotTheRecipient"),
    "AdviceAcknowledged": ((C, CARRIER, ROOT, ROOT), "AdviceUnknown"),
}
RECORDED = Emitted("AdviceRecorded", (C, 2, DESK, ROOT, ROOT))
WRONGLY_REJECTED = {
    "GrantRejected": ([], Grant(C, 2, 100, 200, 150, 1, ROOT)),
    "CommitmentRejected": ([GRANTED], Commit(C, ROOT, bytes(32))),
    "WithdrawalRejected": ([GRANTED], Withdraw(C)),
    "AcknowledgementRejected": ([GRANTED, RECORDED], Acknowledge(C, ROOT, ROOT)),
}


def test_every_kind_is_here():
    unsigned = {"UseRejected"}  # its reason is not in the calldata, and it changes nothing
    assert IMPOSSIBLE.keys() | WRONGLY_REJECTED.keys() | unsigned == CLASSES.keys()


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_where_it_cannot_be(name):
    arguments, why = IMPOSSIBLE[name]
    with pytest.raises(ImpossibleEvent, match=f"{name} .*{why}"):
        history(GRANTED).add(event(Emitted(name, arguments), 77), NOW)


@pytest.mark.parametrize("name", WRONGLY_REJECTED)
def test_rejected_though_it_could_be_recorded(name):
    before, message = WRONGLY_REJECTED[name]
    rejected = event(Emitted(name, (C, CARRIER, 0, b"")), 77)
    with pytest.raises(ImpossibleEvent, match="NothingAgainstTheItem"):
        history(*before).add(rejected, NOW, SignedBy(message, C))
    history(*before).add(rejected, NOW, SignedBy(message, OTHER))  # rightly: another key signed it
