// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Who the members are.
/// @notice A member is an institution: a number for ever, a public name, roles, accounts that act for it, and a
/// public encryption key. Its accounts, name and key are its own: only an account of the member changes them, at once.
/// Who is a member, and with which roles, is the governance's (see IGovernance): slow, in the open, under veto.
/// The council, active members with the role COUNCIL, suspends a member at once, which lapses unless the governance
/// confirms it. To a member that lost all its keys the council proposes an account, which is good after a delay unless
/// an account of the member objects.
/// A suspended member loses its powers; it still manages itself, and objects. A claimant's power to withdraw is not a
/// member's to lose.
/// @dev Roles are OpenZeppelin AccessControl roles. A role belongs to the member, not to one of its accounts, so
/// it is held by the member's *seat* (see `seatOf`): `grantRole(ADVISER(), seatOf(7))` makes member 7 an adviser.
/// A member role's id is the Keccak-256 of its name. Only the governance grants and revokes: else `grantRole` and
/// `revokeRole` revert with AccessControlUnauthorizedAccount. Then `grantRole` reverts with RoleUnknown or NotASeat;
/// `revokeRole`, and `renounceRole` after AccessControlBadConfirmation, with RoleUnknown for `DEFAULT_ADMIN_ROLE`
/// alone: it is the governance contract's, from the constructor on and for ever; nobody else ever has it. To grant what
/// is held, or take what is not, changes and logs nothing.
/// The constructor logs `RoleGranted` of `DEFAULT_ADMIN_ROLE`, and then for each founding member what `admit` does.
/// ERC-165's `supportsInterface` knows ERC-165, IAccessControl and this interface.
/// Errors are listed in the order they are checked in.
interface IConsortium {
    /// @notice Where a member stands: NONE (not admitted), ACTIVE, or SUSPENDED.
    enum Standing {
        NONE,
        ACTIVE,
        SUSPENDED
    }

    /// @notice Why a member is suspended:
    /// NONE - no reason, which is refused; KEY_STOLEN - somebody else has a key of its; RULES_BROKEN - it broke the
    /// consortium's rules; LEFT - it left; OWN_REQUEST - it asked for it.
    enum Reason {
        NONE,
        KEY_STOLEN,
        RULES_BROKEN,
        LEFT,
        OWN_REQUEST
    }

    /// @notice What is kept of a member.
    /// @param standing Whether it is admitted and has its powers.
    /// @param lapsesAt First second at which its last suspension by the council may be ended by anyone; 0 if the
    /// governance suspended it or confirmed that, or nobody ever suspended it.
    /// @param encryptionKeyDigest Keccak-256 of its public encryption key; the key itself is in the last
    /// `EncryptionKeyChanged`.
    /// @param name Its public name, UTF-8.
    struct Member {
        Standing standing;
        uint40 lapsesAt;
        bytes32 encryptionKeyDigest;
        string name;
    }

    /// @notice A founding member, or one to admit.
    /// @param member Its number: chosen once, never zero, never used again.
    /// @param name Its public name, 1 to 64 bytes of well-formed UTF-8 that no other member has or had.
    /// @param roles Its roles, at most five; may be empty. Duplicates are harmless.
    /// @param account The first account that acts for it.
    /// @param encryptionKey Its public encryption key, 32 to 4,096 bytes, in the encoding its suite defines.
    struct Admission {
        uint32 member;
        string name;
        bytes32[] roles;
        address account;
        bytes encryptionKey;
    }

    /// @notice An account that the council proposes for a member that lost all its keys; zero if there is none.
    /// @param account The account.
    /// @param readyAt First second at which it can be completed; from as long after it as the delay is, it can lapse.
    struct Recovery {
        address account;
        uint40 readyAt;
    }

    /// @notice What is fixed at deployment, in seconds.
    /// @param suspension How long a suspension by the council lasts unless it is confirmed.
    /// @param recovery How long an account of the member can object to a recovery; at least 14 days.
    struct Delays {
        uint32 suspension;
        uint32 recovery;
    }

