"""What a contract says when it refuses: its custom errors, decoded, each with advice on what to do next."""

from collections.abc import Mapping
from typing import Final

from eth_abi.abi import decode as abi_decode
from eth_abi.exceptions import DecodingError

from jamjar.errors import Rejected
from jamjar.protocol.abi import ERROR, Entry, by_selector, type_of
from jamjar.protocol.address import checksum_address

ADVICE: Final[Mapping[str, str]] = {
    # Consortium
    "AccessControlBadConfirmation": "name the calling account itself to give up a role",
    "AccessControlEnforcedDefaultAdminDelay": "the delay of the hand-over has not passed; try after the time given",
    "AccessControlEnforcedDefaultAdminRules": "hand the administration over with beginDefaultAdminTransfer",
    "AccessControlInvalidDefaultAdmin": "this account is not, or cannot be, the administrator",
    "AccessControlUnauthorizedAccount": "only the administrator does this; ask it to",
    "AccountNotOfMember": "the account does not act for this member; check the member's number",
    "AccountTaken": "the account acts for a member already, or is zero; use a fresh one",
    "EncryptionKeyLengthOutOfRange": "give the whole public key in its suite's encoding",
    "MemberNotActive": "the member is suspended already",
    "MemberNotSuspended": "the member is not suspended",
    "MemberNumberTaken": "choose a number that was never used, and not 0",
    "MemberUnknown": "no member has this number; admit it first",
    "NameLengthOutOfRange": "shorten the name, or give one",
    "NotASeat": "roles are held by a member's seat; take the address from seatOf(member)",
    "RoleUnknown": "the roles are SPONSOR, ADVISER, AUDITOR and OPERATOR",
    "SafeCastOverflowedUintDowncast": "the number is too large",
    "TooManyRoles": "name each role once",
    # signatures and batches
    "BatchSizeOutOfRange": "split the batch",
    "NotSignedByConsent": "have the consent's own key sign exactly this, for this chain and contract",
    # ConsentRegistry
    "CarrierNotActiveMember": "have an active member carry the grant",
    "CommitmentZero": "name the commitment that will be looked at",
    "ConsentExhausted": "all uses are spent; ask the claimant for a new consent",
    "ConsentExists": "make a fresh key: each consent has its own",
    "ConsentNotLive": "wait, ask the claimant, or stop; if ACTIVE or EXHAUSTED, its recipient is no active adviser",
    "ConsentNotOpen": "it has ended or was never granted; nothing can be done to it",
    "ConsentNotPaused": "nothing to do: it is not paused",
    "DeploymentInvalid": "deploy the contracts in order, with limits above zero",
    "MaxUsesOutOfRange": "choose a number of uses in the range given",
    "NotTheRecipient": "only an account of the consent's recipient does this",
    "RecipientNotActiveAdviser": "choose a recipient that is an active adviser",
    "ReconfirmByOutOfRange": "choose a time in the range given",
    "SequenceMismatch": "sign again with the expected sequence",
    "TermsDigestZero": "sign the digest of the terms",
    "ValidityOutOfRange": "choose a start and an end in the range given; a late grant must be signed again",
    # CommitmentRegistry
    "HeadMismatch": "sign again, replacing the head given",
    "RootUnchanged": "nothing to do: this is the head",
    "RootZero": "sign the root of a commitment",
    # AdviceLog
    "AdviceAlreadyAcknowledged": "nothing to do: it is acknowledged",
    "AdviceExists": "nothing to do: it is on the record",
    "AdviceIncomplete": "give the digest of the advice and the commitment it is about",
    "AdviceUnknown": "no such advice is on the record; check consent, commitment and digest",
    # OpenZeppelin's, unreachable in these contracts but in their ABIs
    "FailedCall": "report this: the contracts should never say it",
    "InvalidShortString": "report this: the contracts should never say it",
    "StringTooLong": "report this: the contracts should never say it",
}
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
    """Return the rejection that revert data, or the reason of a rejected batch item, stands for.

    Data that is no error of ours becomes a Rejected named `Unknown`, with the data in hex.
    """
    entry = by_selector(ERROR).get(data[:4])
    if entry is None:
        return Rejected("Unknown", (f"0x{data.hex()}",), "no contract of ours says this; check the address called")
    try:
        values = abi_decode([type_of(argument) for argument in entry["inputs"]], data[4:])
    except (DecodingError, UnicodeDecodeError, ArithmeticError):
        return Rejected("Unknown", (f"0x{data.hex()}",), "its arguments are cut short or garbled; ask another node")
    shown = tuple(_shown(a, v) for a, v in zip(entry["inputs"], values, strict=True))
    return Rejected(entry["name"], shown, ADVICE[entry["name"]])


def _shown(argument: Entry, value: object) -> object:
    if argument["name"] == "status" and isinstance(value, int):
        return STATUSES[value] if value < len(STATUSES) else value
    if argument["type"] == "address":
        return checksum_address(bytes.fromhex(str(value)[2:]))
    return f"0x{value.hex()}" if isinstance(value, bytes) else value
