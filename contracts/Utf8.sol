// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Well-formed UTF-8.
/// @notice What the text of names may be.
library Utf8 {
    /// @notice Whether bytes are well-formed UTF-8, as table 3-7 of The Unicode Standard 15.0 has it: no overlong form,
    /// no surrogate, nothing beyond U+10FFFF.
    /// @param text The bytes.
    /// @return Whether they are.
    function isWellFormed(bytes memory text) internal pure returns (bool) {
        uint256 rest = 0; // continuation bytes that are to come
        uint8 least = 0x80; // bounds of the next one
        uint8 most = 0xBF;
        for (uint256 i = 0; i < text.length; i++) {
            uint8 unit = uint8(text[i]);
            if (rest != 0) {
                if (unit < least || unit > most) return false;
                (rest, least, most) = (rest - 1, 0x80, 0xBF);
            } else if (unit >= 0x80) {
                if (unit < 0xC2 || unit > 0xF4) return false;
                rest = unit < 0xE0 ? 1 : unit < 0xF0 ? 2 : 3;
                if (unit == 0xE0) least = 0xA0;
                else if (unit == 0xF0) least = 0x90;
                else if (unit == 0xED) most = 0x9F;
                else if (unit == 0xF4) most = 0x8F;
            }
        }
        return rest == 0;
    }
}