    /// @notice An institution became a member.
    /// @param member A member's number.
    /// @param name The member's public name.
    /// @param by The account that did it.
    event MemberAdmitted(uint32 indexed member, string name, address indexed by);
    /// @notice A member has another name.
    /// @param member A member's number.
    /// @param name The member's public name from now on.
    /// @param by The account that did it.
    event MemberRenamed(uint32 indexed member, string name, address indexed by);
    /// @notice A member lost all its powers until it is reinstated, or its suspension was confirmed.
    /// @param member A member's number.
    /// @param reason Why.
    /// @param lapsesAt First second at which anyone may reinstate it; 0 for never.
    /// @param by The account that did it.
    event MemberSuspended(uint32 indexed member, Reason reason, uint40 lapsesAt, address indexed by);
    /// @notice A suspended member has its powers again.
    /// @param member A member's number.
    /// @param by The account that did it.
    event MemberReinstated(uint32 indexed member, address indexed by);
    /// @notice A member offers an account to act for it; the account has to accept.
    /// @param member A member's number.
    /// @param account An account.
    /// @param by The account that did it.
    event AccountOffered(uint32 indexed member, address indexed account, address indexed by);
    /// @notice An account acts for a member from now on.
    /// @param member A member's number.
    /// @param account An account.
    /// @param by The account that did it.
    event AccountAdded(uint32 indexed member, address indexed account, address indexed by);
    /// @notice An account no longer acts for a member, or is no longer offered to.
    /// @param member A member's number.
    /// @param account An account.
    /// @param by The account that did it.
    event AccountRemoved(uint32 indexed member, address indexed account, address indexed by);
    /// @notice A member's public encryption key is `key` from now on, whose Keccak-256 is `digest`.
    /// @param member A member's number.
    /// @param digest Keccak-256 of the key.
    /// @param key The public key itself.
    /// @param by The account that did it.
    event EncryptionKeyChanged(uint32 indexed member, bytes32 indexed digest, bytes key, address indexed by);
    /// @notice The council proposes an account for a member that lost all its keys, in place of any it proposed before.
    /// @param member A member's number.
    /// @param account The account.
    /// @param readyAt First second at which the account can complete it.
    /// @param by The account that did it.
    event RecoveryProposed(uint32 indexed member, address indexed account, uint40 readyAt, address indexed by);
    /// @notice An account of the member objected: the account that was proposed does not become its.
    /// @param member A member's number.
    /// @param account The account that was proposed.
    /// @param by The account that did it.
    event RecoveryObjected(uint32 indexed member, address indexed account, address indexed by);
    /// @notice The account that was proposed completed its recovery; `AccountAdded` follows.
    /// @param member A member's number.
    /// @param account The account.
    event RecoveryCompleted(uint32 indexed member, address indexed account);
    /// @notice A recovery was not completed in time.
    /// @param member A member's number.
    /// @param account The account that was proposed.
    /// @param by The account that did it.
    event RecoveryLapsed(uint32 indexed member, address indexed account, address indexed by);

