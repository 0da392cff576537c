// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// solhint-disable-next-line import-path-check
import {IConsortium} from "@jamjar/contracts/IConsortium.sol";

/// @title Closed electoral rolls: for each area and poll the root of its entries, once, and for ever.
/// @notice Each area has one registration officer, a member, named when this is deployed; nobody changes that. The
/// officer closes the roll of a poll before the day of the poll. There is no function that changes a closed roll.
/// Warning: a root says nothing about who ought to be on the roll, and what law changes after closing is not in it.
/// @dev Errors are listed in the order they are checked in.
contract ElectoralRoll {
    /// @notice Which member is the registration officer of an area.
    /// @param area SHA-256 of the area's code; the code is public.
    /// @param member The member's number.
    struct Officer {
        bytes32 area;
        uint32 member;
    }

    /// @notice A closed roll; all zero while it is open.
    /// @param root The Merkle root over its salted entries and decoys.
    /// @param closedAt When it was closed, in Unix seconds.
    /// @param entryCount How many entries it has, decoys apart: a figure that is published anyway.
    struct Roll {
        bytes32 root;
        uint64 closedAt;
        uint32 entryCount;
    }

    IConsortium private immutable CONSORTIUM;

    mapping(bytes32 area => uint32 member) private _officers;
    mapping(bytes32 area => mapping(uint64 pollAt => Roll roll)) private _rolls;

    /// @notice A member is an area's registration officer, for as long as this contract is used.
    /// @param area The area's digest.
    /// @param member The member's number.
    event OfficerNamed(bytes32 indexed area, uint32 indexed member);

    /// @notice A roll was closed.
    /// @param area The area's digest.
    /// @param pollAt First second of the day of the poll, in UTC.
    /// @param root The Merkle root over its entries and decoys.
    /// @param entryCount How many entries it has, decoys apart.
    /// @param member The officer's number as a member.
    /// @param by The officer's account that closed it.
    event RollClosed(
        bytes32 indexed area,
        uint64 indexed pollAt,
        bytes32 root,
        uint32 entryCount,
        uint32 indexed member,
        address by
    );

    /// @notice The consortium is no contract, or an officer's area or member is missing or named before.
    error DeploymentInvalid();
    /// @notice This account acts for no active member that is the area's registration officer.
    /// @param area The area's digest.
    /// @param account The account.
    error NotTheOfficer(bytes32 area, address account);
    /// @notice A roll has a root and at least one entry.
    error RollEmpty();
    /// @notice The roll of this area and poll is closed: it is never closed again, nor opened.
    /// @param area The area's digest.
    /// @param pollAt First second of the day of the poll.
    /// @param closedAt When it was closed.
    error RollIsClosed(bytes32 area, uint64 pollAt, uint64 closedAt);
    /// @notice The day of the poll has begun: too late to close its roll.
    /// @param pollAt First second of that day.
    error PollHasBegun(uint64 pollAt);

    /// @notice Deploys the record of closed rolls.
    /// @param consortium The consortium, which says for whom an account acts.
    /// @param officers Each area's officer, each area once.
    constructor(IConsortium consortium, Officer[] memory officers) {
        require(address(consortium).code.length != 0, DeploymentInvalid());
        CONSORTIUM = consortium;
        for (uint256 i = 0; i < officers.length; ++i) {
            Officer memory officer = officers[i];
            bool isNew = officer.area != 0 && officer.member != 0 && _officers[officer.area] == 0;
            require(isNew, DeploymentInvalid());
            _officers[officer.area] = officer.member;
            emit OfficerNamed(officer.area, officer.member);
        }
    }

    /// @notice Close an area's roll of a poll, as an account of its officer.
    /// @dev Reverts with NotTheOfficer, RollEmpty, RollIsClosed or PollHasBegun.
    /// @param area The area's digest.
    /// @param pollAt First second of the day of the poll, in UTC.
    /// @param root The Merkle root over its entries and decoys.
    /// @param entryCount How many entries it has, decoys apart.
    function close(bytes32 area, uint64 pollAt, bytes32 root, uint32 entryCount) external {
        uint32 member = CONSORTIUM.memberOf(msg.sender);
        bool isOfficer = member != 0 && member == _officers[area] && CONSORTIUM.isActive(member);
        require(isOfficer, NotTheOfficer(area, msg.sender));
        require(root != 0 && entryCount != 0, RollEmpty());
        uint64 closedAt = _rolls[area][pollAt].closedAt;
        require(closedAt == 0, RollIsClosed(area, pollAt, closedAt));
        require(block.timestamp < pollAt, PollHasBegun(pollAt));

        _rolls[area][pollAt] = Roll(root, uint64(block.timestamp), entryCount);
        emit RollClosed(area, pollAt, root, entryCount, member, msg.sender);
    }

    /// @notice An area's officer.
    /// @param area The area's digest.
    /// @return The member's number, 0 if there is none.
    function officerOf(bytes32 area) external view returns (uint32) {
        return _officers[area];
    }

    /// @notice A closed roll.
    /// @param area The area's digest.
    /// @param pollAt First second of the day of the poll.
    /// @return The roll, all zero while it is open.
    function rollOf(bytes32 area, uint64 pollAt) external view returns (Roll memory) {
        return _rolls[area][pollAt];
    }
}
