"""Faults to seed in the contracts, each in functions of its own, so that all can be seeded at once."""

from typing import NamedTuple


class Fault(NamedTuple):
    """A text to replace in a contract, and the rows of the access table that change, with part of their new text."""

    file: str
    old: str
    new: str
    rows: dict[str, str]


OBJECTS = "_requireNone(_objectionToWithdrawal(consent, current, item.signature, msg.sender, carries));"
FAULTS = {
    "suspended by anyone": Fault(
        "ConsortiumCouncil",
        "_suspendForAWhile(uint32 member, Reason reason) private onlyCouncil",
        "_suspendForAWhile(uint32 member, Reason reason) private",
        {"Consortium.suspend": "anyone"},
    ),
    "reinstated by anyone, before it lapsed": Fault(
        "ConsortiumCouncil",
        "msg.sender == GOVERNANCE || (lapsesAt != 0 && block.timestamp >= lapsesAt),",
        "msg.sender != address(0) || (lapsesAt != 0 && block.timestamp >= lapsesAt),",
        {"Consortium.reinstate": "anyone"},
    ),
    "the council is asked for by tx.origin": Fault(
        "ConsortiumCouncil",
        "external onlyCouncil onlyKnown(member) {\n",
        "external onlyKnown(member) {\n"
        "        require(isActiveAs(_memberOf[tx.origin], COUNCIL), NotOfTheCouncil(tx.origin));\n",
        {"Consortium.proposeRecovery": "tx.origin"},
    ),
    "a recovery by another account": Fault(
        "ConsortiumCouncil",
        "recovery.account == msg.sender && msg.sender != address(0)",
        "recovery.account != address(0)",
        {"Consortium.completeRecovery": "anyone"},
    ),
    "a new function that writes": Fault(
        "ConsortiumCouncil",
        "    // ------------------------------------------------------------------ views",
        "    function forget(uint32 member) external { delete _members[member]; }",
        {"Consortium.forget": "anyone"},
    ),
    "an account that nobody offered": Fault(
        "ConsortiumMembers",
        "require(_offered[member][msg.sender], AccountNotOffered(msg.sender, member));\n",
        "\n",
        {"Consortium.acceptAccount": "anyone"},
    ),
    "a key changed by whoever started the transaction": Fault(
        "ConsortiumMembers",
        "_changeEncryptionKey(_ownMember(), encryptionKey);",
        "_changeEncryptionKey(_memberOf[tx.origin], encryptionKey);",
        {"Consortium.changeEncryptionKey": "anyone"},
    ),
    "released by any active member": Fault(
        "ConsentUses",
        "member == stored.recipient && CONSORTIUM",
        "CONSORTIUM",
        {"ConsentRegistry.release": "anyone"},
    ),
    "used without a look at the member": Fault(
        "ConsentUses",
        "if (recipient != member) return",
        "if (member == 0) return",
        {"ConsentRegistry.use": "if member == 0", "ConsentRegistry.useBatch": "if member == 0"},
    ),
    "withdrawing asks for an adviser": Fault(
        "ConsentRegistry",
        OBJECTS,
        f"require(_isAdviser(CONSORTIUM.memberOf(msg.sender)), CarrierNotActiveMember(msg.sender));\n        {OBJECTS}",
        {"ConsentRegistry.withdraw": "`IConsortium.isActiveAs`"},
    ),
    "an objection to a withdrawal is not heard": Fault(
        "ConsentRegistry",
        "if (objection.length == 0) _withdraw(consent, stored);\n            else emit",
        "_withdraw(consent, stored);\n            if (objection.length != 0) emit",
        {"ConsentRegistry.withdrawBatch": "anyone"},
    ),
    "an objection to a grant is not heard": Fault(
        "ConsentRegistry",
        "_requireNone(_objectionToGrant(asked, item.signature, _isAdviser(asked.recipient)));",
        "_objectionToGrant(asked, item.signature, _isAdviser(asked.recipient));",
        {"ConsentRegistry.grant": "| active member |"},
    ),
    "a grant that is objected to is taken": Fault(
        "ConsentRegistry",
        "if (objection.length == 0) _grant",
        "if (objection.length != 0) _grant",
        {"ConsentRegistry.grantBatch": "so it writes only when: `objection.length != 0`"},
    ),
    "a pause that says resume": Fault(
        "ConsentRegistry", "abi.encode(PAUSE_TYPE", "abi.encode(RESUME_TYPE", {"ConsentRegistry.pause": "RESUME_TYPE"}
    ),
    "a resumption that need not be in order": Fault(
        "ConsentRegistry",
        "_requireNext(consent, sequence, structHash, signature);\n        require(stored.stage",
        "_consents[consent]; require(_isSignedBy(consent, structHash, signature), NotSignedByConsent(consent));\n"
        "        require(stored.stage",
        {"ConsentRegistry.resume": "also: `ConsentNotPaused`"},
    ),
    "reconfirming changes the end": Fault(
        "ConsentRegistry",
        "stored.reconfirmBy = reconfirmBy;",
        "stored.reconfirmBy = reconfirmBy; stored.validUntil = reconfirmBy;",
        {"ConsentRegistry.reconfirm": "`_consents.validUntil`"},
    ),
    "committed without a signature": Fault(
        "CommitmentRegistry",
        "if (!_isSignedBy(consent, structHash, item.signature)) {",
        "if (structHash == 0) {",
        {"CommitmentRegistry.commit": "anyone", "CommitmentRegistry.commitBatch": "anyone"},
    ),
    "the caller is told to another contract": Fault(
        "CommitmentRegistry",
        "    mapping(address consent => Head) private _heads;",
        "    mapping(address consent => Head) private _heads;\n"
        "    function ask(IConsentRegistry other, address consent) external { other.release(consent); }",
        {"CommitmentRegistry.ask": "IConsentRegistry.release (changes state)"},
    ),
    "an acknowledgement of any advice": Fault(
        "AdviceLog",
        "abi.encode(ACKNOWLEDGE_TYPE, advice)",
        "abi.encode(ACKNOWLEDGE_TYPE, advice.consent)",
        {"AdviceLog.acknowledge": "`EIP712._hashTypedDataV4`, `item.advice.consent`"},
    ),
    "recorded by whoever started the transaction": Fault(
        "AdviceLog",
        "isRecipient(consent, msg.sender)",
        "isRecipient(consent, tx.origin)",
        {"AdviceLog.record": "anyone"},
    ),
    "a batch without a bound": Fault(
        "AdviceLog",
        "_requireBatch(items.length);\n",
        "\n",
        {"AdviceLog.acknowledgeBatch": "also: `AdviceAlreadyAcknowledged`, `AdviceUnknown`"},
    ),
}
