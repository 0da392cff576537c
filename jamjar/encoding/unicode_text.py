"""Text whose normal forms (UAX #15) are the same in every version of Unicode from 13.0, Python 3.10's, on.

A version leaves alone what it does not know, and a later one may compose it, take it apart or reorder it: then the same
text would give another key or digest on another machine.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

KNOWN_UNTIL: Final = "18.0.0"
"""The version of Unicode up to which `LATER` is complete."""
LATER: Final = """
0558 058B-058C 05C8-05C9 0897-089F 08CA-08D2 0C3C 1715 1AC1-1AF0 1DFA 209D-209F A7F1-A7F4 105C9 105D2 105DA 105E4
10781-10785 10787-107B0 107B2-107BF 10D69-10D6D 10ECB-10ECF 10EF0-10EFB 10EFD-10EFF 10F82-10F85 11070 11382-11385 1138B
1138E 11390-11391 113B8 113BB 113C2 113C5 113C7-113C9 113CE-113D0 11F41-11F42 1611E-16129 1612F 16D63 16D67-16D6A
1B123-1B126 1CCD6-1CCF9 1D127-1D128 1D250-1D252 1D25B-1D25C 1D25F 1D280-1D281 1D6A6 1DF95 1DFCD-1DFFF 1E030-1E06D 1E08F
1E2AE 1E4EC-1E4EF 1E5EE-1E5EF 1E6E3 1E6E6 1E6EE-1E6EF 1E6F5
"""
"""What came after 13.0 and has a decomposition or a combining class, or is part of a new composition."""


def _characters() -> Iterator[str]:
    for each in LATER.split():
        first, _, last = each.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


_UNSTABLE: Final = frozenset(_characters())


def is_stable(text: str) -> bool:
    """Return whether a text has only characters that this version of Unicode has, and that all normalise alike."""
    return _UNSTABLE.isdisjoint(text) and not any(unicodedata.category(character) == "Cn" for character in text)
