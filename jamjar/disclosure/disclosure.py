"""Disclosures: chosen figures of a committed budget, or values of a committed set, with their proofs.

Warning: addresses, chain and root in a disclosure are claims of the sender. Take the contract from your own
deployment file, look up the consent there, and pass the ledger's values to `verification`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from jamjar.consent.terms import Terms
from jamjar.crypto.hashing import require_word
from jamjar.disclosure.commitment import FORMAT, LEAVES, PEDERSEN_FORMAT, Commitment, Opening
from jamjar.disclosure.opening_json import hex_word, opening_fields, read_opening, read_text, read_word
from jamjar.disclosure.text_leaf import TextOpening
from jamjar.encoding import strict_json
from jamjar.encoding.strict_base64 import encode
from jamjar.errors import InvalidInput, OutsideScope
from jamjar.plan.entries import PERIOD, period_of
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.post_quantum import PostQuantumSignature

FORMATS: Final = {"jamjar.disclosure.1": 1, "jamjar.disclosure.2": 2}
"""The leaf format of each format of disclosures without a signature."""
SIGNED_FORMATS: Final = {"jamjar.disclosure.3": 1, "jamjar.disclosure.4": 2}
"""The leaf format of the openings, by the format; the later two are signed by a key that the terms name."""
SET_FORMAT: Final = "jamjar.disclosure.5"
"""The format of disclosures of a set; its leaf formats follow from the terms, and it is always signed."""
MAX_BYTES: Final = 256 * 1024
"""Of a disclosure's JSON."""

_KEYS: Final = ("format", "chain_id", "contract", "consent", "root", "terms", "terms_salt", "openings")
_SIGNED: Final = ("replaces", "pq_key", "pq_signature")
_TEXTS: Final = ("texts",)
_FIRST: Final = "jamjar.disclosure.1"


@dataclass(frozen=True, slots=True)
class SignedCommit:
    """The ML-DSA-44 signature of the Commit message that put a disclosure's root on the ledger.

    replaces  the 32-byte root before it, zeros if there was none
    """

    replaces: bytes
    by: PostQuantumSignature = field(compare=False)

    def __post_init__(self) -> None:
        require_word(self.replaces, "The root that is replaced")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A claimant's disclosure to a recipient; well formed, but unproven until `verification` has accepted it.

    chain_id, contract  the chain and the CommitmentRegistry on it where the root stands
    consent             the address of the consent key
    root                the 32-byte root that the openings open
    terms, terms_salt   the terms, and the 32-byte salt of their digest on the ledger
    openings            1 to 64; of a set, openings and texts together, or none where a set may be asked about
    signed              the commitment's ML-DSA-44 signature, under terms that name a key for it, and none under others

    Raises InvalidInput for anything of another form. Addresses are kept with their EIP-55 checksum.
    """

    chain_id: int
    contract: str
    consent: str
    root: bytes
    terms: Terms = field(repr=False)
    terms_salt: bytes = field(repr=False)
    openings: tuple[Opening, ...] = field(repr=False)
    signed: SignedCommit | None = field(default=None, repr=False)
    texts: tuple[TextOpening, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if type(self.chain_id) is not int or not 0 < self.chain_id < 2**53:
            raise InvalidInput(
                "The chain id is not a whole number from 1 to 2**53 - 1; take it from the deployment file."
            )
        for name in ("contract", "consent"):
            object.__setattr__(self, name, checksum_address(parse_address(getattr(self, name))))
        require_word(self.root, "The root")
        require_word(self.terms_salt, "The salt of the terms")
        if not isinstance(self.terms, Terms):
            raise InvalidInput("The terms are not Terms; read them with Terms.from_json.")
        if type(self.texts) is not tuple or not all(isinstance(text, TextOpening) for text in self.texts):
            raise InvalidInput("The texts are not a tuple of TextOpening; take each from the commitment.")
        if self.texts and not self.terms.set_id:
            raise InvalidInput("The disclosure of a budget has a text, which no budget has; ask for another.")
        if type(self.openings) is not tuple or not self._fewest <= len(self.openings) + len(self.texts) <= LEAVES:
            raise InvalidInput(f"The openings are not a tuple of 1 to {LEAVES}; make the disclosure with disclose.")
        if not all(isinstance(opening, Opening) for opening in self.openings):
            raise InvalidInput("An item of the openings is not an Opening; take each from the commitment.")
        if {opening.leaf_format for opening in self.openings} - {self.leaf_format}:
            raise InvalidInput("The openings are of leaves of two formats; take all from one commitment.")
        if self.terms.set_id and self.signed is None:
            raise InvalidInput(
                "The disclosure of a set has no ML-DSA-44 signature; show it under terms that name a key."
            )
        if bool(self.terms.pq_key) != (self.signed is not None):
            raise InvalidInput(
                "The disclosure lacks the ML-DSA-44 signature that its terms promise, or has one without; ask again."
            )

    @property
    def _fewest(self) -> int:
        return 0 if self.terms.set_id and self.terms.questions else 1

    @property
    def leaf_format(self) -> int:
        """The leaf format of the figures of the commitment that is opened."""
        if self.terms.set_id:
            return PEDERSEN_FORMAT if self.terms.questions else FORMAT
        return self.openings[0].leaf_format

    @property
    def format(self) -> str:
        """The name of the format of this disclosure."""
        if self.terms.set_id:
            return SET_FORMAT
        formats = SIGNED_FORMATS if self.signed else FORMATS
        return next(name for name, leaves in formats.items() if leaves == self.leaf_format)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that is shown, as they stand in the leaves, sorted; each as often as it is shown."""
        return tuple(sorted((*(each.name for each in self.openings), *(each.name for each in self.texts))))

    def to_json(self) -> bytes:
        """Return the one encoding of this disclosure: JSON in UTF-8, sorted keys, no spaces, 0x hex words."""
        signed = self.signed
        record: dict[str, object] = {
            "format": self.format,
            "chain_id": self.chain_id,
            "contract": self.contract,
            "consent": self.consent,
            "root": hex_word(self.root),
            "terms": json.loads(self.terms.to_json()),
            "terms_salt": hex_word(self.terms_salt),
            "openings": [opening_fields(opening) for opening in self.openings],
        }
        if self.terms.set_id:
            record["texts"] = [opening_fields(text) for text in self.texts]
        if signed:
            record |= {"replaces": hex_word(signed.replaces), "pq_key": encode(signed.by.key)}
            record["pq_signature"] = encode(signed.by.signature)
        return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, data: bytes | str) -> "Disclosure":
        """Read what `to_json` wrote.

        Raises InvalidInput for more than 256 KiB, keys that are unknown, missing or repeated, numbers that
        are not whole, values of another form, and another format.
        """
        try:
            text = data.decode("utf-8") if isinstance(data, bytes) else data
        except UnicodeDecodeError:
            raise InvalidInput("The disclosure is not text in UTF-8; ask for it again.") from None
        value = strict_json.loads(text, "The disclosure", MAX_BYTES)
        named = value.get("format", _FIRST) if isinstance(value, dict) else _FIRST
        known = (*FORMATS, *SIGNED_FORMATS, SET_FORMAT)
        if named not in known:
            of = ", ".join(known)
            raise InvalidInput(f"The disclosure's format is unknown; this version reads {of}, so update Jamjar.")
        signed, texts = named in (*SIGNED_FORMATS, SET_FORMAT), named == SET_FORMAT
        keys = (*_KEYS, *(_SIGNED if signed else ()), *(_TEXTS if texts else ()))
        record = strict_json.fields(value, "The disclosure", *keys)
        terms = Terms.from_json(json.dumps(record["terms"]))
        if texts != bool(terms.set_id):
            raise InvalidInput("The disclosure and its terms are of a budget and of a set; ask for another.")
        numbers = PEDERSEN_FORMAT if terms.questions else FORMAT
        leaves = numbers if texts else (FORMATS | SIGNED_FORMATS)[named]
        return cls(
            chain_id=record["chain_id"],
            contract=record["contract"],
            consent=record["consent"],
            root=read_word(record["root"]),
            terms=terms,
            terms_salt=read_word(record["terms_salt"]),
            openings=tuple(
                read_opening(each, leaves) for each in strict_json.items(record["openings"], "The openings")
            ),
            signed=_signed(record) if signed else None,
            texts=tuple(read_text(item) for item in strict_json.items(record["texts"], "The texts")) if texts else (),
        )


