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
    uint256 private constant SLOT_OF_TIMES = 1;
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

    /// @notice M10: a proposal waits for seven days at least, whatever the governance decided, and only a founder makes it.
    function check_waits(address caller, address target, bytes32 what, bytes32 salt, uint256 delay) external {
        bool founder = governance.hasRole(keccak256("PROPOSER_ROLE"), caller);
        bytes memory data = abi.encode(what);
        vm.prank(caller);
        (bool done,) = address(governance).call(
            abi.encodeCall(ITimelock.schedule, (target, 0, data, 0, salt, delay))
        );
        vm.assume(done);
        assert(founder);
        assert(_timeOf(target, data, salt) >= block.timestamp + 7 days);
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

    /// @notice M2: nobody but the governance itself comes to be its administrator, by whatever change of its roles.
    function check_nobodyAboveIt(address account, address caller, bytes32 role, uint8 which) external {
        vm.assume(_governsItself(account));
        vm.assume(_governsItself(caller));
        vm.assume(governance.getRoleAdmin(role) == 0);
        bytes memory call = abi.encodeCall(governance.grantRole, (role, account));
        if (which == 1) call = abi.encodeCall(governance.revokeRole, (role, account));
        if (which == 2) call = abi.encodeCall(governance.renounceRole, (role, account));
        vm.prank(caller);
        (bool done,) = address(governance).call(call);
        vm.assume(done);
        assert(_governsItself(account));
    }

    function _governsItself(address account) private view returns (bool) {
        return _or(account == address(governance), !governance.hasRole(0, account));
    }

    function _timeOf(address target, bytes memory data, bytes32 salt) private view returns (uint256) {
        return _at(keccak256(abi.encode(target, uint256(0), data, bytes32(0), salt)));
    }

    function _at(bytes32 id) private view returns (uint256) {
        return uint256(slots.load(address(governance), keccak256(abi.encode(id, SLOT_OF_TIMES))));
    }
}
