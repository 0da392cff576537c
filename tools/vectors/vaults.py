"""Vectors of the vault: keys of passphrases, and a vault's file with what is in it."""

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jamjar.consent.request import sign_request
from jamjar.protocol.deployment import FORMAT as DEPLOYMENT
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.vault import portable
from jamjar.vault.passphrase import Cost, key_from, normalised
from jamjar.vault.vault import Vault
from jamjar.wallet.granting import agreement, sign_agreement
from jamjar.wallet.wallet import Wallet
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
            wallet = Wallet(deployment(), vault, drawn("wallet"), lambda: NOW)
            asked = sign_request(REQUEST, ADVISER, REGISTRY)
            agreed = agreement(wallet, asked, REQUEST.lowered(), NOW, None)
            granted = sign_agreement(wallet, agreed, lambda: NOW)
            consent = granted.message.consent
            wallet.commit(consent, BUDGET)
            wallet.pause(consent)
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
