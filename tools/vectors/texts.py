"""Vectors of JSON, base 64, addresses, Unicode, sort orders and padding, with what every reader must refuse."""

import json
from functools import partial
from typing import Any

from jamjar.encoding import strict_base64, strict_json
from jamjar.encoding.padding import pad, unpad
from jamjar.encoding.unicode_text import is_stable
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.vault.passphrase import normalised
from tools.vectors.drawn import taken

VALUES: tuple[Any, ...] = (
    {"b": 1, "\U0001f3e0": 1, "\uff21": 2, "B": -5, "": 0},
    {"a": [True, False, None, "é", "\U0001f3e0", '"\\\n\t\x7f\u2028']},
    {"ten": 10**15, "nested": {"z": {}, "y": [[]]}},
    [9007199254740991, -9007199254740991, "\b\f\r\x00/"],
)  # fmt: skip
NO_JSON = (
    '{"a":1,"a":1}', '{"a":1.0}', '{"a":1e2}', '{"a":NaN}', '{"a":Infinity}', '{"a":1} x', '{"a":01}', "{'a':1}",
    '{"a":1,}', "", '{"a":{"b":2,"b":3}}', '"\t"', "-Infinity", '{"a":-}', '{"a":+1}',
)  # fmt: skip
NO_BASE64 = ("", "QQ", "QQ=", "QR==", "QUI", "QUJ=", "QUJD\n", " QUJD", "QU JD", "QUJD=", "QUJ_", "QQ==QQ==", "É===")
NO_ADDRESS = (
    "", "0x", "0x" + "00" * 20, "0X" + "11" * 20, "0x" + "11" * 19, "0x" + "1g" * 20,
    "0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045",
)  # fmt: skip
UNSTABLE = ("\U0001ccd6", "\U000105d2\u0307", "\U0001e030", "\u0378", "\U0001e4ec", "\u0558", "\U0001d6a6")
STABLE = ("", "pass phrase", "é", "e\u0301", "ﬁ", "Ŵ", "한", "\U0001f3fa", "\ue000", "\u20bf", "I\u0307", "ß")
ORDERED = ("", "A", "B", "a", "b", "é", "ﬁ", "\uff21", "\U00010348", "\U0001f3e0")


def vectors() -> dict[str, Any]:
    """Return the vectors of texts."""
    for text in NO_BASE64:
        taken(partial(strict_base64.decode, text, "It"))
    for text in NO_JSON:
        taken(partial(strict_json.loads, text, "It"))
    for text in NO_ADDRESS:
        taken(partial(parse_address, text))
    if [text for text in (*UNSTABLE, *STABLE) if is_stable(text) == (text in UNSTABLE)]:
        raise AssertionError("A text is stable, or not, against its vector.")
    padded = [
        (text, pad(text, (16, 64), room)) for text, room in ((b"", 0), (b"abc", 0), (b"abc", 17), (b"d" * 60, 99))
    ]
    plain = (b"A", b"AB", b"ABC", bytes(range(256)))
    broken = (b"", padded[1][1][:-1], padded[1][1][:-1] + b"\1", b"\0\0\0\x0d" + bytes(12), padded[1][1] + bytes(1))
    for each in broken:
        taken(partial(unpad, each, (16, 64)))
    return {
        "json": [{"value": each, "ascii": strict_json.dumps(each), "utf8": _utf8(each)} for each in VALUES],
        "json_refused": NO_JSON,
        "base64": [{"bytes": each.hex(), "text": strict_base64.encode(each)} for each in plain],
        "base64_refused": NO_BASE64,
        "addresses": [checksum_address(bytes([n]) * 20) for n in (1, 0xAB, 0xCD, 0xFF)],
        "addresses_refused": NO_ADDRESS,
        "stable": STABLE,
        "unstable": UNSTABLE,
        "passphrases": [{"text": text, "bytes": normalised(text).hex()} for text in STABLE],
        "ordered": sorted(ORDERED),
        "padding": {"sizes": [16, 64], "padded": [{"text": t.hex(), "padded": p.hex()} for t, p in padded],
                    "refused": [each.hex() for each in broken]},
    }  # fmt: skip


def _utf8(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