def disclose(
    commitment: Commitment,
    terms: Terms,
    names: Sequence[str],
    *,
    terms_salt: bytes,
    chain_id: int,
    contract: str,
    consent: str,
    signed: SignedCommit | None = None,
) -> Disclosure:
    """Return the disclosure of the entries `names`, and of their period, sorted by name.

    The period is always shown, regardless of the scope: a figure has no meaning without its month. Under terms with
    questions it may be shown alone, so that the recipient can ask.

    Raises, before any opening is made, OutsideScope when the terms do not allow a name or the budget's
    period, and InvalidInput for no name, a repeated one, and one that the budget does not have.
    """
    chosen = () if isinstance(names, str) else tuple(names)
    if not set(chosen) - set(terms.always_shown) and not terms.questions:
        raise InvalidInput("No entry is chosen; give a list of at least one to show besides the period.")
    if len(set(chosen)) != len(chosen):
        raise InvalidInput("An entry is chosen twice; name each once.")
    for name in chosen:
        if not terms.allows(name):
            raise OutsideScope(f"The terms do not allow showing {name!r}; leave it out, or ask for new terms.")
    shown = sorted({*chosen, *terms.always_shown})
    for name in shown:
        if name not in commitment.names:
            raise InvalidInput(f"The committed budget has no entry {name!r}; choose one of its names.")
    if not terms.set_id:
        problem = period_problem({name: commitment.secrets[name][0] for name in PERIOD}, terms)
        if problem:
            raise OutsideScope(problem)
    openings = tuple(commitment.opening(name) for name in shown if name in commitment.secrets)
    texts = tuple(commitment.text_opening(name) for name in shown if name in commitment.texts)
    return Disclosure(chain_id, contract, consent, commitment.root, terms, terms_salt, openings, signed, texts)


def period_problem(values: Mapping[str, int], terms: Terms) -> str | None:
    """Return the error in the period in `values`, two numbers YYYYMMDD by name, as a sentence, or None."""
    try:
        period = period_of(values)
    except InvalidInput as error:
        return str(error)
    if period.start < terms.data_from or terms.data_until < period.end:
        return "The budget's period is not within the data period of the terms; ask for new terms."
    return None


def _signed(record: Mapping[str, object]) -> SignedCommit:
    return SignedCommit(
        read_word(record["replaces"]), PostQuantumSignature.from_text(record["pq_key"], record["pq_signature"])
    )
