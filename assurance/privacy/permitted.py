"""What promise P1 permits on chain, field by field: every byte of a piece is accounted for by its position.

A number is permitted only where the contracts put one, and only in its range: the number of a member, a time of this
chain, a counter up to its limit, a state code, the index in a batch. A digest, key or signature word must look random.
What is permitted *and not random* is blanked, so that the search for plaintext can look at every byte offset of the
rest, for every amount however small, without finding a counter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from assurance.privacy.abi_fields import FRAME, WORD, Field, fields
from assurance.privacy.chain_bytes import Piece
from jamjar.model.state import Reason
from jamjar.protocol.abi import ERROR, EVENT, FUNCTION, abi_of, by_selector, creation_code, entries
from jamjar.protocol.roles import Role

BLANK: Final = b"\xaa"
"""Unlike the first byte of a word with a small number, which is 0x00, or 0xff for a negative one."""

# The least number of different bytes in a random word and in a random address; one in 10**9 has fewer.
_FEWEST_OF_32, _FEWEST_OF_20 = 19, 12
_STATUS_CODES, _BATCH, _SLOTS = 9, 256, 16
_YEAR: Final = 366 * 24 * 3600
_DELAY: Final = 30 * 24 * 3600
_DELAYS: Final = ("delay", "newDelay", "newDuration", "suspension", "recovery")
_ZERO: Final = {("bytes32", name) for name in ("replaces", "head", "role", "roles", "predecessor")}
"""Fields that may be zero: no commitment before the first, the governance's role, no proposal before another, ..."""
_ZERO.add(("address", "account"))  # and everyone executes
_CALLS: Final = ("data", "payload", "payloads")
"""The arguments of the governance that are calls themselves."""
_DONE: Final = 1
"""What TimelockController has in place of a time once a proposal was executed."""
# The one slot of a consent, from the lowest byte (IConsentRegistry.Consent).
_CONSENT: Final = (("recipient", 4), ("validFrom", 5), ("validUntil", 5), ("reconfirmBy", 5), ("sequence", 4),
                   ("maxUses", 2), ("uses", 2), ("stage", 1), ("nothing", 4))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What is public about a chain: the contracts' names by address, members' names by number, times, most uses."""

    contracts: Mapping[str, str]
    members: Mapping[int, str]
    earliest: int
    latest: int
    most_uses: int

    def permits(self, name: str, number: int) -> bool:
        """Return whether a number is permitted in the field of this name; other fields permit none."""
        bounds: Mapping[str, Callable[[int], bool]] = {
            "member": self.members.__contains__,
            "recipient": self.members.__contains__,
            "sequence": range(_BATCH).__contains__,
            "expected": range(_BATCH).__contains__,
            "index": range(_BATCH).__contains__,
            "maxUses": range(1, self.most_uses + 1).__contains__,
            "mostUses": range(1, self.most_uses + 1).__contains__,
            "most": lambda n: n in (_BATCH, self.most_uses),
            "uses": range(self.most_uses + 1).__contains__,
            "status": range(_STATUS_CODES).__contains__,
            "stage": range(_STATUS_CODES).__contains__,
            "nothing": lambda n: n == 0,
            "longestValidity": lambda n: n == _YEAR,
            "longestReconfirmation": range(1, _YEAR).__contains__,
            "reason": range(len(Reason)).__contains__,
            "oldDuration": range(_DELAY).__contains__,
            "value": lambda n: n == 0,  # no ether goes with a proposal
            "values": lambda n: n == 0,
        } | dict.fromkeys(_DELAYS, range(1, _DELAY).__contains__)
        times = ("validFrom", "validUntil", "reconfirmBy", "earliest", "latest", "lapsesAt", "readyAt")
        if name in {"lapsesAt", "readyAt"} and number == 0:
            return True
        if name in times:
            return self.earliest <= number <= self.latest + _YEAR
        return name in bounds and bounds[name](number)


def account(piece: Piece, facts: Facts) -> tuple[bytes, list[str]]:
    """Return a piece with what is permitted and not random blanked, and what in it is not permitted."""
    contract = facts.contracts.get(piece.contract)
    if contract is None:
        return piece.data, ["a contract that is not part of the deployment"]
    try:
        if piece.kind == "write":
            return _write(contract, piece.data, facts)
        start, found = _fields(contract, piece)
    except (KeyError, ValueError) as error:
        return piece.data, [f"bytes that are not accounted for ({error})"]
    # A selector, or the topic that names an event, precedes the fields and is blanked; the code of a contract is
    # searched like the rest.
    return _blanked(piece.data, 0 if piece.kind == "creation" else start, found, facts)


def _fields(contract: str, piece: Piece) -> tuple[int, list[Field]]:
    """Return where the fields begin, and the fields."""
    data = piece.data
    if piece.kind == "creation":
        inputs = next(entry["inputs"] for entry in abi_of(contract) if entry["type"] == "constructor")
        start = len(creation_code(contract))
        if not data.startswith(creation_code(contract)):
            raise ValueError("code that is not the contract's")
        return start, fields(inputs, data, start)
    if piece.kind == "call":
        entry = by_selector(FUNCTION)[data[:4]]
        return 4, fields(entry["inputs"], data, 4)
    entry = entries(EVENT)[data[:WORD]]
    end = piece.topics * WORD
    indexed = fields([a for a in entry["inputs"] if a["indexed"]], data[:end], WORD)
    return WORD, indexed + fields([a for a in entry["inputs"] if not a["indexed"]], data, end)


def _blanked(data: bytes, start: int, found: list[Field], facts: Facts) -> tuple[bytes, list[str]]:
    rest, wrong = bytearray(data), []
    rest[:start] = BLANK * start
    for each in found:
        if each.kind == "bytes" and each.name in _CALLS:
            rest[each.start : each.end], within = _call(each.value, facts)
            wrong += within
            continue
        permitted, random = _kind(each, facts)
        if not permitted:
            wrong.append(f"{each.kind} {each.name}: not of a kind that is permitted")
        elif not random:
            rest[each.start : each.end] = BLANK * (each.end - each.start)
    return bytes(rest), wrong


def _call(data: bytes, facts: Facts) -> tuple[bytes, list[str]]:
    """Account for a call that is an argument: return it with what is permitted and not random blanked, and the rest."""
    try:
        found = fields(by_selector(FUNCTION)[data[:4]]["inputs"], data, 4)
    except (KeyError, ValueError) as error:
        return data, [f"a call that is not accounted for ({error})"]
    return _blanked(data, 4, found, facts)


def _kind(each: Field, facts: Facts) -> tuple[bool, bool]:
    """Return whether a field is permitted, and whether it must look random."""
    number = int.from_bytes(each.value, "big")
    if each.kind == FRAME:
        return True, False  # determined by the other fields, which leave no gap
    if number == 0 and (each.kind, each.name) in _ZERO:
        return True, False
    if each.kind == "address" and not _is_listed(each, number, facts):
        return not any(each.value[:12]) and _looks_random(each.value[12:]), True
    if each.kind in ("bytes32", "bytes") and not _is_listed(each, number, facts):
        return _looks_random(each.value), True
    return _is_listed(each, number, facts), False


def _is_listed(each: Field, number: int, facts: Facts) -> bool:
    """Return whether a field holds one of the few values that it can have."""
    if each.kind.startswith("uint"):
        return facts.permits(each.name, number)
    if each.kind == "string":
        return each.value.decode("utf-8", "replace") in facts.members.values()
    if each.name == "reason":
        return _is_error(each.value, facts)
    if each.kind == "address":
        return each.name == "account" and number in facts.members  # a seat
    return each.name in ("role", "roles") and each.value in [role.value for role in Role]


def _is_error(reason: bytes, facts: Facts) -> bool:
    entry = by_selector(ERROR)[reason[:4]]
    return not _blanked(reason, 4, fields(entry["inputs"], reason, 4), facts)[1]


def _write(contract: str, data: bytes, facts: Facts) -> tuple[bytes, list[str]]:
    """Account for a storage key (an entry of a mapping, or one of the first slots) and the word written there."""
    slot, value = int.from_bytes(data[:WORD], "big"), data[WORD:]
    if contract == "ConsentRegistry":
        blank, good = True, _is_consent(value, facts)
    elif contract == "AdviceLog":
        blank, good = True, facts.permits("stage", int.from_bytes(value, "big"))
    elif contract == "Consortium":
        blank, good = _consortium(value, facts)
    elif contract == "Governance":
        blank, good = True, _governance(slot, int.from_bytes(value, "big"), facts)
    else:
        blank, good = False, _looks_random(value)
    wrong = [] if slot < _SLOTS or _looks_random(data[:WORD]) else ["a storage key that is no slot and no digest"]
    wrong += [] if good else [f"storage of {contract}: not of a kind that is permitted"]
    key = BLANK * WORD if slot < _SLOTS else data[:WORD]
    return key + (BLANK * WORD if good and blank else value), wrong


def _is_consent(value: bytes, facts: Facts) -> bool:
    """Return whether a word is a consent, or part of one: the contract writes a new one field by field."""
    at, good = WORD, True
    for name, size in _CONSENT:
        number = int.from_bytes(value[at - size : at], "big")
        good = good and (facts.permits(name, number) or number == 0)
        at -= size
    return good


def _governance(slot: int, number: int, facts: Facts) -> bool:
    """Return whether a number is permitted: the delay, whether an account has a role, when a proposal is ready."""
    return facts.permits("delay", number) if slot < _SLOTS else number in {0, _DONE} or facts.permits("readyAt", number)


def _consortium(value: bytes, facts: Facts) -> tuple[bool, bool]:
    """Return whether a word is blanked, and whether it is permitted."""
    number, names = int.from_bytes(value, "big"), {word for name in facts.members.values() for word in _words(name)}
    if number in facts.members or number in range(3) or value in names:
        return True, True  # a member's number, its standing, whether it has a role or an offer, its name
    standing, lapses_at = number % (1 << 8), number >> 8
    if standing in range(3) and facts.permits("lapsesAt", lapses_at):
        return True, True
    account, ready_at = value[12:], int.from_bytes(value[:12], "big")
    if _looks_random(account) and facts.permits("readyAt", ready_at):
        return False, True
    return False, _looks_random(value)


def _words(name: str) -> list[bytes]:
    """Return the words by which Solidity stores a text (Layout of State Variables in Storage, bytes and string)."""
    text = name.encode()
    if len(text) < WORD:
        return [text.ljust(WORD - 1, b"\0") + bytes([2 * len(text)])]
    parts = [text[at : at + WORD].ljust(WORD, b"\0") for at in range(0, len(text), WORD)]
    return [(2 * len(text) + 1).to_bytes(WORD, "big"), *parts]


def _looks_random(value: bytes) -> bool:
    """Return whether bytes may be a digest, a key, half a signature or an address: never a number, never ASCII text."""
    if len(value) < WORD:
        return len(set(value)) >= _FEWEST_OF_20
    return len(set(value)) >= _FEWEST_OF_32 and not value.isascii()
