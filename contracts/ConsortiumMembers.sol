// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

import {IConsortium} from "../interfaces/IConsortium.sol";
import {Utf8} from "./Utf8.sol";

/// @title The members, and what each of them decides for itself.
/// @notice See IConsortium.
abstract contract ConsortiumMembers is IConsortium, AccessControl {
    /// @inheritdoc IConsortium
    bytes32 public constant SPONSOR = keccak256("SPONSOR");
    /// @inheritdoc IConsortium
    bytes32 public constant ADVISER = keccak256("ADVISER");
    /// @inheritdoc IConsortium
    bytes32 public constant AUDITOR = keccak256("AUDITOR");
    /// @inheritdoc IConsortium
    bytes32 public constant OPERATOR = keccak256("OPERATOR");
    /// @inheritdoc IConsortium
    bytes32 public constant COUNCIL = keccak256("COUNCIL");

    uint256 private constant SHORTEST_NAME = 1;
    uint256 private constant LONGEST_NAME = 64;
    uint256 private constant SHORTEST_KEY = 32;
    uint256 private constant LONGEST_KEY = 4096;
    uint256 private constant MEMBER_ROLES = 5;

    address internal immutable GOVERNANCE;

    mapping(uint32 member => Member) internal _members;
    mapping(address account => uint32 member) internal _memberOf;
    mapping(bytes32 nameDigest => uint32 member) private _memberNamed;
    mapping(uint32 member => mapping(address account => bool)) private _offered;

    constructor(address governance_) {
        require(governance_ != address(0), DeploymentInvalid());
        GOVERNANCE = governance_;
        super._grantRole(DEFAULT_ADMIN_ROLE, governance_);
    }

    modifier onlyKnown(uint32 member) {
        require(_members[member].standing != Standing.NONE, MemberUnknown(member));
        _;
    }

    // ------------------------------------------------------------------ a member, for itself

    /// @inheritdoc IConsortium
    function offerAccount(address account) external {
        uint32 member = _ownMember();
        _requireFree(account);
        _offered[member][account] = true;
        emit AccountOffered(member, account, msg.sender);
    }

    /// @inheritdoc IConsortium
    function removeAccount(address account) external {
        uint32 member = _ownMember();
        require(account != msg.sender, AccountIsOwn(account));
        if (_memberOf[account] == member) delete _memberOf[account];
        else require(_offered[member][account], AccountNotOfMember(account, member));
        delete _offered[member][account];
        emit AccountRemoved(member, account, msg.sender);
    }

    /// @inheritdoc IConsortium
    function changeEncryptionKey(bytes calldata encryptionKey) external {
        _changeEncryptionKey(_ownMember(), encryptionKey);
    }

    /// @inheritdoc IConsortium
    function rename(string calldata name) external {
        uint32 member = _ownMember();
        require(isActive(member), MemberNotActive(member));
        _takeName(member, name);
        emit MemberRenamed(member, name, msg.sender);
    }

    // ------------------------------------------------------------------ an account that is to act for a member

    /// @inheritdoc IConsortium
    function acceptAccount(uint32 member) external {
        require(_offered[member][msg.sender], AccountNotOffered(msg.sender, member));
        _addAccount(member, msg.sender);
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IConsortium
    function governance() external view returns (address) {
        return GOVERNANCE;
    }

    /// @inheritdoc IConsortium
    function memberOf(address account) external view returns (uint32) {
        return _memberOf[account];
    }

    /// @inheritdoc IConsortium
    function memberNamed(bytes calldata name) external view returns (uint32) {
        return _memberNamed[keccak256(name)];
    }

    /// @inheritdoc IConsortium
    function isOffered(uint32 member, address account) external view returns (bool) {
        return _offered[member][account];
    }

    /// @inheritdoc IConsortium
    function isActive(uint32 member) public view returns (bool) {
        return _members[member].standing == Standing.ACTIVE;
    }

    /// @inheritdoc IConsortium
    function isActiveAs(uint32 member, bytes32 role) public view returns (bool) {
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

    function _admit(Admission memory admission) internal {
        uint32 member = admission.member;
        require(member != 0 && _members[member].standing == Standing.NONE, MemberNumberTaken(member));
        _takeName(member, admission.name);
        require(admission.roles.length <= MEMBER_ROLES, TooManyRoles(admission.roles.length, MEMBER_ROLES));
        _members[member].standing = Standing.ACTIVE;
        emit MemberAdmitted(member, admission.name, msg.sender);
        for (uint256 i = 0; i < admission.roles.length; i++) {
            _grantRole(admission.roles[i], seatOf(member));
        }
        _addAccount(member, admission.account);
        _changeEncryptionKey(member, admission.encryptionKey);
    }

    /// @dev The administration stays the governance's alone. Every other role is one of five, and is held by a
    /// known member's seat.
    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        require(
            role == SPONSOR || role == ADVISER || role == AUDITOR || role == OPERATOR || role == COUNCIL,
            RoleUnknown(role)
        );
        uint32 member = uint32(uint160(account));
        require(
            seatOf(member) == account && _members[member].standing != Standing.NONE,
            NotASeat(account)
        );
        return super._grantRole(role, account);
    }

    /// @dev The administration is not taken from the governance.
    function _revokeRole(bytes32 role, address account) internal override returns (bool) {
        require(role != DEFAULT_ADMIN_ROLE, RoleUnknown(role));
        return super._revokeRole(role, account);
    }

    function _ownMember() internal view returns (uint32 member) {
        member = _memberOf[msg.sender];
        require(member != 0, NotAMember(msg.sender));
    }

    function _requireFree(address account) internal view {
        require(account != address(0) && _memberOf[account] == 0, AccountTaken(account, _memberOf[account]));
    }

    function _addAccount(uint32 member, address account) internal {
        _requireFree(account);
        _memberOf[account] = member;
        delete _offered[member][account];
        emit AccountAdded(member, account, msg.sender);
    }

    function _changeEncryptionKey(uint32 member, bytes memory key) private {
        require(
            key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY,
            EncryptionKeyLengthOutOfRange(key.length, SHORTEST_KEY, LONGEST_KEY)
        );
        bytes32 digest = keccak256(key);
        _members[member].encryptionKeyDigest = digest;
        emit EncryptionKeyChanged(member, digest, key, msg.sender);
    }

    function _takeName(uint32 member, string memory name) private {
        bytes memory text = bytes(name);
        require(
            text.length >= SHORTEST_NAME && text.length <= LONGEST_NAME,
            NameLengthOutOfRange(text.length, SHORTEST_NAME, LONGEST_NAME)
        );
        require(Utf8.isWellFormed(text), NameNotUtf8(text));
        bytes32 digest = keccak256(text);
        uint32 owner = _memberNamed[digest];
        require(owner == 0 || owner == member, NameTaken(owner));
        _memberNamed[digest] = member;
        _members[member].name = name;
    }
}
