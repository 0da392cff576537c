"""The least gas that any contract could use for what Jamjar records, term by term from the gas schedule of Ethereum.

The floor counts what cannot be left out: a share of the transaction, the calldata that cannot be known in advance, one
signature recovery where a claimant signs, one word of storage for each change and for each consent that is read, and
one log entry, so that any member can replay the record. It leaves out everything else that a contract does: its own
instructions, hashing, the length of the list, the checks of members and advisers.

Data are ABI words. Random bytes count at their expected cost, since one in 256 of them is zero.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

TRANSACTION: Final = 21_000  # Yellow Paper, appendix G; EIP-2
ZERO_BYTE, BYTE = 4, 16  # EIP-2028
ECRECOVER: Final = 3_000  # Yellow Paper, appendix E
COLD_WORD: Final = 2_100  # EIP-2929: the first access to a word of storage in a transaction
SET_WORD: Final = 20_000  # EIP-2200: from zero
CHANGE_WORD: Final = 5_000 - COLD_WORD  # EIP-2200, as EIP-2929 changed it
LOG, LOG_TOPIC, LOG_BYTE = 375, 375, 8  # Yellow Paper, appendix G

RANDOM_BYTE: Final = Fraction(255 * BYTE + ZERO_BYTE, 256)
WORD: Final = 32 * RANDOM_BYTE
ADDRESS: Final = 12 * ZERO_BYTE + 20 * RANDOM_BYTE
TIME: Final = 28 * ZERO_BYTE + 4 * BYTE
NUMBER: Final = 31 * ZERO_BYTE + BYTE  # a member's number, a number of uses: below 256
SIGNATURE: Final = 2 * WORD  # r and vs, EIP-2098


@dataclass(frozen=True, slots=True)
class Term:
    """One cost: its name, the rule that sets it, and its gas an item."""

    name: str
    rule: str
    gas: Fraction


def floor(kind: str, size: int) -> int:
    """Return the least gas an item of a batch of `size`, rounded up; raises KeyError for a kind that has none."""
    return ceil(sum(term.gas for term in terms(kind, size)))


def terms(kind: str, size: int) -> tuple[Term, ...]:
    """Return the terms of that sum; raises KeyError for a kind that has none."""
    share = Term(f"transaction, a share of 1 in {size}", "EIP-2", Fraction(TRANSACTION, size))
    return share, *_KINDS[kind]


def _data(what: str, gas: Fraction) -> Term:
    return Term(f"calldata: {what}", "EIP-2028", gas)


def _log(what: str, size: int) -> Term:
    """Return the cost of a log entry: the event and the consent as topics, with `size` bytes more."""
    return Term(f"log: {what}", "Yellow Paper G", Fraction(LOG + 2 * LOG_TOPIC + size * LOG_BYTE))


_RECOVERED = Term("signature recovered", "Yellow Paper E", Fraction(ECRECOVER))
_ASKED = Term("consent read", "EIP-2929", Fraction(COLD_WORD))
_SET = Term("word set", "EIP-2200, EIP-2929", Fraction(COLD_WORD + SET_WORD))
_CHANGED = Term("word changed", "EIP-2200, EIP-2929", Fraction(COLD_WORD + CHANGE_WORD))
_ROOT_SIGNED = _data("consent, root, signature", ADDRESS + WORD + SIGNATURE)
_KINDS: Final = {
    "grant": (
        _data(
            "consent, recipient, three times, number of uses, digest of the terms, signature",
            ADDRESS + NUMBER + 3 * TIME + NUMBER + WORD + SIGNATURE,
        ),
        _RECOVERED,
        _SET,
        _log("consent, digest of the terms", 32),
    ),
    "commitment, first": (_ROOT_SIGNED, _RECOVERED, _ASKED, _SET, _log("consent, root", 32)),
    "commitment, replacing": (_ROOT_SIGNED, _RECOVERED, _ASKED, _CHANGED, _log("consent, root", 32)),
    "use": (_data("consent, root", ADDRESS + WORD), _ASKED, _log("consent, account, root", 64)),
    "withdrawal": (_data("consent, signature", ADDRESS + SIGNATURE), _RECOVERED, _CHANGED, _log("consent", 0)),
}
