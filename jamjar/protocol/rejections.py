"""The custom errors by which the contracts refuse a call: decoding, and advice on each."""

from collections.abc import Mapping
from typing import Final

from eth_abi.abi import decode as abi_decode
from eth_abi.exceptions import DecodingError

from jamjar.errors import Rejected
from jamjar.protocol.abi import ERROR, Entry, by_selector, type_of
from jamjar.protocol.address import checksum_address

ADVICE: Final[Mapping[str, str]] = {
    # Consortium
    "AccessControlBadConfirmation": "The account is not the caller; name the calling account itself.",
    "AccessControlUnauthorizedAccount": "The account has no such role; propose the change to the governance.",
    "AccountIsOwn": "An account does not remove itself; remove it from another account of the member.",
    "AccountNotOffered": "The member does not offer this account to act for it; have the member offer it first.",
    "AccountNotOfMember": "The account neither acts for this member nor is offered to; check the account.",
    "AccountTaken": "The account acts for a member already, or is zero; choose a fresh one.",
    "EncryptionKeyLengthOutOfRange": "The key has a wrong length; give the whole public key in its suite's encoding.",
    "MemberNotActive": "The member is suspended already, and takes no name; wait until it is reinstated.",
    "MemberNotSuspended": "The member is not suspended; no call is needed.",
    "MemberNumberTaken": "The number is 0 or was used before; choose another.",
    "MemberUnknown": "No member has this number; admit the member first.",
    "NameLengthOutOfRange": "The name is empty or too long; give one of a length in the range.",
    "NameNotUtf8": "The name is not well-formed UTF-8; give it as text.",
    "NameTaken": "The name is or was another member's; choose another.",
    "NotAMember": "The account acts for no member; call from an account of the member.",
    "NotASeat": "The address is not a member's seat; take it from seatOf(member).",
    "NotOfTheCouncil": "The account acts for no active member of the council; call from one that does.",
    "ReasonMissing": "A suspension has a reason; give one.",
    "RecoveryNotLapsed": "The recovery can still be completed; try again after the time given.",
    "RecoveryNotReady": "The member can still object, or the time to complete is over; call between the times given.",
    "RecoveryUnknown": "No such recovery is proposed; have the council propose it.",
    "RoleUnknown": "The role is unknown; choose SPONSOR, ADVISER, AUDITOR, OPERATOR or COUNCIL.",
    "SuspendedLately": "The council suspended the member not long ago; propose it to the governance.",
    "SuspensionNotLapsed": "The suspension has not lapsed; wait for the time given, or propose it to the governance.",
    "TooManyRoles": "There are more roles than exist; name each role once.",
    # Governance
    "DelayFixed": "The delay of a proposal is that of the deployment; deploy anew for another.",
    "EtherRefused": "The governance takes no ether; send the call without.",
    "FailedCall": "What the proposal calls failed without saying why; check its target and its data.",
    "ProposalEmpty": "The proposal has no call; name at least one.",
    "RoleFixed": "Of the governance's roles only that of founders, PROPOSER_ROLE, is granted and revoked; choose it.",
    "TimelockInsufficientDelay": "The delay is too short; give at least the governance's.",
    "TimelockInvalidOperationLength": "The lists of the proposal differ in length; give one value and call a target.",
    "TimelockUnexecutedPredecessor": "Another proposal comes first; execute that one.",
    "TimelockUnexpectedOperationState": "The proposal is unknown, vetoed, executed or not ready; see its state.",
    # signatures and batches
    "BatchSizeOutOfRange": "The batch is empty or too large; split it.",
    "NotSignedByConsent": "Another key signed this; sign it with the consent's own key, for this chain and contract.",
    # ConsentRegistry
    "CarrierNotActiveMember": "The carrier is not an active member; have one carry it.",
    "CommitmentZero": "The commitment is zero; name the one to look at.",
    "ConsentExhausted": "All uses are spent; ask the claimant for a new consent.",
    "ConsentExists": "The consent exists already; generate a fresh key, as each consent has its own.",
    "ConsentNotLive": "The consent is not live, or its recipient is no active adviser; wait, or ask the claimant.",
    "ConsentNotOpen": "The consent has ended or was never granted; grant a new one.",
    "ConsentNotPaused": "The consent is not paused; no call is needed.",
    "DeploymentInvalid": "An address, limit or delay is wrong; deploy by `jamjar consortium init`.",
    "MaxUsesOutOfRange": "The number of uses is out of range; choose one in the range given.",
    "NotTheRecipient": "The account is not the recipient's; call from an account of the consent's recipient.",
    "RecipientNotActiveAdviser": "The recipient is not an active adviser; choose one that is.",
    "ReconfirmByOutOfRange": "The time of reconfirmation is out of range; choose one in the range given.",
    "SequenceExhausted": "The consent can take no further change but its end; withdraw it and grant a new one.",
    "SequenceMismatch": "The sequence is not the expected one; sign again with that.",
    "TermsDigestZero": "The digest of the terms is zero; sign the real one.",
    "ValidityOutOfRange": "The start or the end is out of range; sign again with times in the range given.",
    # CommitmentRegistry
    "HeadMismatch": "The head is not the one that is replaced; sign again with the head given.",
    "RootUnchanged": "The root is the head already; no call is needed.",
    "RootZero": "The root is zero; sign the root of a commitment.",
    # AdviceLog
    "AdviceAlreadyAcknowledged": "The advice is acknowledged already; no call is needed.",
    "AdviceExists": "The advice is on the record already; no call is needed.",
    "AdviceIncomplete": "The commitment or the digest of the advice is zero; give both.",
    "AdviceUnknown": "No such advice is on the record; check the consent, the commitment and the digest.",
    # OpenZeppelin's, unreachable in these contracts but in their ABIs
    "InvalidShortString": "The contracts cannot raise this error; report it.",
    "StringTooLong": "The contracts cannot raise this error; report it.",
    "TimelockUnauthorizedCaller": "The contracts cannot raise this error; report it.",
}
"""By the name of a custom error, one sentence: what is wrong; what to do."""
STATUSES: Final = (
    "NONE",
    "SCHEDULED",
    "ACTIVE",
    "PAUSED",
    "STALE",
    "EXHAUSTED",
    "EXPIRED",
    "RELEASED",
    "WITHDRAWN",
)
"""The statuses of a consent, in the order of IConsentRegistry.Status."""


def decode(data: bytes) -> Rejected:
    """Return the rejection that revert data, or the reason of a rejected batch item, encodes.

    Data that is no error of these contracts becomes a Rejected named `Unknown`, with the data in hex.
    """
    entry = by_selector(ERROR).get(data[:4])
    if entry is None:
        return Rejected(
            "Unknown", (f"0x{data.hex()}",), "No contract of ours has this error; check the address called."
        )
    try:
        values = abi_decode([type_of(argument) for argument in entry["inputs"]], data[4:])
    except (DecodingError, UnicodeDecodeError, ArithmeticError):
        return Rejected("Unknown", (f"0x{data.hex()}",), "The arguments are cut short or garbled; ask another node.")
    shown = tuple(_shown(a, v) for a, v in zip(entry["inputs"], values, strict=True))
    return Rejected(entry["name"], shown, ADVICE[entry["name"]])


def _shown(argument: Entry, value: object) -> object:
    if argument["name"] == "status" and isinstance(value, int):
        return STATUSES[value] if value < len(STATUSES) else value
    if argument["type"] == "address":
        return checksum_address(bytes.fromhex(str(value)[2:]))
    return f"0x{value.hex()}" if isinstance(value, bytes) else value
