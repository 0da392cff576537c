"""What a compiler made of a module's contract: its ABI, its syntax tree, and the code that the EVM runs.

The file is JSON with `abi`, `ast`, `bytecode`, `deployedBytecode` and `source`, the text that was compiled, as Brownie
writes it and `python -m tools.module_artefact` does. The tree is what an honest builder shows; what is deployed is the
code, and so the calls that a contract can make are looked for in that, whatever the tree says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.module.folder import MOST_BYTES

FORBIDDEN: Final = MappingProxyType(
    {
        0xF0: "CREATE",
        0xF1: "CALL",
        0xF2: "CALLCODE",
        0xF4: "DELEGATECALL",
        0xF5: "CREATE2",
        0xFF: "SELFDESTRUCT",
    }
)
"""The instructions by which a contract changes another's state or its own code, or moves ether (Yellow Paper, H.2)."""
_WORD: Final = 32
_JUMPDEST: Final = 0x5B
_GOES_ON: Final = frozenset(
    (*range(0x01, 0x0C), *range(0x10, 0x1F), 0x20, *range(0x30, 0x4C), *range(0x50, 0x56), *range(0x57, 0xA5))
) | {0xE6, 0xE7, 0xE8, 0xF0, 0xF1, 0xF2, 0xF4, 0xF5, 0xFA}
"""The instructions after which the next one runs: neither an end, nor JUMP, nor one that no fork assigned or plans.

Of Osaka is CLZ (EIP-7939); planned are SLOTNUM, DUPN, SWAPN and EXCHANGE (EIP-7843, EIP-8024).
"""
_NO_CODE: Final = 0xEF
"""The first byte of what is no EVM code: a delegation to another's (EIP-7702), or a container (EIP-3541)."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """A built contract."""

    abi: tuple[Mapping[str, Any], ...]
    tree: Mapping[str, Any]
    creation: bytes
    runtime: bytes
    source: str


def read(content: str, path: str) -> Artefact:
    """Return the artefact in a file; raises InvalidInput, which names its path, for anything else."""
    build = "build it with python -m tools.module_artefact FOLDER in Jamjar's repository"
    found = strict_json.loads(content, path, MOST_BYTES)
    if not isinstance(found, dict):
        raise InvalidInput(f"{path} is no artefact of a contract; {build}.")
    for field, kind in (("abi", list), ("ast", dict), ("source", str)):
        if not isinstance(found.get(field), kind):
            raise InvalidInput(f"{path} lacks {field}, without which the contract cannot be checked; {build}.")
    if not all(isinstance(entry, dict) for entry in found["abi"]):
        raise InvalidInput(f"{path} has an ABI that is no list of objects; {build}.")
    creation, runtime = (_code(found.get(field)) for field in ("bytecode", "deployedBytecode"))
    if not runtime or runtime[0] == _NO_CODE or runtime not in creation:
        raise InvalidInput(f"{path} has no code, or creation code that does not return it; {build}.")
    return Artefact(tuple(found["abi"]), found["ast"], creation, runtime, found["source"])


def forbidden(code: bytes) -> Iterator[str]:
    """Yield the names of the forbidden instructions that code can reach.

    An instruction is reached from the one before, or by a jump, which only a JUMPDEST outside the data of a PUSH takes
    (Yellow Paper, 9.4.3): so one walk from the first byte passes every instruction that can ever run. What follows an
    end is not reached until the next JUMPDEST, such as the compiler's note about itself after the code.
    """
    at, runs = 0, True
    while at < len(code):
        instruction = code[at]
        runs = runs or instruction == _JUMPDEST
        if runs and instruction in FORBIDDEN:
            yield FORBIDDEN[instruction]
        runs = runs and instruction in _GOES_ON
        at += 1 + (instruction - 0x5F if 0x60 <= instruction <= 0x7F else 0)


def fits(built: bytes, deployed: bytes) -> bool:
    """Return whether deployed code is this runtime code, but for the immutables that a constructor fills.

    A build leaves zeros there, each in a PUSH32 (Solidity, "Immutable").
    """
    if len(built) != len(deployed):
        return False
    at, filled = 0, bytearray(built)
    while at < len(built):
        size = built[at] - 0x5F if 0x60 <= built[at] <= 0x7F else 0
        if size == _WORD and not any(built[at + 1 : at + 1 + size]):
            filled[at + 1 : at + 1 + size] = deployed[at + 1 : at + 1 + size]
        at += 1 + size
    return bytes(filled) == deployed


def nodes(tree: object) -> Iterator[Mapping[str, Any]]:
    """Yield every object in a syntax tree, however deep."""
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each


def _code(value: object) -> bytes:
    text = value.get("object") if isinstance(value, dict) else value
    try:
        return bytes.fromhex(text.removeprefix("0x")) if isinstance(text, str) else b""
    except ValueError:
        return b""
