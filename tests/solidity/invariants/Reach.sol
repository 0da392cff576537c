// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TimeHandler} from "./handlers/TimeHandler.sol";
import {vm} from "../shared/Vm.sol";
import {Reached} from "./Reached.sol";

/// @title Which handlers Forge calls, and long walks through them, which show that they reach every outcome.
/// @dev Forge takes some times longer for a call of a campaign than for one of a walk.
abstract contract Reach is TimeHandler, Reached {
    /// @dev As Forge reads it: the functions of a contract that campaigns call.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @dev A stretch of a walk has come to its end: what it did is undone, and how often it did what is told.
    error Done(Table table, uint256 calls);

    uint256 private constant STRETCH = 500;

    /// @dev So many calls as the profile asks for, from a fresh network every so often.
    function _walk(uint256 number) internal {
        uint256 stretches = _stretches();
        Table memory sum;
        uint256 calls;
        for (uint256 i = 0; i < stretches; i++) {
            (bool success, bytes memory answer) = address(this).call(
                abi.encodeCall(this.stretch, (uint256(keccak256(abi.encode("walk", number, i)))))
            );
            if (success || bytes4(answer) != Done.selector) _fail(answer);
            calls += _add(sum, answer);
        }
        sum.told = true;
        // A short walk need not come by every rare outcome.
        sum.complete = calls >= 50_000;
        _show(true, "calls", calls);
        _goThrough(sum);
    }

    /// @dev Some calls, each by a call of its own, which forgets its memory.
    function stretch(uint256 seed) external {
        bytes4[] memory handlers = _handlers();
        _beginAt(seed);
        for (uint256 i = 0; i < STRETCH; i++) {
            uint256 next = uint256(keccak256(abi.encode(seed, i)));
            (bool success, bytes memory answer) = address(this).call(
                abi.encodeWithSelector(handlers[next % handlers.length], next)
            );
            if (!success) _fail(answer);
        }
        Table memory table;
        _goThrough(table);
        uint256 calls = _calls;
        this.endRun();
        revert Done(table, calls);
    }

    /// @dev Now, or a week before a time that takes one bit more than a clock of 32, 33 or 39 bits has.
    function _beginAt(uint256 seed) private {
        uint256[4] memory bits = [uint256(0), 32, 33, 39];
        uint256 chosen = bits[seed % 4];
        if (chosen != 0) _time = (1 << chosen) - 7 days;
    }

    /// @dev The whole state, once at the end of a run.
    function endRun() external virtual;

    function _stretches() private view returns (uint256) {
        bytes32 profile = keccak256(bytes(vm.envOr("FOUNDRY_PROFILE", string("default"))));
        if (profile == keccak256("quick")) return 1;
        return profile == keccak256("long") ? 5000 : 500;
    }

    function _add(Table memory sum, bytes memory answer) private pure returns (uint256 calls) {
        assembly ("memory-safe") {
            // The arguments of the error, without its selector.
            let length := sub(mload(answer), 4)
            answer := add(answer, 4)
            mstore(answer, length)
        }
        Table memory table;
        (table, calls) = abi.decode(answer, (Table, uint256));
        for (uint256 i = 0; i < table.counts.length; i++) {
            sum.counts[i] += table.counts[i];
        }
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), _handlers());
    }

    function _fail(bytes memory answer) private pure {
        assembly ("memory-safe") {
            revert(add(answer, 32), mload(answer))
        }
    }

    function _handlers() private pure returns (bytes4[] memory handlers) {
        handlers = new bytes4[](33);
        handlers[0] = this.grant.selector;
        handlers[1] = this.grantBatch.selector;
        handlers[2] = this.pause.selector;
        handlers[3] = this.resume.selector;
        handlers[4] = this.reconfirm.selector;
        handlers[5] = this.withdraw.selector;
        handlers[6] = this.withdrawBatch.selector;
        handlers[7] = this.release.selector;
        handlers[8] = this.use.selector;
        handlers[9] = this.useBatch.selector;
        handlers[10] = this.record.selector;
        handlers[11] = this.acknowledge.selector;
        handlers[12] = this.acknowledgeBatch.selector;
        handlers[13] = this.commit.selector;
        handlers[14] = this.commitBatch.selector;
        handlers[15] = this.offerAccount.selector;
        handlers[16] = this.acceptAccount.selector;
        handlers[17] = this.removeAccount.selector;
        handlers[18] = this.changeEncryptionKey.selector;
        handlers[19] = this.rename.selector;
        handlers[20] = this.suspend.selector;
        handlers[21] = this.reinstate.selector;
        handlers[22] = this.proposeRecovery.selector;
        handlers[23] = this.objectToRecovery.selector;
        handlers[24] = this.completeRecovery.selector;
        handlers[25] = this.lapseRecovery.selector;
        handlers[26] = this.govern.selector;
        handlers[27] = this.propose.selector;
        handlers[28] = this.veto.selector;
        handlers[29] = this.execute.selector;
        handlers[30] = this.renounceRole.selector;
        handlers[31] = this.pass.selector;
        handlers[32] = this.sendInVain.selector;
    }
}
