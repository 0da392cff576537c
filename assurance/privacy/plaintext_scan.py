"""Searches a chain for what must never be on it: amounts, jars, purposes, free text (promise P1).

    amounts   in pence as a 32-byte word, negative ones in two's complement, at every byte offset; whole pounds
              likewise; as text in pence and pounds, with and without sign, comma and £
    names     of jars, sections and purposes, codes and labels; of creditors; in UTF-8
    texts     notices, advice: every run of 12 characters of them
    all texts also as the hex digits of their UTF-8

What `permitted.account` has blanked is not searched: it is a number of the contracts, of a kind and in a range that is
permitted at that position, or a member's public name. Zero is not searched for, since every empty word is zero. Texts
of fewer than 5 bytes ("9.99", "Rent") are not searched for, because random digests contain any 4 bytes once in
4,294,967,296 positions: the same amounts are searched for as words and with £ ("£9.99" has 6 bytes), the same jars by
their codes. The findings never repeat what was found.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from assurance.privacy.chain_bytes import Piece, chain_bytes
from assurance.privacy.permitted import Facts, account
from jamjar.consent.purpose import ALLOWED_PURPOSES, REFUSED_PURPOSES
from jamjar.ledger.rpc import connection
from jamjar.plan.budget import Budget
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS
from jamjar.plan.money import format_pounds
from jamjar.sandbox.claimant import NOTICE
from jamjar.sandbox.members import NAMES
from jamjar.sandbox.network import SampleNetwork

RUN: Final = 12
SHORTEST: Final = 5
_WORD: Final = 32


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be on the chain: where, what kind of thing, and at which byte of the piece."""

    where: str
    what: str
    offset: int


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched, as pieces and bytes by kind (see chain_bytes.Piece), and what was found."""

    pieces: Mapping[str, int]
    sizes: Mapping[str, int]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What to search for: byte strings with the kind of thing each is, and runs of characters of free text."""

    strings: dict[bytes, str] = field(repr=False)
    runs: frozenset[bytes] = field(repr=False)

    @classmethod
    def of(cls, budgets: Iterable[Budget], texts: Iterable[str] = ()) -> "Forbidden":
        """Return what must not occur: the content of these budgets and texts, and all names of jars and purposes."""
        strings: dict[bytes, str] = {}
        plans = tuple(budgets)
        for amount in {entry.value for plan in plans for entry in plan.entries()} - {0}:
            strings |= dict.fromkeys(_words(amount), "an amount, as a word")
            strings |= dict.fromkeys(_encodings(_written(amount)), "an amount, as text")
        names = {*LINES, *(line.label for line in LINES.values()), *SECTIONS, *SECTIONS.values()}
        names |= {f"total.{group}" for group in GROUPS} | {entry.name for plan in plans for entry in plan.entries()}
        strings |= dict.fromkeys(_encodings(names), "the name of a jar")
        strings |= dict.fromkeys(_encodings({debt.creditor for plan in plans for debt in plan.debts}), "a creditor")
        purposes = {*ALLOWED_PURPOSES, *ALLOWED_PURPOSES.values(), *REFUSED_PURPOSES}
        strings |= dict.fromkeys(_encodings(purposes), "a purpose")
        runs = {text[at : at + RUN] for text in texts for at in range(max(1, len(text) - RUN + 1))}
        return cls(strings, frozenset(_encodings(runs)))


def findings(pieces: Iterable[Piece], forbidden: Forbidden, facts: Facts | None = None) -> list[Finding]:
    """Return all that is found; with `facts`, also every field that is not of a permitted kind."""
    return [found for piece in pieces for found in _in(piece, forbidden, facts)]


def search(network: SampleNetwork, budgets: Iterable[Budget], texts: Iterable[str]) -> Search:
    """Search all blocks since the deployment for these budgets, these texts and the network's notices.

    Writes to storage are searched on a development node, which shows them.
    """
    deployment, web3 = network.deployment, connection(network.url)
    last = web3.eth.get_block("latest")
    pieces = list(chain_bytes(web3, deployment.block, last["number"], writes=network.chain.turns))
    notices = [NOTICE.format(recipient=NAMES[number], uses="some") for number in network.desks]
    facts = Facts(
        contracts={at.address: name for name, at in deployment.contracts().items()},
        members=NAMES,
        earliest=web3.eth.get_block(deployment.block)["timestamp"],
        latest=last["timestamp"],
        most_uses=network.ledger.read("ConsentRegistry", "limits")[2],
    )
    sizes: Counter[str] = Counter()
    for piece in pieces:
        sizes[piece.kind] += len(piece.data)
    found = findings(pieces, Forbidden.of(budgets, [*texts, *notices]), facts)
    return Search(Counter(piece.kind for piece in pieces), sizes, tuple(found))


def _in(piece: Piece, forbidden: Forbidden, facts: Facts | None) -> Iterator[Finding]:
    data, wrong = account(piece, facts) if facts else (piece.data, [])
    yield from (Finding(piece.where, what, 0) for what in wrong)
    for text, what in forbidden.strings.items():
        at = data.find(text)
        if at >= 0:
            yield Finding(piece.where, what, at)
    for size in sorted({len(run) for run in forbidden.runs}):
        for at in range(len(data) - size + 1):
            if data[at : at + size] in forbidden.runs:
                yield Finding(piece.where, "free text", at)


def _words(pence: int) -> Iterator[bytes]:
    """Yield an amount as ABI words: pence; pounds if whole."""
    for number in (pence, -pence, *((pence // 100, -pence // 100) if pence % 100 == 0 else ())):
        yield (number % (1 << 256)).to_bytes(_WORD, "big")


def _written(pence: int) -> Iterator[str]:
    """Yield an amount as people and programs write it."""
    pounds = format_pounds(abs(pence))
    for text in (pounds, pounds.removeprefix("£")):
        yield from (text, text.replace(",", ""))
        if text.endswith(".00"):
            yield from (text.removesuffix(".00"), text.removesuffix(".00").replace(",", ""))
    yield str(abs(pence))


def _encodings(texts: Iterable[str]) -> Iterator[bytes]:
    for text in texts:
        encoded = text.encode("utf-8")
        if len(encoded) >= SHORTEST:
            yield from (encoded, encoded.hex().encode("ascii"), encoded.hex().upper().encode("ascii"))
