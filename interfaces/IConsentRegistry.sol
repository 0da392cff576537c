// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentSigned} from "./IConsentSigned.sol";

/// @title The life of a consent.
/// @notice A claimant's wallet makes a fresh key for every consent; the key's address names the consent and its
/// signatures are the claimant's only authority. A consent lets one recipient look at what is committed under it,
/// so often and so long as the claimant said, and not a block longer than the claimant wants.
/// @dev Times are seconds as in `block.timestamp`. Boundaries belong to the consent: it runs from `validFrom` up to
/// and including `validUntil`, and goes stale after `reconfirmBy`. Errors are listed in the order they are checked in.
/// Warning: times are the validators' to set, within what consensus lets them: do not read them as exact to the second.
interface IConsentRegistry is IConsentSigned {
    /// @notice Where a consent stands, the first that applies:
    /// NONE - never granted;
    /// WITHDRAWN - ended by its claimant, for ever;
    /// RELEASED - given up by its recipient, for ever;
    /// EXPIRED - past `validUntil`, for ever;
    /// PAUSED - suspended by its claimant, until resumed;
    /// SCHEDULED - before `validFrom`;
    /// STALE - past `reconfirmBy`, until reconfirmed;
    /// EXHAUSTED - all uses are spent: no further look, but what was looked at may still be acted upon;
    /// ACTIVE - none of these.
    enum Status {
        NONE,
        SCHEDULED,
        ACTIVE,
        PAUSED,
        STALE,
        EXHAUSTED,
        EXPIRED,
        RELEASED,
        WITHDRAWN
    }

    /// @notice What a claimant did last to a consent, or its recipient by release: the part of a status that is stored:
    /// NONE - nothing; GRANTED - granted or resumed; PAUSED, RELEASED, WITHDRAWN - just that.
    enum Stage {
        NONE,
        GRANTED,
        PAUSED,
        RELEASED,
        WITHDRAWN
    }

    /// @notice A consent as stored, in one slot.
    /// @param recipient The member who may look; 0 when withdrawn before it was granted.
    /// @param validFrom First second it runs.
    /// @param validUntil Last second it runs.
    /// @param reconfirmBy Last second before it goes stale.
    /// @param sequence How many pauses, resumptions and reconfirmations there were; the next must name it.
    /// @param maxUses How often the recipient may look.
    /// @param uses How often it has.
    /// @param stage What was done to it last.
    struct Consent {
        uint32 recipient;
        uint40 validFrom;
        uint40 validUntil;
        uint40 reconfirmBy;
        uint32 sequence;
        uint16 maxUses;
        uint16 uses;
        Stage stage;
    }

    /// @notice What no consent can exceed; fixed at deployment.
    /// @param longestValidity Seconds from the block of the grant to `validUntil`, at most.
    /// @param longestReconfirmation Seconds from the block of a grant or reconfirmation to `reconfirmBy`, at most.
    /// @param mostUses `maxUses`, at most.
    struct Limits {
        uint32 longestValidity;
        uint32 longestReconfirmation;
        uint16 mostUses;
    }

    /// @notice What a claimant signs to grant a consent; EIP-712 type `Grant`.
    /// @param consent The address of the consent's fresh key, which signs.
    /// @param recipient The number of the member who may look.
    /// @param validFrom From when; also the last moment the grant can be carried. As `reconfirmBy` comes after it, it
    /// is no further ahead than the longest time between reconfirmations.
    /// @param validUntil Until when.
    /// @param reconfirmBy By when the claimant must reconfirm, or it goes stale.
    /// @param maxUses How often the recipient may look.
    /// @param termsDigest Salted digest of the terms.
    struct Grant {
        address consent;
        uint32 recipient;
        uint40 validFrom;
        uint40 validUntil;
        uint40 reconfirmBy;
        uint16 maxUses;
        bytes32 termsDigest;
    }

    /// @notice A grant with the consent key's signature.
    /// @param grant What was signed.
    /// @param signature The signature over it.
    struct SignedGrant {
        Grant grant;
        Signature signature;
    }

    /// @notice A withdrawal: EIP-712 type `Withdraw(address consent)`, signed by the consent key.
    /// @param consent The consent to end, by its key's address.
    /// @param signature The signature over it.
    struct SignedWithdrawal {
        address consent;
        Signature signature;
    }

    /// @notice A recipient's entry, before it sees anything, that it is going to look.
    /// @param consent The consent it looks under.
    /// @param commitment The root of the commitment it is going to look at.
    struct Use {
        address consent;
        bytes32 commitment;
    }

