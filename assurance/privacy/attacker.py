"""An attacker who holds copies of files and node data tries what they reveal; docs/privacy.md has the answers.

Every answer comes from a real attempt, which succeeds when one thing more is held, such as a passphrase or a salt.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise, product
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from assurance.privacy.chain_bytes import Piece
from assurance.privacy.plaintext_scan import Finding, Forbidden, findings, search
from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.disclosure.package import Body, open_package
from jamjar.disclosure.reply import SealedReply, open_reply
from jamjar.errors import InvalidSignature
from jamjar.plan.budget import Budget
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import ConsentKey, Signature, recover
from jamjar.protocol.typed_data import Commit, Withdraw, digest
from jamjar.sandbox.network import SampleNetwork
from jamjar.vault.records import Record
from jamjar.vault.secret import CONSENT_KEY, REPLY_KEY, ConsentSecret
from jamjar.vault.vault import Vault
from jamjar.wallet.stored import StoredCommitment, StoredConsent
from jamjar.wallet.wallet import COMMITMENT, CONSENT

EVENTS: Final = {"grants": "ConsentGranted", "commitments": "Committed", "looks": "ConsentUsed"}
TABLES: Final = {"packages": "packages", "replies": "replies", "keys handed over": "spent"}
RENT: Final = "fixed.home.rent"
MOST: Final = 2000_00  # the largest rent that is guessed, in pence
TOGETHER: Final = 30  # grants so many seconds apart look like one claimant's


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an attacker holds: files, a node's data with all blocks, and 32-byte secrets to try as keys and salts."""

    deployment: Deployment
    vault: Path | None = None
    mailbox: Path | None = None
    network: SampleNetwork | None = None
    pieces: tuple[Piece, ...] = ()
    passphrase: str = field(default="", repr=False)
    known: tuple[bytes, ...] = field(default=(), repr=False)

    def files(self) -> list[bytes]:
        """Return the bytes of every file, journals included."""
        taken = (at for at in (self.vault, self.mailbox) if at)
        return [file.read_bytes() for at in taken for file in sorted(at.parent.glob(f"{at.name}*"))]

    def events(self, name: str) -> list[Any]:
        """Return the ledger's events of this name."""
        return list(self.network.ledger.events(name)) if self.network else []

    def records(self, kind: str = "") -> list[Record]:
        """Return the vault's records, of one kind or all, if its passphrase is known."""
        if not self.vault or not self.passphrase:
            return []
        with Vault.open(str(self.vault), self.passphrase) as vault, vault.reading() as transaction:
            return [record for record in transaction.records() if kind in ("", record.kind)]

    def inside(self) -> list[bytes]:
        """Return the names and values of all records."""
        return [part for record in self.records() for part in (record.name.encode(), record.value)]


@dataclass(frozen=True, slots=True)
class Truth:
    """The facts to compare an attacker's answers with; of the rent the leaf, which is given away, and the value."""

    budgets: tuple[Budget, ...]
    texts: tuple[str, ...]
    secrets: tuple[bytes, ...] = field(repr=False)
    owners: Mapping[str, str]
    recipients: Mapping[str, int]
    rent: tuple[bytes, int]


def rows(file: Path | None, table: str = "") -> list[dict[str, Any]]:
    """Return the rows of a table in an SQLite file, or of all; none without a file."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro" if file else ":memory:", uri=True)) as database:
        database.row_factory = sqlite3.Row
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND ? IN ('', name)", [table])
        return [dict(row) for (name,) in list(names) for row in database.execute(f"SELECT * FROM {name}")]  # noqa: S608


def _fields(holdings: Holdings) -> list[bytes]:
    """Return the values in the files' tables, with hex digits as bytes."""
    values = [value for row in rows(holdings.vault) + rows(holdings.mailbox) for value in row.values()]
    return [bytes.fromhex(v.removeprefix("0x")) if isinstance(v, str) else v for v in values if not isinstance(v, int)]


def _words(data: bytes | Piece) -> set[bytes]:
    """Return the 32-byte words that look random and are not addresses."""
    if isinstance(data, Piece):
        data = data.data[{"call": 4, "log": 32}.get(data.kind, 0) :]  # past selector or name
    found = {data[at : at + 32] for at in range(0, len(data) - 31, 32)}
    return {word for word in found if len(set(word)) >= 16 and any(word[:12])}


def candidates(holdings: Holdings) -> set[bytes]:
    """Return the 32-byte words held that could be keys or salts, without those of code and of members' public keys."""
    found = set(holdings.known) | {record.value for record in holdings.records() if len(record.value) == 32}
    found |= {word for data in _fields(holdings) if len(data) <= 128 for word in _words(data)}
    return found | {word for piece in holdings.pieces if len(piece.data) < 1024 for word in _words(piece)}


