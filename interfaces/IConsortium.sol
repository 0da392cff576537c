// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Who the members are.
/// @notice A member is an institution: a number for ever, a public name, roles, accounts that act for it, and a
/// public encryption key. Every change is the administrator's. A suspended member loses its powers; a claimant's
/// power to withdraw is not a member's to lose.
/// Warning: whoever says which accounts act for a member can act as that member, through an account added for the
/// purpose: use, advise, release. It is done in the open, as `AccountAdded` is on the record.
/// @dev Roles are OpenZeppelin AccessControl roles. A role belongs to the member, not to one of its accounts, so
/// it is held by the member's *seat* (see `seatOf`): `grantRole(ADVISER(), seatOf(7))` makes member 7 an adviser.
/// The administrator is the single holder of `DEFAULT_ADMIN_ROLE` under AccessControlDefaultAdminRules: handing
/// over takes two steps and a delay, to any address, a multisig among them.
/// Errors are listed in the order they are checked in.
interface IConsortium {
    /// @notice Where a member stands: NONE (not admitted), ACTIVE, or SUSPENDED.
    enum Standing {
        NONE,
        ACTIVE,
        SUSPENDED
    }

    /// @notice What is kept of a member.
    /// @param standing Whether it is admitted and has its powers.
    /// @param encryptionKeyDigest Keccak-256 of its public encryption key; the key itself is in the last
    /// `EncryptionKeyChanged`.
    /// @param name Its public name, UTF-8.
    struct Member {
        Standing standing;
        bytes32 encryptionKeyDigest;
        string name;
    }

    /// @notice An institution became a member.
    /// @param member A member's number.
    /// @param name The member's public name.
    /// @param administrator The administrator's account.
    event MemberAdmitted(uint32 indexed member, string name, address indexed administrator);
    /// @notice A member lost all its powers until it is reinstated.
    /// @param member A member's number.
    /// @param administrator The administrator's account.
    event MemberSuspended(uint32 indexed member, address indexed administrator);
    /// @notice A suspended member has its powers again.
    /// @param member A member's number.
    /// @param administrator The administrator's account.
    event MemberReinstated(uint32 indexed member, address indexed administrator);
    /// @notice An account acts for a member from now on.
    /// @param member A member's number.
    /// @param account An account.
    /// @param administrator The administrator's account.
    event AccountAdded(uint32 indexed member, address indexed account, address indexed administrator);
    /// @notice An account no longer acts for a member.
    /// @param member A member's number.
    /// @param account An account.
    /// @param administrator The administrator's account.
    event AccountRemoved(uint32 indexed member, address indexed account, address indexed administrator);
    /// @notice A member's public encryption key is `key` from now on, whose Keccak-256 is `digest`.
    /// @param member A member's number.
    /// @param digest Keccak-256 of the key.
    /// @param key The public key itself.
    /// @param administrator The administrator's account.
    event EncryptionKeyChanged(
        uint32 indexed member,
        bytes32 indexed digest,
        bytes key,
        address indexed administrator
    );