    /// @notice The deployment named no governance, no founding member, or a delay that is too short.
    error DeploymentInvalid();
    /// @notice This account acts for no member.
    /// @param account An account.
    error NotAMember(address account);
    /// @notice This account acts for no active member with the role COUNCIL.
    /// @param account An account.
    error NotOfTheCouncil(address account);
    /// @notice No member has this number.
    /// @param member A member's number.
    error MemberUnknown(uint32 member);
    /// @notice This number is taken, for ever; number 0 is always taken.
    /// @param member A member's number.
    error MemberNumberTaken(uint32 member);
    /// @notice A suspension has a reason.
    /// @param member A member's number.
    error ReasonMissing(uint32 member);
    /// @notice This member is suspended: it cannot be suspended again, and keeps its name.
    /// @param member A member's number.
    error MemberNotActive(uint32 member);
    /// @notice The council suspended this member not long ago; it can do so again from `from` on.
    /// @param member A member's number.
    /// @param from First second at which it can.
    error SuspendedLately(uint32 member, uint256 from);
    /// @notice Only a suspended member can be reinstated.
    /// @param member A member's number.
    error MemberNotSuspended(uint32 member);
    /// @notice This suspension has not lapsed: only the governance ends it now.
    /// @param member A member's number.
    /// @param lapsesAt First second at which anyone may; 0 for never.
    error SuspensionNotLapsed(uint32 member, uint40 lapsesAt);
    /// @notice A name has `shortest` to `longest` bytes.
    /// @param length The length in bytes that was given.
    /// @param shortest The least there may be.
    /// @param longest The most there may be.
    error NameLengthOutOfRange(uint256 length, uint256 shortest, uint256 longest);
    /// @notice A name is well-formed UTF-8 (The Unicode Standard, table 3-7), and this is not.
    /// @param name The name's bytes.
    error NameNotUtf8(bytes name);
    /// @notice This name is another member's, now or before: a name stays its member's for ever.
    /// @param member The number of the member whose it is.
    error NameTaken(uint32 member);
    /// @notice An encryption key has `shortest` to `longest` bytes.
    /// @param length The length in bytes that was given.
    /// @param shortest The least there may be.
    /// @param longest The most there may be.
    error EncryptionKeyLengthOutOfRange(uint256 length, uint256 shortest, uint256 longest);
    /// @notice This account already acts for a member; the zero address acts, for ever, for none (member 0).
    /// @param account An account.
    /// @param member A member's number.
    error AccountTaken(address account, uint32 member);
    /// @notice This member does not offer this account to act for it.
    /// @param account An account.
    /// @param member A member's number.
    error AccountNotOffered(address account, uint32 member);
    /// @notice This account neither acts for this member nor is offered to.
    /// @param account An account.
    /// @param member A member's number.
    error AccountNotOfMember(address account, uint32 member);
    /// @notice An account does not remove itself: so a member never removes its last.
    /// @param account An account.
    error AccountIsOwn(address account);
    /// @notice No recovery of this member, to this account, is proposed.
    /// @param member A member's number.
    /// @param account An account; zero for any.
    error RecoveryUnknown(uint32 member, address account);
    /// @notice This recovery can be completed from `from` on, before `until`.
    /// @param member A member's number.
    /// @param from First second at which it can.
    /// @param until First second at which it can no more.
    error RecoveryNotReady(uint32 member, uint256 from, uint256 until);
    /// @notice This recovery lapses at `from`, not before.
    /// @param member A member's number.
    /// @param from First second at which it can.
    error RecoveryNotLapsed(uint32 member, uint256 from);
    /// @notice A member is admitted with at most `most` roles.
    /// @param count How many there are.
    /// @param most The most there may be.
    error TooManyRoles(uint256 count, uint256 most);
    /// @notice There are five member roles, and this is none of them; or it is to be taken from the governance.
    /// @param role A role's id.
    error RoleUnknown(bytes32 role);
    /// @notice A member role is held by the seat of a member that is admitted, and this address is not one.
    /// @param account An account.
    error NotASeat(address account);

    // ------------------------------------------------------------------ governance

    /// @notice Admits an institution. Logs `MemberAdmitted`, `RoleGranted` for each of its roles in their order, a
    /// repeated one once, `AccountAdded` and `EncryptionKeyChanged`.
    /// @param admission Who it is.
    /// @dev Reverts with AccessControlUnauthorizedAccount, MemberNumberTaken, NameLengthOutOfRange, NameNotUtf8,
    /// NameTaken, TooManyRoles, RoleUnknown, AccountTaken or EncryptionKeyLengthOutOfRange.
    function admit(Admission calldata admission) external;

    // ------------------------------------------------------------------ governance and council

    /// @notice Ends a member's powers, until it is reinstated. Consents with it as recipient are not live meanwhile.
    /// By the council it lapses after `delays().suspension` seconds, and cannot be repeated for as long again, unless
    /// the governance confirmed it; by the governance it does not lapse, and one by the council is confirmed so.
    /// @param member A member's number.
    /// @param reason Why.
    /// @dev Reverts with NotOfTheCouncil, MemberUnknown, ReasonMissing, MemberNotActive or SuspendedLately.
    function suspend(uint32 member, Reason reason) external;

    /// @notice Gives a suspended member its powers back: by the governance at any time, by anyone once it lapsed.
    /// @param member A member's number.
    /// @dev Reverts with MemberUnknown, MemberNotSuspended or SuspensionNotLapsed.
    function reinstate(uint32 member) external;

    /// @notice Proposes an account for a member that lost all its keys, in place of any that was proposed before. By
    /// the council alone: the governance, too, is refused with NotOfTheCouncil.
    /// @param member A member's number.
    /// @param account An account.
    /// @dev Reverts with NotOfTheCouncil, MemberUnknown or AccountTaken.
    function proposeRecovery(uint32 member, address account) external;

    // ------------------------------------------------------------------ a member, for itself

    /// @notice Offers one more account to act for the caller's member, once it accepts.
    /// @param account An account.
    /// @dev Reverts with NotAMember or AccountTaken.
    function offerAccount(address account) external;

    /// @notice Ends an account's power to act for the caller's member, or takes its offer back.
    /// @param account An account, another than the caller's.
    /// @dev Reverts with NotAMember, AccountIsOwn or AccountNotOfMember.
    function removeAccount(address account) external;