    /// @notice A claimant granted a consent; `carrier` is the account that carried the signature.
    /// @param consent The consent, by its key's address.
    /// @param recipient The number of the member who may look.
    /// @param carrier The account that carried the signature.
    /// @param validFrom First second it runs.
    /// @param validUntil Last second it runs.
    /// @param reconfirmBy Last second before it goes stale.
    /// @param maxUses How often the recipient may look.
    /// @param termsDigest Salted digest of the terms.
    event ConsentGranted(
        address indexed consent,
        uint32 indexed recipient,
        address indexed carrier,
        uint40 validFrom,
        uint40 validUntil,
        uint40 reconfirmBy,
        uint16 maxUses,
        bytes32 termsDigest
    );
    /// @notice A claimant paused a consent.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param sequence The sequence that was signed.
    event ConsentPaused(address indexed consent, address indexed carrier, uint32 sequence);
    /// @notice A claimant resumed a paused consent.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param sequence The sequence that was signed.
    event ConsentResumed(address indexed consent, address indexed carrier, uint32 sequence);
    /// @notice A claimant reconfirmed a consent, until `reconfirmBy`.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param sequence The sequence that was signed.
    /// @param reconfirmBy Last second before it goes stale.
    event ConsentReconfirmed(address indexed consent, address indexed carrier, uint32 sequence, uint40 reconfirmBy);
    /// @notice A claimant ended a consent, for ever.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    event ConsentWithdrawn(address indexed consent, address indexed carrier);
    /// @notice The recipient gave a consent up, for ever; `account` acted for it.
    /// @param consent The consent, by its key's address.
    /// @param recipient The number of the member who may look.
    /// @param account The account that acted for the recipient.
    event ConsentReleased(address indexed consent, uint32 indexed recipient, address indexed account);
    /// @notice The recipient is going to look at `commitment`, for the `uses`th time; `account` acted for it.
    /// @param consent The consent, by its key's address.
    /// @param recipient The number of the member who may look.
    /// @param account The account that acted for the recipient.
    /// @param commitment The root of the commitment it is about.
    /// @param uses How many uses there are now.
    event ConsentUsed(
        address indexed consent,
        uint32 indexed recipient,
        address account,
        bytes32 commitment,
        uint16 uses
    );