def opened(holdings: Holdings) -> list[bytes]:
    """Try every candidate as every kind of key to the mailbox's packages and replies; return what opens."""
    domain, found = holdings.deployment.domain_of(Commit), list[bytes]()
    fields = itemgetter("consent", "root", "recipient", "body", "sealed_key", "id")
    packages = [fields(row) for row in rows(holdings.mailbox, "packages")]
    named = {row["package"]: row["key_digest"] for row in rows(holdings.mailbox, "sealed_to")}
    bodies = [
        (Body(consent, root, recipient, body, keccak256(key), named.get(name, b"")), key)
        for consent, root, recipient, body, key, name in packages
    ]
    replies = [SealedReply.from_bytes(row["reply"]) for row in rows(holdings.mailbox, "replies")]
    for word in candidates(holdings) if bodies or replies else ():
        keys = EncryptionKey(word), EncryptionKey(ConsentSecret(word).derive(REPLY_KEY))
        for body, key in bodies:
            with suppress(SealBroken):
                found.append(open_package(body.with_key(key), keys[0], domain).disclosure.to_json())
            with suppress(InvalidTag):
                found.append(ChaCha20Poly1305(word).decrypt(bytes(12), body.body, body.head + domain.separator))
        for reply, seed in product(replies, keys):
            with suppress(SealBroken):
                found.append(getattr(open_reply(reply, seed, domain), "text", "").encode())
    return found


def reads(holdings: Holdings, truth: Truth) -> str:
    """Search for figures, names, texts and secrets in every encoding, also in what can be opened."""
    every, inside = Forbidden.of(truth.budgets, truth.texts), holdings.inside() + opened(holdings)
    # Five digits occur among hex digits by chance, and a small number's word among the zeros of a database page.
    sure = {text: what for text, what in every.strings.items() if not text.isdigit()}
    texts = {text: what for text, what in sure.items() if what != "an amount, as a word"}
    found = list[Finding]()
    for held, strings in (holdings.files(), texts), (_fields(holdings), sure), (inside, every.strings):
        found += findings((Piece("", "", "", data) for data in held), Forbidden(strings, every.runs))
    found += search(holdings.network, truth.budgets, truth.texts).findings if holdings.network else ()
    everything = b"|".join([*holdings.files(), *_fields(holdings), *inside, *(piece.data for piece in holdings.pieces)])
    whats = {each.what for each in found}
    whats |= {"a secret" for s in truth.secrets if s in everything or s.hex().encode() in everything}
    return "yes: " + "; ".join(sorted(whats)) if whats else "no"


def guesses(holdings: Holdings, truth: Truth) -> str:
    """Given the hash of the rent's leaf, try every rent without the salt, then every candidate as the salt."""
    (leaf, pence), head = truth.rent, (1).to_bytes(32, "big") + keccak256(RENT.encode())
    words, plans = (
        candidates(holdings),
        [StoredCommitment.from_json(record.value) for record in holdings.records(COMMITMENT)],
    )
    drawn = [ConsentSecret(word).derive(plan.label, 64 * 32) for plan, word in product(plans, words)]
    # Candidates are tried with the right amount only: with a wrong salt no amount fits.
    tries = [*product(range(MOST), (bytes(32), *holdings.known)), *product([pence], words.union(*map(_words, drawn)))]
    found = {value for value, salt in tries if keccak256(keccak256(head + value.to_bytes(32, "big") + salt)) == leaf}
    return f"yes: {'the right amount' if found == {pence} else 'a wrong amount'}" if found else "no"


def recipients(holdings: Holdings, truth: Truth) -> str:
    """Find the recipients of consents in grants, in packages, and in the terms of an open vault."""
    found = {row["consent"]: row["recipient"] for row in rows(holdings.mailbox, "packages")}
    found |= {event.consent: event.recipient for event in holdings.events("ConsentGranted")}
    found |= {each.name: StoredConsent.from_json(each.value).terms.recipient for each in holdings.records(CONSENT)}
    right = len(found.items() & truth.recipients.items())
    return f"yes: of {right} of {len(truth.recipients)} consents" if right else "no"