    /// @notice Replaces the public encryption key of the caller's member.
    /// Warning: what was sealed to the old key opens only with the old key.
    /// @param encryptionKey The public key, 32 to 4,096 bytes.
    /// @dev Reverts with NotAMember or EncryptionKeyLengthOutOfRange.
    function changeEncryptionKey(bytes calldata encryptionKey) external;

    /// @notice Gives the caller's member, which is active, another name; one that it had before may be taken up again.
    /// A suspended member takes no names, which it could take from those that are to be admitted.
    /// @param name Its public name, 1 to 64 bytes of well-formed UTF-8 that no other member has or had.
    /// @dev Reverts with NotAMember, MemberNotActive, NameLengthOutOfRange, NameNotUtf8 or NameTaken.
    function rename(string calldata name) external;

    /// @notice Objects to the recovery of the caller's member, which ends it.
    /// @dev Reverts with NotAMember or RecoveryUnknown.
    function objectToRecovery() external;

    // ------------------------------------------------------------------ an account that is to act for a member

    /// @notice Accepts to act for a member that offers it to the calling account.
    /// @param member A member's number.
    /// @dev Reverts with AccountNotOffered or AccountTaken.
    function acceptAccount(uint32 member) external;

    /// @notice Makes the calling account act for a member that lost its keys, as the council proposed.
    /// @param member A member's number.
    /// @dev Reverts with RecoveryUnknown, RecoveryNotReady or AccountTaken.
    function completeRecovery(uint32 member) external;

    // ------------------------------------------------------------------ anyone

    /// @notice Ends a recovery that was not completed in time.
    /// @param member A member's number.
    /// @dev Reverts with RecoveryUnknown or RecoveryNotLapsed.
    function lapseRecovery(uint32 member) external;

    // ------------------------------------------------------------------ views

    /// @notice The role of a member that pays for or governs the scheme.
    /// @return The role's id.
    function SPONSOR() external view returns (bytes32);
    /// @notice The role without which a member can be no consent's recipient.
    /// @return The role's id.
    function ADVISER() external view returns (bytes32);
    /// @notice The role of a member that checks the record.
    /// @return The role's id.
    function AUDITOR() external view returns (bytes32);
    /// @notice The role of a member that runs nodes and carries what claimants sign.
    /// @return The role's id.
    function OPERATOR() external view returns (bytes32);
    /// @notice The role of a member that suspends members at once, and proposes recoveries.
    /// @return The role's id.
    function COUNCIL() external view returns (bytes32);

    /// @notice The contract that alone admits members, changes their roles, and confirms or ends suspensions.
    /// @return Its address.
    function governance() external view returns (address);

    /// @notice The delays that were fixed at deployment.
    /// @return The delays.
    function delays() external view returns (Delays memory);

    /// @notice The address that holds a member's roles in AccessControl: the member's number as an address.
    /// @param member A member's number.
    /// @return The seat.
    /// @dev No key for an address with so many leading zeros can be found, so a seat never acts: it only holds.
    function seatOf(uint32 member) external pure returns (address);

    /// @notice The member an account acts for, 0 if none. Says nothing of its standing.
    /// @param account An account.
    /// @return Its number, or 0.
    function memberOf(address account) external view returns (uint32);

    /// @notice The member that has or had a name, 0 if none.
    /// @param name A name's bytes.
    /// @return Its number, or 0.
    function memberNamed(bytes calldata name) external view returns (uint32);

    /// @notice Whether a member offers an account to act for it, which the account has not accepted yet.
    /// @param member A member's number.
    /// @param account An account.
    /// @return Whether it does.
    function isOffered(uint32 member, address account) external view returns (bool);

    /// @notice The recovery that is proposed for a member; all zero if there is none.
    /// @param member A member's number.
    /// @return The recovery.
    function recoveryOf(uint32 member) external view returns (Recovery memory);

    /// @notice Whether the member is admitted and not suspended.
    /// @param member A member's number.
    /// @return Whether it is.
    function isActive(uint32 member) external view returns (bool);

    /// @notice Whether the member is active and has the role.
    /// @param member A member's number.
    /// @param role A role's id.
    /// @return Whether it is.
    function isActiveAs(uint32 member, bytes32 role) external view returns (bool);

    /// @notice What is kept of a member; all zero for an unknown one.
    /// @param member A member's number.
    /// @return The member.
    function getMember(uint32 member) external view returns (Member memory);
}