    /// @notice No member has this number.
    /// @param member A member's number.
    error MemberUnknown(uint32 member);
    /// @notice This number is taken, for ever; number 0 is always taken.
    /// @param member A member's number.
    error MemberNumberTaken(uint32 member);
    /// @notice Only an active member can be suspended.
    /// @param member A member's number.
    error MemberNotActive(uint32 member);
    /// @notice Only a suspended member can be reinstated.
    /// @param member A member's number.
    error MemberNotSuspended(uint32 member);
    /// @notice A name has `shortest` to `longest` bytes.
    /// @param length The length in bytes that was given.
    /// @param shortest The least there may be.
    /// @param longest The most there may be.
    error NameLengthOutOfRange(uint256 length, uint256 shortest, uint256 longest);
    /// @notice An encryption key has `shortest` to `longest` bytes.
    /// @param length The length in bytes that was given.
    /// @param shortest The least there may be.
    /// @param longest The most there may be.
    error EncryptionKeyLengthOutOfRange(uint256 length, uint256 shortest, uint256 longest);
    /// @notice This account already acts for a member; the zero address acts, for ever, for none (member 0).
    /// @param account An account.
    /// @param member A member's number.
    error AccountTaken(address account, uint32 member);
    /// @notice This account does not act for this member.
    /// @param account An account.
    /// @param member A member's number.
    error AccountNotOfMember(address account, uint32 member);
    /// @notice A member is admitted with at most `most` roles.
    /// @param count How many there are.
    /// @param most The most there may be.
    error TooManyRoles(uint256 count, uint256 most);
    /// @notice There are four member roles, and this is none of them.
    /// @param role A role's id.
    error RoleUnknown(bytes32 role);
    /// @notice A member role is held by a member's seat, and this address is not one.
    /// @param account An account.
    error NotASeat(address account);

    // ------------------------------------------------------------------ administrator

    /// @notice Admits an institution.
    /// @param member Its number: chosen once, never zero, never used again.
    /// @param name Its public name, 1 to 64 bytes of UTF-8.
    /// @param roles Its roles, at most four; may be empty. Duplicates are harmless.
    /// @param account The first account that acts for it.
    /// @param encryptionKey Its public encryption key, 32 to 4,096 bytes, in the encoding its suite defines.
    /// @dev Reverts with AccessControlUnauthorizedAccount, MemberNumberTaken, NameLengthOutOfRange, TooManyRoles,
    /// RoleUnknown, AccountTaken or EncryptionKeyLengthOutOfRange.
    /// Role zero is the administrator's: it reverts with AccessControlEnforcedDefaultAdminRules.
    function admit(
        uint32 member,
        string calldata name,
        bytes32[] calldata roles,
        address account,
        bytes calldata encryptionKey
    ) external;

    /// @notice Ends a member's powers, until it is reinstated. Consents with it as recipient are not live meanwhile.
    /// @param member A member's number.
    /// @dev Reverts with AccessControlUnauthorizedAccount, MemberUnknown or MemberNotActive.
    function suspend(uint32 member) external;

    /// @notice Gives a suspended member its powers back.
    /// @param member A member's number.
    /// @dev Reverts with AccessControlUnauthorizedAccount, MemberUnknown or MemberNotSuspended.
    function reinstate(uint32 member) external;

    /// @notice Lets one more account act for a member.
    /// @param member A member's number.
    /// @param account An account.
    /// @dev Reverts with AccessControlUnauthorizedAccount, MemberUnknown or AccountTaken.
    function addAccount(uint32 member, address account) external;

    /// @notice Ends an account's power to act for a member. The last account may be removed: the member then can do
    /// nothing until it has another.
    /// @param member A member's number.
    /// @param account An account.
    /// @dev Reverts with AccessControlUnauthorizedAccount, MemberUnknown or AccountNotOfMember.
    function removeAccount(uint32 member, address account) external;

    /// @notice Replaces a member's public encryption key.
    /// Warning: what was sealed to the old key opens only with the old key.
    /// @param member A member's number.
    /// @param encryptionKey The public key, 32 to 4,096 bytes.
    /// @dev Reverts with AccessControlUnauthorizedAccount, MemberUnknown or EncryptionKeyLengthOutOfRange.
    function changeEncryptionKey(uint32 member, bytes calldata encryptionKey) external;

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

    /// @notice The address that holds a member's roles in AccessControl: the member's number as an address.
    /// @param member A member's number.
    /// @return The seat.
    /// @dev No key for an address with so many leading zeros can be found, so a seat never acts: it only holds.
    function seatOf(uint32 member) external pure returns (address);

    /// @notice The member an account acts for, 0 if none. Says nothing of its standing.
    /// @param account An account.
    /// @return Its number, or 0.
    function memberOf(address account) external view returns (uint32);

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
