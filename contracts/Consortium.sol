// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessControlDefaultAdminRules} from
    "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";

import {IConsortium} from "../interfaces/IConsortium.sol";

/// @title Who the members are.
/// @notice See IConsortium.
contract Consortium is IConsortium, AccessControlDefaultAdminRules {
    /// @inheritdoc IConsortium
    bytes32 public constant SPONSOR = keccak256("SPONSOR");
    /// @inheritdoc IConsortium
    bytes32 public constant ADVISER = keccak256("ADVISER");
    /// @inheritdoc IConsortium
    bytes32 public constant AUDITOR = keccak256("AUDITOR");
    /// @inheritdoc IConsortium
    bytes32 public constant OPERATOR = keccak256("OPERATOR");

    uint256 private constant SHORTEST_NAME = 1;
    uint256 private constant LONGEST_NAME = 64;
    uint256 private constant SHORTEST_KEY = 32;
    uint256 private constant LONGEST_KEY = 4096;
    uint256 private constant MEMBER_ROLES = 4;

    mapping(uint32 member => Member) private _members;
    mapping(address account => uint32 member) private _memberOf;

    /// @notice Deploys a consortium without members.
    /// @param administrator Who changes members; may be a multisig.
    /// @param handOverDelay Seconds between beginning and accepting a hand-over of the administration.
    constructor(
        address administrator,
        uint48 handOverDelay
    ) AccessControlDefaultAdminRules(handOverDelay, administrator) {}

    modifier onlyAdministrator() {
        _checkRole(DEFAULT_ADMIN_ROLE);
        _;
    }

    modifier onlyKnown(uint32 member) {
        require(_members[member].standing != Standing.NONE, MemberUnknown(member));
        _;
    }

    // ------------------------------------------------------------------ administrator

    /// @inheritdoc IConsortium
    function admit(
        uint32 member,
        string calldata name,
        bytes32[] calldata roles,
        address account,
        bytes calldata encryptionKey
    ) external onlyAdministrator {
        require(member != 0 && _members[member].standing == Standing.NONE, MemberNumberTaken(member));
        uint256 length = bytes(name).length;
        require(
            length >= SHORTEST_NAME && length <= LONGEST_NAME,
            NameLengthOutOfRange(length, SHORTEST_NAME, LONGEST_NAME)
        );
        require(roles.length <= MEMBER_ROLES, TooManyRoles(roles.length, MEMBER_ROLES));

        _members[member].standing = Standing.ACTIVE;
        _members[member].name = name;
        emit MemberAdmitted(member, name, msg.sender);
        for (uint256 i = 0; i < roles.length; i++) {
            _grantRole(roles[i], seatOf(member));
        }
        _addAccount(member, account);
        _changeEncryptionKey(member, encryptionKey);
    }

    /// @inheritdoc IConsortium
    function suspend(uint32 member) external onlyAdministrator onlyKnown(member) {
        require(_members[member].standing == Standing.ACTIVE, MemberNotActive(member));
        _members[member].standing = Standing.SUSPENDED;
        emit MemberSuspended(member, msg.sender);
    }

    /// @inheritdoc IConsortium
    function reinstate(uint32 member) external onlyAdministrator onlyKnown(member) {
        require(_members[member].standing == Standing.SUSPENDED, MemberNotSuspended(member));
        _members[member].standing = Standing.ACTIVE;
        emit MemberReinstated(member, msg.sender);
    }

    /// @inheritdoc IConsortium
    function addAccount(uint32 member, address account) external onlyAdministrator onlyKnown(member) {
        _addAccount(member, account);
    }

    /// @inheritdoc IConsortium
    function removeAccount(uint32 member, address account) external onlyAdministrator onlyKnown(member) {
        require(_memberOf[account] == member, AccountNotOfMember(account, member));
        delete _memberOf[account];
        emit AccountRemoved(member, account, msg.sender);
    }

    /// @inheritdoc IConsortium
    function changeEncryptionKey(
        uint32 member,
        bytes calldata encryptionKey
    ) external onlyAdministrator onlyKnown(member) {
        _changeEncryptionKey(member, encryptionKey);
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IConsortium
    function memberOf(address account) external view returns (uint32) {
        return _memberOf[account];
    }

    /// @inheritdoc IConsortium
    function isActive(uint32 member) public view returns (bool) {
        return _members[member].standing == Standing.ACTIVE;
    }

    /// @inheritdoc IConsortium
    function isActiveAs(uint32 member, bytes32 role) external view returns (bool) {
        return isActive(member) && hasRole(role, seatOf(member));
    }

    /// @inheritdoc IConsortium
    function getMember(uint32 member) external view returns (Member memory) {
        return _members[member];
    }

    /// @inheritdoc IConsortium
    function seatOf(uint32 member) public pure returns (address) {
        return address(uint160(member));
    }

    // ------------------------------------------------------------------ internals

    /// @dev Every role but the administrator's is one of four, and is held by a known member's seat.
    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        if (role != DEFAULT_ADMIN_ROLE) {
            require(
                role == SPONSOR || role == ADVISER || role == AUDITOR || role == OPERATOR,
                RoleUnknown(role)
            );
            uint32 member = uint32(uint160(account));
            require(
                seatOf(member) == account && _members[member].standing != Standing.NONE,
                NotASeat(account)
            );
        }
        return super._grantRole(role, account);
    }

    function _addAccount(uint32 member, address account) private {
        require(account != address(0) && _memberOf[account] == 0, AccountTaken(account, _memberOf[account]));
        _memberOf[account] = member;
        emit AccountAdded(member, account, msg.sender);
    }

    function _changeEncryptionKey(uint32 member, bytes calldata key) private {
        require(
            key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY,
            EncryptionKeyLengthOutOfRange(key.length, SHORTEST_KEY, LONGEST_KEY)
        );
        bytes32 digest = keccak256(key);
        _members[member].encryptionKeyDigest = digest;
        emit EncryptionKeyChanged(member, digest, key, msg.sender);
    }
}
