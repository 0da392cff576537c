"""The files made before, and what is in them in plain values: README.md says how they came to be."""

import json
from pathlib import Path
from typing import Any

from eth_account import Account

from jamjar.ledger import deployment_file
from jamjar.protocol.typed_data import Commit
from jamjar.tlog.policy import read_policy

FILES = Path(__file__).parent / "files"
KNOWN: dict[str, Any] = json.loads((FILES / "known.json").read_text(encoding="utf-8"))
DEPLOYMENT = deployment_file.read(FILES / "1337.json")
COMMITMENTS = DEPLOYMENT.domain_of(Commit)
POLICY = read_policy((FILES / "policy").read_text(encoding="utf-8"))


def plain(value: Any) -> Any:
    """The value as JSON gives it back: lists for tuples, texts for the keys of objects."""
    return json.loads(json.dumps(value))


def account(number: int) -> Any:
    """The account that acts for a member: 1 the operator, 2 the adviser."""
    Account.enable_unaudited_hdwallet_features()
    return Account.from_mnemonic(KNOWN["chain"]["mnemonic"], account_path=f"m/44'/60'/0'/0/{number}")
