"""The keys of a consent: that of its address, and those that its terms name. They derive from its secret."""

from dataclasses import replace

from jamjar.consent.terms import Terms
from jamjar.crypto.es256 import SEED_BYTES, P256PrivateKey
from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.disclosure.disclosure import SignedCommit
from jamjar.protocol import typed_data
from jamjar.protocol.post_quantum import key_digest, sign
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Commit, Domain
from jamjar.vault.secret import CONSENT_KEY, ES256_KEY, POST_QUANTUM_KEY, ConsentSecret


def key_of(secret: ConsentSecret) -> ConsentKey:
    """Return the key of the consent with this secret."""
    return ConsentKey(secret.derive(CONSENT_KEY))


def with_keys(terms: Terms, secret: ConsentSecret) -> Terms:
    """Return terms that name the keys of the consent with this secret."""
    public = MlDsaKey(secret.derive(POST_QUANTUM_KEY)).public_bytes
    return replace(terms, pq_key=key_digest(public), es256_key=export_key(secret).public.thumbprint.hex())


def post_quantum_key(terms: Terms, secret: ConsentSecret) -> MlDsaKey | None:
    """Return the ML-DSA-44 key that signs beside the first; None under terms that name none."""
    return MlDsaKey(secret.derive(POST_QUANTUM_KEY)) if terms.pq_key else None


def signed_commit(terms: Terms, secret: ConsentSecret, domain: Domain, commit: Commit) -> SignedCommit | None:
    """Return the ML-DSA-44 signature of a commitment; None under terms that name no key."""
    if (key := post_quantum_key(terms, secret)) is None:
        return None
    return SignedCommit(commit.replaces, sign(key, typed_data.digest(domain, commit)))


def export_key(secret: ConsentSecret) -> P256PrivateKey:
    """Return the key that signs what is exported."""
    return P256PrivateKey(secret.derive(ES256_KEY, SEED_BYTES))
