// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MemberProperties} from "./properties/MemberProperties.sol";
import {Reach} from "./Reach.sol";

/// @title The campaigns: one for each property, each with a seed and so with calls of its own.
/// @dev Forge gives every invariant the same calls unless it has a seed of its own, here; and reads that only in the
/// contract that it runs. Every call of every campaign is judged by the model too, see Calls.
contract CampaignsTest is MemberProperties, Reach {
    function setUp() external {
        _settle();
    }

    /// @notice P6: At the end of a run the whole state is what the model says.
    function afterInvariant() external {
        _compareAll();
    }

    function endRun() external override {
        _compareAll();
    }

    /// @notice L18: Every call comes to what the model says, and every outcome is reached: first walk.
    function test_FirstWalk() external {
        _walk(1);
    }

    /// @notice L18: Every call comes to what the model says, and every outcome is reached: second walk.
    function test_SecondWalk() external {
        _walk(2);
    }

    /// @notice L18: Every call comes to what the model says, and every outcome is reached: third walk.
    function test_ThirdWalk() external {
        _walk(3);
    }

    /// @notice L18: Every call comes to what the model says, and every outcome is reached: last walk.
    function test_LastWalk() external {
        _walk(4);
    }

    /// @notice L1: A consent begins once for ever, by a grant that its own key signed.
    /// forge-config: default.fuzz.seed = "0x1"
    function invariant_L1() external {
        _each(_holdsL1);
        _unbroken("L1");
    }

    /// @notice L2: A consent that is WITHDRAWN stays so.
    /// forge-config: default.fuzz.seed = "0x2"
    function invariant_L2() external {
        _each(_holdsL2);
    }

    /// @notice L3: A consent that is RELEASED stays so.
    /// forge-config: default.fuzz.seed = "0x3"
    function invariant_L3() external {
        _each(_holdsL3);
    }

    /// @notice L4: Past its end a consent is EXPIRED, unless it ended before, and nothing changes it.
    /// forge-config: default.fuzz.seed = "0x4"
    function invariant_L4() external {
        _each(_holdsL4);
    }

    /// @notice L5: Nothing but its key, its recipient and time makes a consent less than it was.
    /// forge-config: default.fuzz.seed = "0x5"
    function invariant_L5() external {
        _each(_holdsL8);
        _unbroken("L5");
    }

    /// @notice L6: Nothing but its key makes a consent more than it was.
    /// forge-config: default.fuzz.seed = "0x6"
    function invariant_L6() external {
        _each(_holdsL10);
        _unbroken("L6");
    }

    /// @notice L7: The uses never exceed the most there may be, and each recorded use raises them by one.
    /// forge-config: default.fuzz.seed = "0x7"
    function invariant_L7() external {
        _each(_holdsL7);
        _unbroken("L7");
    }

    /// @notice L8: Recipient, start, end and the most uses never change once granted.
    /// forge-config: default.fuzz.seed = "0x8"
    function invariant_L8() external {
        _each(_holdsL8);
    }

    /// @notice L9: The sequence is the number of pauses, resumptions and reconfirmations, each of which named it.
    /// forge-config: default.fuzz.seed = "0x9"
    function invariant_L9() external {
        _each(_holdsL9);
        _unbroken("L9");
    }

    /// @notice L10: The reconfirmation date changes only by reconfirming, and lies within its limits.
    /// forge-config: default.fuzz.seed = "0xa"
    function invariant_L10() external {
        _each(_holdsL10);
    }

    /// @notice L11: The status is the first that applies, each boundary exact to the second.
    /// forge-config: default.fuzz.seed = "0xb"
    function invariant_L11() external {
        _each(_holdsL11);
    }

    /// @notice L12: Live means ACTIVE or EXHAUSTED with an active adviser; isLive, areLive and standing agree.
    /// forge-config: default.fuzz.seed = "0xc"
    function invariant_L12() external {
        _each(_holdsL12);
    }

    /// @notice L13: A head changes only by its key's signature over the head before it, under a live consent.
    /// forge-config: default.fuzz.seed = "0xd"
    function invariant_L13() external {
        _each(_holdsL13);
        _unbroken("L13");
    }

    /// @notice L14: A withdrawal signed when the key was made succeeds from anyone until the consent has ended.
    /// forge-config: default.fuzz.seed = "0xe"
    function invariant_L14() external {
        _each(_holdsL14);
    }

    /// @notice L15: A call about one consent changes no other consent or head.
    /// forge-config: default.fuzz.seed = "0xf"
    function invariant_L15() external {
        _each(_holdsL15);
    }

    /// @notice L16: Advice goes from nothing to recorded to acknowledged, each once, and never back.
    /// forge-config: default.fuzz.seed = "0x10"
    function invariant_L16() external view {
        _holdsL16();
        _unbroken("L16");
    }

    /// @notice L19: The views that check revert exactly as the calls would.
    /// forge-config: default.fuzz.seed = "0x12"
    function invariant_L19() external {
        _each(_holdsL19);
    }

    /// @notice M1: A member's number is never used again.
    /// forge-config: default.fuzz.seed = "0x13"
    function invariant_M1() external {
        _eachMember(_holdsM1);
        _unbroken("M1");
    }

    /// @notice M2: Only the governance admits members and changes roles, and it alone has the administration.
    /// forge-config: default.fuzz.seed = "0x14"
    function invariant_M2() external {
        _eachMember(_holdsM2);
        _unbroken("M2");
    }

    /// @notice M3: An account acts for at most one member.
    /// forge-config: default.fuzz.seed = "0x15"
    function invariant_M3() external {
        _eachMember(_holdsM3);
        _unbroken("M3");
    }

    /// @notice M4: Only a known member's seat holds a member role.
    /// forge-config: default.fuzz.seed = "0x16"
    function invariant_M4() external {
        _eachMember(_holdsM4);
    }

    /// @notice M5: A member that is not active has no power.
    /// forge-config: default.fuzz.seed = "0x17"
    function invariant_M5() external {
        _eachMember(_holdsM5);
    }

    /// @notice M6: A member's accounts, key and name are changed by its own accounts, or by a recovery that it let pass.
    /// forge-config: default.fuzz.seed = "0x18"
    function invariant_M6() external view {
        _unbroken("M6");
    }

    /// @notice M7: A name is one member's, for ever.
    /// forge-config: default.fuzz.seed = "0x1b"
    function invariant_M7() external {
        _eachMember(_holdsM7);
        _unbroken("M7");
    }

    /// @notice M8: A suspension by the council ends by anyone after its time, and is not repeated for as long again.
    /// forge-config: default.fuzz.seed = "0x1c"
    function invariant_M8() external {
        _eachMember(_holdsM8);
        _unbroken("M8");
    }

    /// @notice M9: A member never loses its last account.
    /// forge-config: default.fuzz.seed = "0x1d"
    function invariant_M9() external {
        _eachMember(_holdsM9);
        _unbroken("M9");
    }

    /// @notice M10: A proposal is carried out a week or more after a founder made it, unless an active member vetoed it.
    /// forge-config: default.fuzz.seed = "0x1e"
    function invariant_M10() external view {
        _unbroken("M10");
    }

    /// @notice P8.1: Nothing that anyone does about members or the governance writes to a consent, a head or advice.
    /// forge-config: default.fuzz.seed = "0x1f"
    function invariant_P8_1() external {
        _each(_holdsL15);
    }

    /// @notice P4.1: No contract ever has ether.
    /// forge-config: default.fuzz.seed = "0x19"
    function invariant_P4_1() external view {
        _holdsP4();
    }

    /// @notice P6.1: Every event is one of the five contracts', and one that the interfaces name.
    /// forge-config: default.fuzz.seed = "0x1a"
    function invariant_P6_1() external view {
        _unbroken("P6.1");
    }
}
