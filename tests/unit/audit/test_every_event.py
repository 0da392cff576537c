"""audit.history judges every kind of event: none is let through for its name.

When an event of any kind stands where the rules do not let it         ImpossibleEvent
When a batch's item of any kind was rejected, and could be recorded    ImpossibleEvent
When the administration is taken twice, too early, or after its end    ImpossibleEvent
"""

import pytest

from jamjar.audit.history import ImpossibleEvent
from jamjar.model.decision import SignedBy
from jamjar.model.state import ADMINISTRATION, NOBODY, Emitted
from jamjar.protocol.event_decoding import CLASSES
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Withdraw
from tests.unit.audit.made import (
    ADMIN,
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
    "MemberSuspended": ((9, ADMIN), "MemberUnknown"),
    "MemberReinstated": ((9, ADMIN), "MemberUnknown"),
    "AccountAdded": ((9, NEXT, ADMIN), "MemberUnknown"),
    "AccountRemoved": ((1, DESK, ADMIN), "AccountNotOfMember"),
    "EncryptionKeyChanged": ((9, ROOT, b"", ADMIN), "MemberUnknown"),
    "RoleGranted": ((ADVISER, NEXT, ADMIN), "NotASeat"),
    "RoleRevoked": ((ADVISER, NEXT, NEXT), "AccessControlUnauthorizedAccount"),
    "DefaultAdminTransferScheduled": ((NEXT, NOW), "NotWhatTheRulesRecord"),
    "DefaultAdminTransferCanceled": ((), "NotWhatTheRulesRecord"),
    "DefaultAdminDelayChangeScheduled": ((9, NOW), "NotWhatTheRulesRecord"),
    "DefaultAdminDelayChangeCanceled": ((), "NotWhatTheRulesRecord"),
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


def test_the_administration():
    begun = Emitted("DefaultAdminTransferScheduled", (NEXT, NOW + 7))
    taken = Emitted("RoleRevoked", (ADMINISTRATION, ADMIN, NEXT))
    with pytest.raises(ImpossibleEvent, match="InvalidDefaultAdmin"):
        history().add(event(Emitted("RoleGranted", (ADMINISTRATION, ADMIN, ADMIN)), 77), NOW)
    with pytest.raises(ImpossibleEvent, match="EnforcedDefaultAdminDelay"):
        history(begun).add(event(taken, 77), NOW + 7)
    tried = history(begun)
    tried.add(event(taken, 77), NOW + 8)
    tried.add(event(Emitted("RoleGranted", (ADMINISTRATION, NEXT, NEXT)), 77), NOW + 8)


def test_given_up_it_is_nobodys():
    tried = history(Emitted("DefaultAdminTransferScheduled", (NOBODY, NOW + 7)))
    tried.add(event(Emitted("RoleRevoked", (ADMINISTRATION, ADMIN, ADMIN)), 77), NOW + 8)
    for told in (("DefaultAdminTransferScheduled", (NEXT, NOW + 15)), ("DefaultAdminTransferCanceled", ())):
        with pytest.raises(ImpossibleEvent, match="AccessControlUnauthorizedAccount"):
            tried.add(event(Emitted(*told), 78), NOW + 8)
