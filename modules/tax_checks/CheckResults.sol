// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// solhint-disable-next-line import-path-check
import {IConsortium} from "@jamjar/contracts/IConsortium.sol";

/// @title Results of checks, and who relied on which.
/// @notice A check is 32 random bytes, a result a salted digest: neither says whom it is about. The member that records
/// the first result of a check is its checker, and alone replaces it; any active member can rely on the newest.
contract CheckResults {
    /// @notice A check has this result from now on, in place of the one before; zero if it is the first.
    /// @param check The check.
    /// @param member The checker's member number.
    /// @param account The account that acted for it.
    /// @param result The result's digest.
    /// @param replaces The digest that was current before.
    event ResultRecorded(
        bytes32 indexed check,
        uint32 indexed member,
        address account,
        bytes32 result,
        bytes32 replaces
    );
    /// @notice A member relies on a result.
    /// @param check The check.
    /// @param member The member's number.
    /// @param account The account that acted for it.
    /// @param result The result's digest, which is the newest of the check at this time.
    event ResultReliedOn(bytes32 indexed check, uint32 indexed member, address account, bytes32 result);

    /// @notice There is no consortium at this address.
    error DeploymentInvalid();
    /// @notice This account acts for no active member.
    /// @param account The account.
    error AccountNotActiveMember(address account);
    /// @notice Another member is the checker.
    /// @param check The check.
    /// @param member The number of the member that is.
    error CheckOfAnother(bytes32 check, uint32 member);
    /// @notice A check and a result are not zero.
    error DigestZero();
    /// @notice Another result is current.
    /// @param check The check.
    /// @param head The digest that is current; zero if the check is unknown.
    error ResultNotCurrent(bytes32 check, bytes32 head);
    /// @notice A result that was replaced does not come back; a new one has new salts.
    /// @param check The check.
    /// @param result The result's digest.
    error ResultKnown(bytes32 check, bytes32 result);
    /// @notice This member's reliance on this result is on the record already.
    /// @param check The check.
    /// @param result The result's digest.
    /// @param member The member's number.
    error ReliedAlready(bytes32 check, bytes32 result, uint32 member);

    /// @notice The consortium that says who is a member.
    IConsortium public immutable CONSORTIUM;

    /// @notice The newest result of a check; zero if the check is unknown.
    mapping(bytes32 check => bytes32 result) public resultOf;
    /// @notice The member number of a check's checker; zero if the check is unknown.
    mapping(bytes32 check => uint32 member) public checkerOf;
    /// @notice Whether a check has, or had, a result.
    mapping(bytes32 check => mapping(bytes32 result => bool)) public isResultOf;
    /// @notice Whether a member relied on a result of a check.
    mapping(bytes32 check => mapping(bytes32 result => mapping(uint32 member => bool))) public hasRelied;

    /// @notice Deploys the record of a consortium's checks.
    /// @param consortium The consortium.
    constructor(IConsortium consortium) {
        require(address(consortium).code.length != 0, DeploymentInvalid());
        CONSORTIUM = consortium;
    }

    /// @notice Records the result of a check: a first one, or one in place of the current.
    /// @param check 32 random bytes for a new check.
    /// @param result The result's digest, which this check never had.
    /// @param replaces The digest that is current; zero for a new check.
    function record(bytes32 check, bytes32 result, bytes32 replaces) external {
        uint32 member = _activeMember();
        uint32 checker = checkerOf[check];
        require(check != 0 && result != 0, DigestZero());
        require(checker == 0 || checker == member, CheckOfAnother(check, checker));
        require(replaces == resultOf[check], ResultNotCurrent(check, resultOf[check]));
        require(!isResultOf[check][result], ResultKnown(check, result));

        checkerOf[check] = member;
        resultOf[check] = result;
        isResultOf[check][result] = true;
        emit ResultRecorded(check, member, msg.sender, result, replaces);
    }

    /// @notice Records that the caller's member relies on the newest result of a check; once for each.
    /// @param check The check.
    /// @param result The digest of what the member was shown.
    function rely(bytes32 check, bytes32 result) external {
        uint32 member = _activeMember();
        require(result != 0 && result == resultOf[check], ResultNotCurrent(check, resultOf[check]));
        require(!hasRelied[check][result][member], ReliedAlready(check, result, member));

        hasRelied[check][result][member] = true;
        emit ResultReliedOn(check, member, msg.sender, result);
    }

    function _activeMember() private view returns (uint32 member) {
        member = CONSORTIUM.memberOf(msg.sender);
        require(CONSORTIUM.isActive(member), AccountNotActiveMember(msg.sender));
    }
}