def counts(holdings: Holdings, _: Truth) -> str:
    """Count events, rows, and records by padded size; guess the number of consents from the order of records."""
    parts = [f"{what}: {n}" for what, name in EVENTS.items() if (n := len(holdings.events(name)))]
    parts += [f"{what}: {n}" for what, name in TABLES.items() if (n := len(rows(holdings.mailbox, name)))]
    records = rows(holdings.vault, "jamjar_record")
    shelf, sizes = {row["seq"]: row["shelf"] for row in records}, Counter(row["shelf"] for row in records)
    after = {its: {shelf.get(seq + 1) for seq in shelf if shelf[seq] == its} for its in sizes}
    # A consent's secret is always followed by the consent.
    pairs = [(a, *b) for a, b in after.items() if len(b) == 1 and {a} != b]
    number = max((sizes[a] for a, b in pairs if sizes[a] == sizes[b]), default=0)
    padded = Counter(len(row["sealed"]) - 28 for row in records)
    parts += [f"records of {size:,} bytes: {n}" for size, n in sorted(padded.items())]
    return ", ".join(parts + ([f"consents, by the order of records: {number}"] if number else []))


def _compared(truth: Truth, pairs: set[frozenset[str]]) -> str:
    right = sum(len({truth.owners[consent] for consent in pair}) == 1 for pair in pairs)
    return f"{right} pairs rightly, {len(pairs) - right} wrongly" if pairs else "no"


def links(holdings: Holdings, truth: Truth) -> str:
    """Link consents by a word or a size that some but not all of them share, or by one vault that names them."""
    about = defaultdict[tuple[str, Any], set[str]](set)
    transactions = defaultdict[str, list[Piece]](list)
    for piece in holdings.pieces:
        transactions[piece.where.split()[0]].append(piece)
    for consent, pieces in product(truth.owners, transactions.values()):
        if any(bytes.fromhex(consent[2:]) in piece.data for piece in pieces):
            for word in set[bytes]().union(*map(_words, pieces)):
                about["chain", word].add(consent)
    for row in rows(holdings.mailbox):
        for name, value in row.items() if "consent" in row else ():
            for what in (value, len(value)) if isinstance(value, bytes) else ():
                about[name, what].add(row["consent"])
    every = {source: {c for (name, _), these in about.items() if name == source for c in these} for source, _ in about}
    shared = [these for key, these in about.items() if these != every[key[0]]]
    held = b"".join(replace(holdings, mailbox=None).files() + holdings.inside())
    shared.append({c for c in truth.owners if c.encode() in held or bytes.fromhex(c[2:]) in held})
    return _compared(truth, {frozenset(pair) for these in shared for pair in combinations(sorted(these), 2)})


def links_by_time(holdings: Holdings, truth: Truth) -> str:
    """Link consents that were granted shortly after each other."""
    granted = [
        (holdings.network.ledger.time(e.origin.block), e.consent)
        for e in holdings.events("ConsentGranted")
        if holdings.network
    ]
    return _compared(truth, {frozenset((a, b)) for (t, a), (u, b) in pairwise(granted) if u - t <= TOGETHER})


def forges(holdings: Holdings, truth: Truth) -> str:
    """Try to withdraw consents with every candidate as a key or a secret, and with every signature held."""
    domain, forged = holdings.deployment.domain_of(Withdraw), set[str]()
    open_still = truth.owners.keys() - {event.consent for event in holdings.events("ConsentWithdrawn")}
    for word in candidates(holdings):
        forged |= {ConsentKey(word).address, ConsentKey(ConsentSecret(word).derive(CONSENT_KEY)).address} & open_still
    signed = {piece.data[at : at + 64] for piece in holdings.pieces for at in range(4, len(piece.data) - 63, 32)}
    for data, consent in product(signed | {data for data in _fields(holdings) if len(data) == 64}, open_still):
        with suppress(InvalidSignature):
            forged |= {consent} & {recover(digest(domain, Withdraw(consent)), Signature.from_bytes(data))}
    return f"yes: of {len(forged)} consents" if forged else "no"


ROWS: Final = {
    "read a figure, jar, payee, purpose, notice, advice or secret": reads,
    f"confirm a rent: every one up to £{MOST // 100:,}, not given its salt": guesses,
    "tell which organisation a consent is for": recipients,
    "count what there is": counts,
    "tie one claimant's consents by a word, a size or a file they share": links,
    f"tie them by being granted within {TOGETHER} seconds": links_by_time,
    "withdraw in the claimant's name": forges,
}


def table(holdings: Mapping[str, Holdings], truth: Truth) -> str:
    """Return the answers as a Markdown table with a column for each holding."""
    answers = [[what, *(attempt(holdings, truth) for holdings in holdings.values())] for what, attempt in ROWS.items()]
    lines = [["the thief tries to", *holdings], ["---"] * (1 + len(holdings)), *answers]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
