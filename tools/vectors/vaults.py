"""Vectors of the vault: keys of passphrases, and a vault's file with what is in it."""

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jamjar.consent.notice import terms_of
from jamjar.consent.request import sign_request
from jamjar.consent.schedule import schedule
from jamjar.protocol import signed_message
from jamjar.protocol.deployment import FORMAT as DEPLOYMENT
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.signing import sign
from jamjar.protocol.typed_data import Commit, Grant, Pause
from jamjar.vault import portable
from jamjar.vault.passphrase import Cost, key_from, normalised
from jamjar.vault.secret import TERMS_SALT, ConsentSecret
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault
from jamjar.wallet.calendar import Waiting
from jamjar.wallet.consent_keys import key_of
from jamjar.wallet.requests import agree
from jamjar.wallet.stored import NO_ROOT, NONCE_BYTES, StoredCommitment, StoredConsent, commitment_of
from jamjar.wallet.wallet import COMMITMENT, CONSENT, OUTGOING, SECRET, WAITING, record_name
from tools.vectors.commitments import BUDGET, REQUEST
from tools.vectors.drawn import ADVICE_LOG, ADVISER, CHAIN_ID, COMMITMENTS, NOW, REGISTRY, drawn

PASSPHRASE = "ﬁve random words, e\u0301"  # noqa: S105
CHEAP = Cost(memory_kib=64, passes=2, lanes=2)
COSTS = (Cost(8, 1, 1), Cost(64, 1, 4), Cost(1024, 3, 4))


def deployment() -> Deployment:
    """Return a deployment of the contracts that the vectors' signatures are for."""
    at = (REGISTRY, COMMITMENTS, ADVICE_LOG)
    registry, commitments, advice = (DeployedContract(domain.contract, "0x" + "55" * 32) for domain in at)
    consortium, governance = (DeployedContract("0x" + byte * 20, "0x" + "55" * 32) for byte in ("44", "66"))
    return Deployment(CHAIN_ID, 1, "0" * 40, consortium, governance, registry, commitments, advice)


def vectors() -> dict[str, Any]:
    """Return the vectors of the vault; its file holds what a wallet writes for a consent with a commitment."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "vault"
        with Vault.create(str(file), PASSPHRASE, cost=CHEAP, random_bytes=drawn("vault")) as vault:
            with vault.writing() as transaction:
                _write(transaction)
            with vault.writing() as transaction:
                transaction.put("gone", "gone", b"")
                transaction.delete("gone", "gone")
            with vault.reading() as transaction:
                records = [[kind, name, value.hex()] for kind, name, value in transaction.records()]
        text = portable.to_text(file)
    return {
        "keys": [
            {"passphrase": PASSPHRASE, "salt": salt.hex(), "memory_kib": cost.memory_kib, "passes": cost.passes,
             "lanes": cost.lanes, "key": key_from(normalised(PASSPHRASE), salt, cost).hex()}
            for salt, cost in ((drawn(f"salt {n}")(16), cost) for n, cost in enumerate(COSTS))
        ],
        "passphrase": PASSPHRASE,
        "file": text,
        "now": NOW,
        "deployment": json.dumps({"format": DEPLOYMENT, **asdict(deployment())}),
        "records": records,
    }  # fmt: skip


def _write(transaction: VaultTransaction) -> None:
    """Write what a wallet has of a consent without post-quantum keys: agreed to, committed under, and paused."""
    random, asked, terms = drawn("wallet"), sign_request(REQUEST, ADVISER, REGISTRY), terms_of(REQUEST)
    secret = ConsentSecret(random(32))
    key, times = key_of(secret), schedule(NOW, days=REQUEST.days, reconfirm_days=REQUEST.reconfirm_days)
    digest = terms.digest(secret.derive(TERMS_SALT))
    stored = StoredConsent(terms, times.valid_from, times.valid_until)
    plan = StoredCommitment.of(key.address, random(NONCE_BYTES), BUDGET, terms)
    root = commitment_of(secret, plan).root
    messages = (
        Grant(
            key.address, terms.recipient, times.valid_from, times.valid_until, times.reconfirm_by, REQUEST.looks, digest
        ),
        Commit(key.address, root, NO_ROOT),
        Pause(key.address, 0),
    )
    transaction.put(SECRET, key.address, secret.to_bytes())
    transaction.put(CONSENT, key.address, stored.committed(root).next().to_json())
    agree(transaction, asked, key.address, REQUEST.lowered(), NOW)
    for message in messages:
        if isinstance(message, Commit):
            transaction.put(COMMITMENT, record_name(key.address, root), plan.to_json())
        domain = deployment().domain_of(type(message))
        signed = sign(key, domain, message)
        name = record_name(key.address, signed.signature.to_bytes())
        transaction.put(OUTGOING, name, signed_message.to_json(signed, domain).encode())
        transaction.put(WAITING, name, Waiting(signed, NOW).to_json())
