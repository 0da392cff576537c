"""The result of a check: one digest of all its values, of which each department opens those that it is shown.

A leaf is SHA-256(salt || name=value), with a salt of 32 bytes; the digest is SHA-256(label || leaves), one leaf for
each name, in the order of the names. So one digest has exactly one value for each name: nobody, not even the checker,
can open it as two results. (A Merkle root of the core's would not do: one name can have two leaves in it.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from jamjar.consent.named import NamedValue, ValueKind
from jamjar.disclosure.named_set import NamedSet, SetValues, value_words
from jamjar.errors import InvalidInput, VerificationFailed

LABEL: Final = b"org.example.tax-checks.1"
OPENING: Final = "opening"
"""Of each name, in their order, 64 hex digits: its salt where its value is shown, its leaf where it is not."""
KINDS: Final = {
    "check": ValueKind.TEXT,  # 64 hex digits, as on the ledger
    "trader": ValueKind.TEXT,  # such as the VAT registration number
    "checked_on": ValueKind.DATE,
    "vat_registered": ValueKind.NUMBER,  # 1 or 0
    "risk": ValueKind.NUMBER,  # 0 to 9, by the checker's own scale
    "result": ValueKind.TEXT,
}
NAMES: Final = tuple(sorted(KINDS))
ALWAYS: Final = frozenset({"check", "trader", OPENING})
"""What every recipient is shown: without it, nobody knows what the rest is about."""
TAX_CHECK: Final = NamedSet(LABEL.decode().removesuffix(".1"), {**KINDS, OPENING: ValueKind.TEXT})


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All values of one result with their salts, as the checker hands them to the trader; raises InvalidInput."""

    values: Mapping[str, NamedValue] = field(repr=False)
    salts: Mapping[str, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if {*self.values} != {*NAMES} or {*self.salts} != {*NAMES} or {*map(len, self.salts.values())} != {32}:
            raise InvalidInput(f"A result has a value and a salt of 32 bytes for each of {', '.join(NAMES)}; give all.")
        TAX_CHECK.fill(self.values)
        _word(self.values["check"])
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "salts", MappingProxyType(dict(self.salts)))

    @classmethod
    def of(cls, values: Mapping[str, NamedValue], random_bytes: Callable[[int], bytes]) -> CheckResult:
        """Return a result with new salts; `random_bytes` is a CSPRNG."""
        return cls(values, {name: random_bytes(32) for name in NAMES})

    @property
    def check(self) -> bytes:
        """The check, 32 bytes."""
        return _word(self.values["check"])

    @property
    def digest(self) -> bytes:
        """The digest that is recorded, 32 bytes."""
        return _digest([_leaf(name, self.values[name], self.salts[name]) for name in NAMES])

    def shown(self, names: Collection[str]) -> SetValues:
        """Return what a trader commits to under a consent that shows these names: no salt of another is in it."""
        shown = [name for name in NAMES if name in ALWAYS | {*names}]
        words = (
            self.salts[name] if name in shown else _leaf(name, self.values[name], self.salts[name]) for name in NAMES
        )
        return TAX_CHECK.fill(
            {**{name: self.values[name] for name in shown}, OPENING: "".join(word.hex() for word in words)}
        )


def opened(values: Mapping[str, NamedValue]) -> tuple[bytes, bytes]:
    """Return the check and the digest of the result to which disclosed values belong; raises VerificationFailed.

    Warning: this says nothing until the digest is compared with the ledger's (`CheckRegister.verify`).
    """
    try:
        TAX_CHECK.fill(values)
        words = bytes.fromhex(str(values[OPENING]))
        check = _word(values["check"])
        if not values.keys() >= ALWAYS or len(words) != 32 * len(NAMES):
            raise ValueError
    except (InvalidInput, ValueError, KeyError):
        raise VerificationFailed("What is shown is no result of a check; ask the trader for a whole one.") from None
    leaves = list[bytes]()
    for index, name in enumerate(NAMES):
        word = words[32 * index : 32 * index + 32]
        leaves.append(_leaf(name, values[name], word) if name in values else word)
    return check, _digest(leaves)


def _leaf(name: str, value: NamedValue, salt: bytes) -> bytes:
    return sha256(salt + f"{name}={value_words(value)}".encode()).digest()


def _digest(leaves: list[bytes]) -> bytes:
    return sha256(LABEL + b"".join(leaves)).digest()


def _word(text: NamedValue) -> bytes:
    if not isinstance(text, str) or len(text) != 64 or {*text} - {*"0123456789abcdef"}:
        raise InvalidInput("The check is not 64 hex digits; take it from the checker's result.")
    return bytes.fromhex(text)
