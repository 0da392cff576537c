// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {ITimelock} from "../shared/Timelock.sol";
import {System} from "../shared/System.sol";
import {vm} from "../shared/Vm.sol";
import {svm} from "./Svm.sol";

/// @title Any state the contracts below a governance can be in, at any time: storage, time and callers are symbols.
/// @dev What is assumed of a state is in Valid.sol alone; a check that does not call it assumes nothing.
abstract contract State is System {
    /// @dev Deploys four, then lets their storage hold anything and the time be any second of 40 bits. The fifth,
    /// the governance, is any address: what it does, it does as a caller.
    function setUp() public virtual {
        _found(svm.createAddress("governance"));
        svm.enableSymbolicStorage(address(consortium));
        svm.enableSymbolicStorage(address(consents));
        svm.enableSymbolicStorage(address(commitments));
        svm.enableSymbolicStorage(address(advice));
        vm.warp(svm.createUint(40, "now"));
    }

    /// @dev The four.
    function _found(address governance_) internal {
        _foundConsortium(governance_);
        _deployRegistries();
    }

    /// @dev With one founding member, number 1.
    function _foundConsortium(address governance_) internal {
        vm.assume(governance_ != address(0));
        governance = ITimelock(governance_);
        IConsortium.Admission[] memory founding = new IConsortium.Admission[](1);
        founding[0] = IConsortium.Admission(1, "one", new bytes32[](0), address(0xACC), new bytes(32));
        _deployConsortium(governance_, founding);
    }

    /// @dev Moves on to any second from now on.
    function _later() internal {
        uint256 later = svm.createUint(40, "later");
        vm.assume(later >= block.timestamp);
        vm.warp(later);
    }

    /// @dev A consent after a call. A record that cannot be read any more is a fault, not a path to leave out.
    function _read(address consent) internal view returns (IConsentRegistry.Consent memory) {
        (bool readable, bytes memory out) =
            address(consents).staticcall(abi.encodeCall(IConsentRegistry.getConsent, (consent)));
        assert(readable);
        return abi.decode(out, (IConsentRegistry.Consent));
    }

    /// @dev What was never granted is empty, as Inductive.t.sol shows.
    function _assumeEmptyUntilGranted(IConsentRegistry.Consent memory record) internal pure {
        vm.assume(record.stage != IConsentRegistry.Stage.NONE || _packed(record) == 0);
    }

    /// @dev What is recorded of a grant.
    function _granted(IConsentRegistry.Grant memory terms) internal pure returns (IConsentRegistry.Consent memory) {
        return IConsentRegistry.Consent({
            recipient: terms.recipient,
            validFrom: terms.validFrom,
            validUntil: terms.validUntil,
            reconfirmBy: terms.reconfirmBy,
            sequence: 0,
            maxUses: terms.maxUses,
            uses: 0,
            stage: IConsentRegistry.Stage.GRANTED
        });
    }

    /// @dev Whether two records are the same in every field.
    function _same(
        IConsentRegistry.Consent memory one,
        IConsentRegistry.Consent memory other
    ) internal pure returns (bool) {
        return _packed(one) == _packed(other);
    }

    /// @dev A record as one number, whatever the contract's own layout is.
    function _packed(IConsentRegistry.Consent memory consent) internal pure returns (uint256) {
        return uint256(consent.recipient) | (uint256(consent.validFrom) << 32) | (uint256(consent.validUntil) << 72)
            | (uint256(consent.reconfirmBy) << 112) | (uint256(consent.sequence) << 152)
            | (uint256(consent.maxUses) << 184) | (uint256(consent.uses) << 200)
            | (uint256(uint8(consent.stage)) << 216);
    }
}
