// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Whether bytes are well-formed UTF-8, by decoding each code point and asking whether it was its shortest form.
/// @dev RFC 3629, section 3: another way than a table of bytes, so that it can disagree with what is judged.
library Text {
    function isWellFormed(bytes memory text) internal pure returns (bool) {
        uint256 place = 0;
        while (place < text.length) {
            uint256 length = _lengthOf(uint8(text[place]));
            if (length == 0 || place + length > text.length) return false;
            // The bits of the first byte behind its length, and six of each byte after it.
            uint256 point = uint8(text[place]) & (length == 1 ? 0x7F : 0xFF >> (length + 1));
            for (uint256 i = 1; i < length; i++) {
                uint8 unit = uint8(text[place + i]);
                if (unit >> 6 != 2) return false;
                point = (point << 6) | (unit & 0x3F);
            }
            if (_shortest(point) != length || point > 0x10FFFF || point >> 11 == 27) return false;
            place += length;
        }
        return true;
    }

    /// @dev As its first byte says; 0 for a byte that begins nothing.
    function _lengthOf(uint8 first) private pure returns (uint256) {
        if (first >> 7 == 0) return 1;
        if (first >> 5 == 6) return 2;
        if (first >> 4 == 14) return 3;
        return first >> 3 == 30 ? 4 : 0;
    }

    function _shortest(uint256 point) private pure returns (uint256) {
        if (point < 1 << 7) return 1;
        if (point < 1 << 11) return 2;
        return point < 1 << 16 ? 3 : 4;
    }
}