    /// @notice Item `index` of a batch of grants was not recorded; `reason` is the error the single call reverts with.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param index The item's place in the batch, from 0.
    /// @param reason The error the single call reverts with, ABI-encoded.
    event GrantRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason);
    /// @notice Item `index` of a batch of withdrawals was not recorded; `reason` as above.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param index The item's place in the batch, from 0.
    /// @param reason The error the single call reverts with, ABI-encoded.
    event WithdrawalRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason);
    /// @notice Item `index` of a batch of uses was not recorded; `reason` as above.
    /// @param consent The consent, by its key's address.
    /// @param account The account that acted for the recipient.
    /// @param index The item's place in the batch, from 0.
    /// @param reason The error the single call reverts with, ABI-encoded.
    event UseRejected(address indexed consent, address indexed account, uint256 index, bytes reason);

    /// @notice The deployment named no consortium, or a limit of zero.
    error DeploymentInvalid();
    /// @notice Only an active member's account carries a grant, or the withdrawal of a consent that was never granted.
    /// @param carrier The account that carried the signature.
    error CarrierNotActiveMember(address carrier);
    /// @notice This key has been used: a consent is granted once, with a fresh key.
    /// @param consent The consent, by its key's address.
    /// @param status Where it stands.
    error ConsentExists(address consent, Status status);
    /// @notice The recipient is no active member with the role ADVISER.
    /// @param recipient The number of the member who may look.
    error RecipientNotActiveAdviser(uint32 recipient);
    /// @notice A consent starts at `earliest` (now) or later, ends after it starts, and by `latest`.
    /// @param validFrom First second it runs.
    /// @param validUntil Last second it runs.
    /// @param earliest The earliest allowed.
    /// @param latest The latest allowed.
    error ValidityOutOfRange(uint40 validFrom, uint40 validUntil, uint40 earliest, uint40 latest);
    /// @notice A consent must be reconfirmed between `earliest` and `latest`: after now and after its start, by its
    /// end, and no later than the longest time between reconfirmations from now. With `earliest` beyond `latest` no
    /// time fits: the start is too far ahead, or the end too near.
    /// @param reconfirmBy Last second before it goes stale.
    /// @param earliest The earliest allowed.
    /// @param latest The latest allowed.
    error ReconfirmByOutOfRange(uint40 reconfirmBy, uint40 earliest, uint40 latest);
    /// @notice A consent has between 1 and `most` uses.
    /// @param maxUses How often the recipient may look.
    /// @param most The most there may be.
    error MaxUsesOutOfRange(uint16 maxUses, uint16 most);
    /// @notice A consent has terms.
    /// @param consent The consent, by its key's address.
    error TermsDigestZero(address consent);
    /// @notice This consent has ended, or never began; nothing can be done to it.
    /// @param consent The consent, by its key's address.
    /// @param status Where it stands.
    error ConsentNotOpen(address consent, Status status);
    /// @notice This consent is not paused.
    /// @param consent The consent, by its key's address.
    error ConsentNotPaused(address consent);
    /// @notice A pause, resumption or reconfirmation must name the consent's `expected` sequence.
    /// @param consent The consent, by its key's address.
    /// @param sequence The sequence that was signed.
    /// @param expected The sequence that comes next.
    error SequenceMismatch(address consent, uint32 sequence, uint32 expected);
    /// @notice This consent can take no further pause, resumption or reconfirmation: its sequence is at its end.
    /// @param consent The consent, by its key's address.
    error SequenceExhausted(address consent);
    /// @notice This consent is not live. With a status of ACTIVE or EXHAUSTED: its recipient is no active adviser.
    /// @param consent The consent, by its key's address.
    /// @param status Where it stands.
    error ConsentNotLive(address consent, Status status);
    /// @notice All uses of this consent are spent.
    /// @param consent The consent, by its key's address.
    /// @param maxUses How often the recipient may look.
    error ConsentExhausted(address consent, uint16 maxUses);
    /// @notice This account does not act for the consent's recipient; or it wants to give a consent up, and the
    /// recipient is suspended.
    /// @param consent The consent, by its key's address.
    /// @param account An account.
    error NotTheRecipient(address consent, address account);
    /// @notice A use names the commitment it is about.
    /// @param consent The consent, by its key's address.
    error CommitmentZero(address consent);

    // ------------------------------------------------------------------ claimant, through a carrier

    /// @notice Records a consent. Carried by an account of an active member.
    /// Warning: it cannot be carried after `validFrom`, so that nobody can keep a grant and use it later: sign with
    /// time enough for carrying.
    /// @param item What was signed, with its signature.
    /// @dev Reverts with CarrierNotActiveMember, ConsentExists, RecipientNotActiveAdviser, ValidityOutOfRange,
    /// ReconfirmByOutOfRange, MaxUsesOutOfRange, TermsDigestZero or NotSignedByConsent.
    function grant(SignedGrant calldata item) external;

    /// @notice Records many consents; each is recorded or rejected with `GrantRejected`, on its own.
    /// @param items One to MOST_ITEMS items.
    /// @dev Reverts with BatchSizeOutOfRange or CarrierNotActiveMember.
    function grantBatch(SignedGrant[] calldata items) external;

    /// @notice Suspends a consent until it is resumed. EIP-712 type `Pause(address consent,uint32 sequence)`.
    /// A paused consent can be paused again: that takes the place of a resumption that was signed but is kept back.
    /// @param consent The consent, by its key's address.
    /// @param sequence The sequence that was signed.
    /// @param signature The consent key's signature over the typed data.
    /// @dev Reverts with ConsentNotOpen, SequenceMismatch, SequenceExhausted or NotSignedByConsent.
    function pause(address consent, uint32 sequence, Signature calldata signature) external;

    /// @notice Lets a paused consent run again. EIP-712 type `Resume(address consent,uint32 sequence)`.
    /// @param consent The consent, by its key's address.
    /// @param sequence The sequence that was signed.
    /// @param signature The consent key's signature over the typed data.
    /// @dev Reverts with ConsentNotOpen, SequenceMismatch, SequenceExhausted, NotSignedByConsent or
    /// ConsentNotPaused.
    function resume(address consent, uint32 sequence, Signature calldata signature) external;

    /// @notice Moves the moment a consent goes stale; a stale one is live again.
    /// EIP-712 type `Reconfirm(address consent,uint32 sequence,uint40 reconfirmBy)`.
    /// @param consent The consent, by its key's address.
    /// @param sequence The sequence that was signed.
    /// @param reconfirmBy Last second before it goes stale.
    /// @param signature The consent key's signature over the typed data.
    /// @dev Reverts with ConsentNotOpen, SequenceMismatch, SequenceExhausted, NotSignedByConsent or
    /// ReconfirmByOutOfRange.
    function reconfirm(address consent, uint32 sequence, uint40 reconfirmBy, Signature calldata signature) external;

    /// @notice Ends a consent at once and for ever. EIP-712 type `Withdraw(address consent)`: no nonce and no
    /// deadline, so it can be signed in advance and kept. Anyone may carry it; nothing but its having ended stops it.
    /// Of a consent not yet granted it makes sure that it never will be: a withdrawal overtakes its grant. That alone
    /// takes an account of an active member to carry, as it is kept for ever, and a stranger could fill every block.
    /// Warning: whoever holds a signed withdrawal can end the consent, and can do nothing else with it.
    /// @param item What was signed, with its signature.
    /// @dev Reverts with CarrierNotActiveMember when it was never granted, with ConsentNotOpen when it is EXPIRED,
    /// RELEASED or WITHDRAWN, or with NotSignedByConsent.
    function withdraw(SignedWithdrawal calldata item) external;

    /// @notice Ends many consents; each is ended or rejected with `WithdrawalRejected`, on its own.
    /// @param items One to MOST_ITEMS items.
    /// @dev Reverts with BatchSizeOutOfRange.
    function withdrawBatch(SignedWithdrawal[] calldata items) external;

    // ------------------------------------------------------------------ recipient

    /// @notice Gives a consent up, for ever. By an account of the recipient, active, in whatever role.
    /// @param consent The consent, by its key's address.
    /// @dev Reverts with ConsentNotOpen or NotTheRecipient.
    function release(address consent) external;

    /// @notice Records that the recipient is going to look, before it sees anything.
    /// Warning: calls go one way, so that `commitment` is the claimant's head is not checked here. Naming another
    /// gains nothing: what is handed over is what was named, and the record says which.
    /// @param item What is going to be looked at.
    /// @dev Reverts with CommitmentZero, NotTheRecipient, ConsentNotLive or ConsentExhausted.
    /// An account of no member is told ConsentNotLive of a consent that has no recipient.
    function use(Use calldata item) external;

    /// @notice Records many uses; each is recorded or rejected with `UseRejected`, on its own.
    /// @param items What is going to be looked at, 1 to MOST_ITEMS items.
    /// @dev Reverts with BatchSizeOutOfRange.
    function useBatch(Use[] calldata items) external;

    // ------------------------------------------------------------------ views

    /// @notice Where a consent stands in this block.
    /// @param consent The consent, by its key's address.
    /// @return Its status.
    function status(address consent) external view returns (Status);

    /// @notice Whether anything may be recorded under a consent in this block: it is ACTIVE or EXHAUSTED, and its
    /// recipient is an active adviser.
    /// @param consent The consent, by its key's address.
    /// @return Whether it is.
    function isLive(address consent) external view returns (bool);

    /// @notice `isLive` of many consents at once, in their order.
    /// @param consents Consents, by their keys' addresses.
    /// @return Whether each is.
    /// @dev Reverts with BatchSizeOutOfRange.
    function areLive(address[] calldata consents) external view returns (bool[] memory);

    /// @notice What a gate asks for one consent: whether it is live, its status, and its recipient.
    /// @param consent The consent, by its key's address.
    /// @return live Whether it is live.
    /// @return current Its status.
    /// @return recipient The number of the member who may look.
    function standing(address consent) external view returns (bool live, Status current, uint32 recipient);

    /// @notice Whether an account acts for the consent's recipient. Says nothing of the recipient's standing. Nobody
    /// acts for the recipient of a consent that has none.
    /// @param consent The consent, by its key's address.
    /// @param account An account.
    /// @return Whether it does.
    function isRecipient(address consent, address account) external view returns (bool);

    /// @notice A consent as stored; all zero for an unknown one.
    /// @param consent The consent, by its key's address.
    /// @return The consent.
    function getConsent(address consent) external view returns (Consent memory);

    /// @notice What no consent can exceed.
    /// @return The limits.
    function limits() external view returns (Limits memory);

    /// @notice Where members are looked up.
    /// @return The address of Consortium.
    function consortium() external view returns (address);

    /// @notice Reverts exactly as `grant` would if `carrier` called it now; otherwise does nothing.
    /// @param item What was signed, with its signature.
    /// @param carrier The account that would carry it.
    function checkGrant(SignedGrant calldata item, address carrier) external view;

    /// @notice Reverts exactly as `withdraw` would if `carrier` called it now; otherwise does nothing.
    /// @param item What was signed, with its signature.
    /// @param carrier The account that would carry it.
    function checkWithdrawal(SignedWithdrawal calldata item, address carrier) external view;

    /// @notice Reverts exactly as `use` would if `account` called it now; otherwise does nothing.
    /// @param item What is going to be looked at.
    /// @param account The account that would call.
    function checkUse(Use calldata item, address account) external view;
}
