"""The storage layout and the sizes of the contracts: the text of docs/storage.md, and what must not be accepted."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from jamjar.audit.built_code import BuiltCode
from jamjar.protocol.deployment import CONTRACTS

MOST_RUNTIME: Final = 24_576
"""The most bytes of runtime code that a chain accepts (EIP-170)."""
MOST_CREATION: Final = 2 * MOST_RUNTIME
"""The most bytes of creation code that a chain accepts (EIP-3860)."""
SLOT: Final = 32
ONE_SLOT: Final = "struct IConsentRegistry.Consent"
"""The struct that must fit one slot: a use reads and writes it."""

HEAD = """# Storage and size

`make layout WRITE=1` writes this from the compiler's output; `make layout` checks it.
Nothing is upgraded, so no layout has to be kept; that one changes should still be seen.
"""


def text(output: Mapping[str, Any], built: Mapping[str, BuiltCode]) -> str:
    """Return docs/storage.md for the compiler's storage layout and the built code."""
    return "\n".join([HEAD, *_sizes(built), *(line for name in CONTRACTS for line in _contract(name, output))]) + "\n"


def faults(output: Mapping[str, Any], built: Mapping[str, BuiltCode]) -> list[str]:
    """Return what must not be accepted: code that is too large, a consent that takes more than one slot."""
    found = [
        f"{name} has {len(code)} bytes of {kind} code, more than {most}; make it smaller."
        for name, of in built.items()
        for kind, code, most in (("runtime", of.runtime, MOST_RUNTIME), ("creation", of.creation, MOST_CREATION))
        if len(code) > most
    ]
    types = _layout("ConsentRegistry", output)["types"].values()
    slots = [int(each["numberOfBytes"]) // SLOT for each in types if each["label"] == ONE_SLOT]
    return found if slots == [1] else [*found, f"{ONE_SLOT} takes {slots} slots, not one; make its fields smaller."]


def _sizes(built: Mapping[str, BuiltCode]) -> Iterator[str]:
    yield f"| contract | runtime, bytes | of {MOST_RUNTIME:,} | creation, bytes | of {MOST_CREATION:,} |"
    yield "|---|---:|---:|---:|---:|"
    for name, code in built.items():
        sizes = ((len(code.runtime), MOST_RUNTIME), (len(code.creation), MOST_CREATION))
        yield f"| `{name}` | {' | '.join(f'{size:,} | {size / most:.0%}' for size, most in sizes)} |"


def _contract(name: str, output: Mapping[str, Any]) -> Iterator[str]:
    layout = _layout(name, output)
    yield f"\n## {name}\n"
    yield from _table(layout["storage"], layout["types"])
    for each in layout["types"].values():
        if "members" in each:
            slots = int(each["numberOfBytes"]) // SLOT
            yield f"\n`{each['label'].removeprefix('struct ')}`: {slots} slot{'s' if slots > 1 else ''}\n"
            yield from _table(each["members"], layout["types"])


def _table(entries: list[dict[str, Any]], types: Mapping[str, Any]) -> Iterator[str]:
    yield "| slot | offset | bytes | what | type |\n|---:|---:|---:|---|---|"
    for each in entries:
        kind = types[each["type"]]
        yield f"| {each['slot']} | {each['offset']} | {kind['numberOfBytes']} | `{each['label']}` | `{kind['label']}` |"


def _layout(name: str, output: Mapping[str, Any]) -> dict[str, Any]:
    layout: dict[str, Any] = output["contracts"][f"contracts/{name}.sol"][name]["storageLayout"]
    return layout
