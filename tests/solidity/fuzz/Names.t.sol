// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {System} from "../shared/System.sol";
import {Text} from "../shared/Text.sol";
import {vm} from "../shared/Vm.sol";

/// @title Which bytes are a name: every one, two and three of them, and every edge of four.
/// @dev The test is a founding member. It asks by a call that may write nothing: a name that is no text is refused as
/// such, any other is refused for writing, which takes all the gas that it was given.
contract NamesTest is System {
    /// @dev The first and last byte of every class in table 3-7 of The Unicode Standard, and those next to them.
    bytes private constant EDGES = hex"007f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5ff";

    function setUp() external {
        IConsortium.Admission[] memory founding = new IConsortium.Admission[](1);
        founding[0] = IConsortium.Admission(1, "one", new bytes32[](0), address(this), new bytes(32));
        _deployConsortium(address(1), founding);
    }

    /// @notice M7: Of one and two bytes each is told as text or none as by a decoder.
    function test_OneAndTwo() external view {
        for (uint256 i = 0; i < 256; i++) {
            _agree(abi.encodePacked(bytes1(uint8(i))));
            for (uint256 j = 0; j < 256; j++) {
                _agree(abi.encodePacked(bytes1(uint8(i)), bytes1(uint8(j))));
            }
        }
    }

    /// @notice M7: Of three bytes each, whose first begins more than one; the others begin with what stands alone above.
    function test_Three() external view {
        bytes memory every = new bytes(256);
        for (uint256 i = 0; i < 256; i++) {
            every[i] = bytes1(uint8(i));
        }
        for (uint256 i = 0xe0; i < 0xf0; i++) {
            for (uint256 j = 0; j < 256; j++) {
                this.agree(abi.encodePacked(bytes1(uint8(i)), bytes1(uint8(j))), every, 0, _isQuick() ? 37 : 1);
            }
        }
    }

    /// @notice M7: Of three and four bytes every combination of edges, and of five those that begin with a whole one.
    function test_Edges() external view {
        bytes memory edges = EDGES;
        uint256 size = edges.length;
        for (uint256 i = 0; i < size * size * size; i++) {
            bytes memory three = abi.encodePacked(
                edges[i / size / size],
                edges[(i / size) % size],
                edges[i % size]
            );
            _agree(three);
            uint256 step = _isQuick() ? 11 : 1;
            this.agree(three, edges, i % step, step);
        }
        for (uint256 i = 0; i < size * size; i++) {
            bytes memory two = abi.encodePacked(edges[i / size], edges[i % size]);
            _agree(abi.encodePacked(hex"e282ac", two));
            _agree(abi.encodePacked(two, hex"f09f98", two));
        }
    }

    /// @notice M7: Any bytes are told as by a decoder; so are texts of any code points, whole and cut.
    function testFuzz_Any(bytes32 some, uint32[8] calldata points, uint8 cut) external view {
        bytes memory text;
        for (uint256 i = 0; i < 8; i++) {
            uint32 point = points[i] % 0x110000 >> (uint8(some[i]) % 21);
            text = abi.encodePacked(text, _encoded(point));
        }
        _agree(text);
        _agree(abi.encodePacked(some));
        uint256 length = cut % (text.length + 1);
        assembly ("memory-safe") {
            mstore(text, length)
        }
        if (length != 0) _agree(text);
    }

    /// @dev Of some bytes with each end in turn; by a call of its own, which forgets its memory.
    function agree(bytes calldata begun, bytes calldata ends, uint256 first, uint256 step) external view {
        for (uint256 i = first; i < ends.length; i += step) {
            _agree(abi.encodePacked(begun, ends[i]));
        }
    }

    function _agree(bytes memory name) private view {
        (bool done, bytes memory answer) = address(consortium).staticcall{gas: 60_000}(
            abi.encodeCall(IConsortium.rename, (string(name)))
        );
        bool refused = bytes4(answer) == IConsortium.NameNotUtf8.selector;
        if (done || refused == Text.isWellFormed(name)) vm.assertEq(name, "", "M7: told otherwise than decoded");
    }

    /// @dev RFC 3629, section 3, also of what is none.
    function _encoded(uint32 point) private pure returns (bytes memory) {
        bytes1 last = bytes1(uint8(0x80 | (point & 0x3F)));
        if (point < 0x80) return abi.encodePacked(uint8(point));
        if (point < 0x800) return abi.encodePacked(uint8(0xC0 | (point >> 6)), last);
        bytes1 third = bytes1(uint8(0x80 | ((point >> 6) & 0x3F)));
        if (point < 0x10000) return abi.encodePacked(uint8(0xE0 | (point >> 12)), third, last);
        return abi.encodePacked(uint8(0xF0 | (point >> 18)), uint8(0x80 | ((point >> 12) & 0x3F)), third, last);
    }

    function _isQuick() private view returns (bool) {
        return keccak256(bytes(vm.envOr("FOUNDRY_PROFILE", string("default")))) == keccak256("quick");
    }
}
