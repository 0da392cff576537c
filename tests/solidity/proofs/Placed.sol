// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {State} from "./State.sol";
import {slots, svm} from "./Svm.sol";

/// @title Consents with any record but for the last four bits of the recipient's number, which are given.
/// @dev `areLive` looks recipients up by these four bits, as a place in memory, and Halmos follows no place that is a
/// symbol. A consent's address is only a name, so two that differ stand for any two.
abstract contract Placed is State {
    address internal constant ONE = address(0xA1);
    address internal constant OTHER = address(0xA2);

    uint256 private constant SLOT_OF_CONSENTS = 2;

    function _place(address consent, uint256 place) internal returns (IConsentRegistry.Consent memory record) {
        record.recipient = uint32((svm.createUint(28, "recipient") << 4) | place);
        record.validFrom = uint40(svm.createUint(40, "validFrom"));
        record.validUntil = uint40(svm.createUint(40, "validUntil"));
        record.reconfirmBy = uint40(svm.createUint(40, "reconfirmBy"));
        record.sequence = uint32(svm.createUint(32, "sequence"));
        record.maxUses = uint16(svm.createUint(16, "maxUses"));
        record.uses = uint16(svm.createUint(16, "uses"));
        record.stage = IConsentRegistry.Stage(svm.createUint(3, "stage"));
        slots.store(address(consents), keccak256(abi.encode(consent, SLOT_OF_CONSENTS)), bytes32(_packed(record)));
        assert(_same(_read(consent), record));
    }
}
