// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ITimelock} from "../shared/Timelock.sol";
import {vm} from "../shared/Vm.sol";
import {Members} from "./Members.sol";
import {slots, svm} from "./Svm.sol";

contract Probe {}

/// @title How a proposal of the governance comes to be carried out, or not.
/// @dev Halmos numbers the addresses of what is deployed, which foretells the governance's.
contract Vetoes is Members {
    bytes32 private constant PROPOSER = keccak256("PROPOSER_ROLE");
    bytes32 private constant EXECUTOR = keccak256("EXECUTOR_ROLE");
    uint256 private constant SLOT_OF_ROLES = 0;
    uint256 private constant SLOT_OF_TIMES = 1;
    bytes32 private constant SLOT_OF_DELAY = bytes32(uint256(2));
    uint256 private constant DONE = 1;

    function setUp() public override {
        address predicted = address(uint160(address(new Probe())) + 2);
        _foundConsortium(predicted);
        address[] memory founders = new address[](1);
        founders[0] = address(0xF0);
        _deployGovernance(founders);
        assert(address(governance) == predicted);
        svm.enableSymbolicStorage(address(consortium));
        svm.enableSymbolicStorage(address(governance));
        vm.warp(svm.createUint(40, "now"));
    }

    /// @notice M10: a proposal waits for the delay of the deployment at least, and only a founder makes it.
    function check_waits(address caller, address target, bytes32 what, bytes32 salt, uint256 delay) external {
        bool founder = governance.hasRole(PROPOSER, caller);
        bytes memory data = abi.encode(what);
        vm.prank(caller);
        (bool done,) = address(governance).call(
            abi.encodeCall(ITimelock.schedule, (target, 0, data, 0, salt, delay))
        );
        vm.assume(done);
        assert(founder);
        uint256 least = uint256(slots.load(address(governance), SLOT_OF_DELAY));
        assert(_timeOf(target, data, salt) - block.timestamp >= least);
    }

    /// @notice M10: nobody changes the delay, whoever calls, and the governance itself neither.
    function check_delayStays(address caller, uint256 delay) external {
        vm.prank(caller);
        (bool done,) = address(governance).call(abi.encodeCall(ITimelock.updateDelay, (delay)));
        assert(!done);
    }

    /// @notice M10: a proposal of several calls has one at least, and is a founder's.
    function check_hasACall(address caller, address target, bool none, bytes32 salt, uint256 delay) external {
        bool founder = governance.hasRole(PROPOSER, caller);
        uint256 count = none ? 0 : 1;
        address[] memory targets = new address[](count);
        if (count != 0) targets[0] = target;
        bytes memory call = abi.encodeCall(
            ITimelock.scheduleBatch,
            (targets, new uint256[](count), new bytes[](count), 0, salt, delay)
        );
        vm.prank(caller);
        (bool done,) = address(governance).call(call);
        vm.assume(done);
        assert(founder);
        assert(!none);
    }

    /// @notice M10: it is carried out only when its time has come.
    function check_carriedOutOnlySo(address caller, bytes32 what, bytes32 salt) external {
        bytes memory data = abi.encode(what);
        uint256 at = _timeOf(address(0xE0), data, salt);
        vm.prank(caller);
        (bool done,) = address(governance).call(
            abi.encodeCall(ITimelock.execute, (address(0xE0), 0, data, 0, salt))
        );
        vm.assume(done);
        assert(at > DONE);
        assert(at <= block.timestamp);
        assert(_timeOf(address(0xE0), data, salt) == DONE);
    }

    /// @notice M10: any active member's account, and nobody else, takes a proposal back that was not carried out yet.
    function check_vetoed(address caller, bytes32 id) external {
        uint256 at = _at(id);
        bool active = _standing(uint32(_memberOf(caller))) == ACTIVE;
        vm.assume(_standing(uint32(_memberOf(caller))) <= SUSPENDED);
        vm.prank(caller);
        (bool done,) = address(governance).call(abi.encodeCall(ITimelock.cancel, (id)));
        assert(done == _and(active, at > DONE));
        assert(_or(!done, _at(id) == 0));
    }

    /// @notice M10: anyone carries it out: who calls makes no difference.
    function check_carriedOutByAnyone(address caller, bytes32 what, bytes32 salt) external {
        bytes memory data = abi.encode(what);
        uint256 at = _timeOf(address(0xE0), data, salt);
        vm.assume(at > DONE);
        vm.assume(at <= block.timestamp);
        vm.assume(governance.hasRole(EXECUTOR, address(0)));
        vm.prank(caller);
        (bool done,) = address(governance).call(
            abi.encodeCall(ITimelock.execute, (address(0xE0), 0, data, 0, salt))
        );
        assert(done);
    }

    /// @notice M2, M10: whatever change of its roles is asked for by whomever, founders come and go, by the governance or
    /// by resigning; who else has which role stays as its constructors gave it.
    function check_rolesStay(address account, address caller, bytes32 role, uint8 which) external {
        vm.assume(_isGiven());
        vm.assume(_or(caller == address(governance), !governance.hasRole(0, caller)));
        vm.assume(governance.getRoleAdmin(role) == 0);
        bool had = _holds(role, account);
        bytes memory call = abi.encodeCall(governance.grantRole, (role, account));
        if (which == 1) call = abi.encodeCall(governance.revokeRole, (role, account));
        if (which == 2) call = abi.encodeCall(governance.renounceRole, (role, account));
        vm.prank(caller);
        (bool done,) = address(governance).call(call);
        vm.assume(done);
        bool changed = _holds(role, account) != had;
        assert(_or(!changed, role == PROPOSER));
        assert(_or(_or(!changed, account != address(0)), had));
        assert(_or(!changed, _or(caller == address(governance), _and(had, caller == account))));
        assert(_isGiven());
    }

    /// @dev What the constructors give: the administration to itself, execution to everyone.
    function _isGiven() private view returns (bool) {
        return _and(_holds(0, address(governance)), _holds(EXECUTOR, address(0)));
    }

    function _holds(bytes32 role, address account) private view returns (bool) {
        bytes32 ofRole = keccak256(abi.encode(role, SLOT_OF_ROLES));
        return uint256(slots.load(address(governance), keccak256(abi.encode(account, ofRole)))) & 0xff != 0;
    }

    function _timeOf(address target, bytes memory data, bytes32 salt) private view returns (uint256) {
        return _at(keccak256(abi.encode(target, uint256(0), data, bytes32(0), salt)));
    }

    function _at(bytes32 id) private view returns (uint256) {
        return uint256(slots.load(address(governance), keccak256(abi.encode(id, SLOT_OF_TIMES))));
    }
}
