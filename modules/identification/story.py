"""The story: an adult shows that she is one, twice, without her date of birth; then the issuer takes its word back."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from secrets import token_bytes

from jamjar.crypto.es256 import SEED_BYTES, P256PrivateKey
from jamjar.disclosure.answer import StatementAnswer, answer
from jamjar.disclosure.question import Question
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.own_contract import OwnContract
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.network import STRANGER, SampleNetwork

from .attributes import IDENTIFICATION, Attributes, Issuer, received
from .showing import Holder, Verifier

DAY, ISSUER, FIRST, SECOND, NAME = 86_400, 4, 2, 3, ["family_name"]
PERSON: Attributes = {"given_name": "Siân", "family_name": "Morgan", "birthdate": date(2001, 2, 28)}
TODAY, NOTICE = date(2026, 11, 29), "You let the recipient check who you are."
ADULT = IDENTIFICATION.at_most("birthdate", date(2008, 11, 29))


class Scene:
    """The contract and its issuer, a department, on a sample consortium."""

    def __init__(self, network: SampleNetwork) -> None:
        """Deploy the contract."""
        artefact = json.loads(Path(__file__).with_name("Attestations.json").read_text(encoding="utf-8"))
        self.network, self.ledger = network, network.ledger
        consortium = network.deployment.consortium.address
        self.registry = OwnContract.deploy(network.ledger, network.key(1), artefact, consortium)
        key, self.until = P256PrivateKey(token_bytes(SEED_BYTES)), network.ledger.time() + 300 * DAY
        self.issuer = Issuer(self.registry, ISSUER, "https://benefits.example", key)

    def enrol(self, until: int = 0) -> Holder:
        """Issue and anchor two copies for a person whose papers the department saw."""
        keys, until = [P256PrivateKey(token_bytes(SEED_BYTES)) for _ in range(2)], until or self.until
        made = [self.issuer.issue(PERSON, key.public.jwk, until, token_bytes) for key in keys]
        self.registry.send(self.network.key(ISSUER), "anchor", sorted(each.root for each in made), until)
        pairs = zip(made, keys, strict=True)
        copies = [received(each, key, self.issuer.key.public, self.registry) for each, key in pairs]
        return Holder(self.network.claimant().wallet, self.registry, copies)

    def consent(self, holder: Holder, to: int, asked: Sequence[str] = ()) -> str:
        """Grant a consent to the name, commit to it and to what may be asked about, and have a look recorded."""
        person = Claimant(holder.wallet, self.ledger, self.network.key(1), self.network.ahead)
        scope, days = IDENTIFICATION.scope(NAME, asked), (TODAY, TODAY)
        consent = person.grant(to, scope=scope, questions=len(asked), uses=4, days=30, notice=NOTICE, about=days)
        self.network.wait()
        person.commit(consent, holder.values(consent))
        self.network.desks[to].use(consent)
        return consent

    def asks(self, holder: Holder, consent: str, to: int) -> tuple[Question, StatementAnswer]:
        """Ask whether the holder is of age, and return the question with its proof, whose use is recorded."""
        at, use = self.ledger.deployment, self.ledger.consent(consent).uses + 1
        place = (at.chain_id, at.commitment_registry.address, consent, self.ledger.head_of(consent))
        asked = Question(token_bytes(32), *place, to, use, ADULT)
        shown, made = holder.wallet.disclose(consent, ()), holder.wallet.committed(consent)
        self.network.desks[to].use(consent)
        return asked, answer(shown, asked, made, token_bytes)

    def verifier(self, to: int) -> Verifier:
        """Return a recipient that relies on the department."""
        return Verifier(self.network.desks[to], self.registry, frozenset({ISSUER}))


def play(network: SampleNetwork, tell: Narrator) -> None:
    """Play it."""
    scene = Scene(network)
    holder, first, second = scene.enrol(), scene.verifier(FIRST), scene.verifier(SECOND)
    roots, read, send = sorted(copy.tree.root for copy in holder.copies), scene.registry.read, scene.registry.send
    tell.chapter("Identification: attested once, shown one attribute at a time")
    tell.check("a department attests a person in two copies", all(read("isLive", ISSUER, each) for each in roots))
    consent = scene.consent(holder, FIRST, ["birthdate"])
    shown, given = holder.wallet.disclose(consent, NAME), holder.present(consent, NAME, ["birthdate"])
    tell.check("a recipient reads one attribute, her name", first.check(given, shown) == {"family_name": "Morgan"})
    asked, proof = scene.asks(holder, consent, FIRST)
    first.check_answer(given, asked, proof)
    tell.check(f"and has proof that {asked.statement}", proof.verify())
    told = proof.to_json() + shown.to_json() + given.encode()
    tell.check("the date itself is in nothing that it was given", b"20010228" not in told and b"2001-02" not in told)

    other = scene.consent(holder, SECOND)
    shown, again = holder.wallet.disclose(other, NAME), holder.present(other, NAME)
    tell.check("another recipient reads her name", second.check(again, shown) == {"family_name": "Morgan"})
    tell.check("from another copy", holder.taken[consent].tree.root != holder.taken[other].tree.root)
    tell.refused("what the first was given, at the second", lambda: second.check(given, shown), VerificationFailed)
    tell.refused("a third consent without a third copy", lambda: holder.values("none"), InvalidInput)
    stranger = lambda: send(network.key(STRANGER), "anchor", roots, scene.until)  # noqa: E731
    tell.refused("a stranger's attestation", stranger, "NotAnActiveMember", network.stranger)
    revoke = lambda: send(network.key(FIRST), "revoke", roots)  # noqa: E731
    tell.refused("revocation by another member", revoke, "RootUnknown", f"0x{roots[0].hex()}")
    tell.check("of both showings the contract recorded nothing", len(scene.registry.events()) == len(roots))
    send(network.key(ISSUER), "revoke", roots)
    tell.check("the department takes both copies back at once", not any(read("isLive", ISSUER, each) for each in roots))
    tell.refused("what was revoked, where it was shown", lambda: second.check(again, shown), VerificationFailed)
