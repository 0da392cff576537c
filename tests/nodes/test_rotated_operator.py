"""A relayer's receipt on a real node, before and after its operator's account was rotated.

Given a receipt, and its account still acts   it verifies
When the account is removed                   it verifies still, and says until when the account acted
When that account signs another               it is refused, and so it is by a wallet
When its time has passed without the message  the promise is broken, and the command says so
"""

import json
import secrets
from pathlib import Path

import pytest
from eth_account import Account
from typer.testing import CliRunner

from jamjar.cli.main import app
from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.protocol import signed_message, typed_data
from jamjar.protocol.signing import AccountSigner, ConsentKey
from jamjar.protocol.typed_data import Grant
from jamjar.relayer.ledger_view import is_operator
from jamjar.relayer.operator_history import NEAR
from jamjar.relayer.promise import Promise, SignedPromise, check, domain_of, sign_promise
from jamjar.relayer.refusal import RelayerLied
from jamjar.sandbox.local_chain import LocalChain, local_chain


def receipt(chain: LocalChain, key: Account, digest: bytes) -> SignedPromise:
    promised = Promise(digest, chain.now(), chain.now() + 600)
    return sign_promise(promised, AccountSigner(key), domain_of(chain.deployment.domain_of(Grant)))


def test_a_receipt_outlives_its_account(tmp_path: Path) -> None:
    with local_chain() as chain:
        key = Account.create()
        chain.send(chain.accounts[1], "Consortium", "offerAccount", key.address)
        for method, *more in (("anvil_impersonateAccount",), ("anvil_setBalance", hex(10**18))):
            chain.ask(method, key.address, *more)  # so that it can send
        chain.send(key.address, "Consortium", "acceptAccount", 1)
        signed = chain.grant_to_adviser(ConsentKey.generate(secrets.token_bytes))
        domain = chain.deployment.domain_of(Grant)
        digest = typed_data.digest(domain, signed.message)
        at, kept, message = deployment_file.write(chain.deployment, tmp_path), tmp_path / "kept.json", tmp_path / "m"
        message.write_text(signed_message.to_json(signed, domain))
        old = receipt(chain, key, digest)
        kept.write_text(json.dumps(old.to_json()))
        options = ["--message", str(message), "--deployment", str(at), "--node", chain.node.url, "--json"]

        def verified() -> tuple[int, str]:
            ran = CliRunner().invoke(app, ["verify", "promise", str(kept), *options])
            return ran.exit_code, ran.stdout

        status, text = verified()
        assert (status, json.loads(text)["acts until"], json.loads(text)["member"]) == (0, "it still does", 1)
        chain.wait_until(chain.now() + 300)
        chain.send(chain.accounts[1], "Consortium", "removeAccount", key.address)
        status, text = verified()
        assert (status, json.loads(text)["member"], json.loads(text)["on the ledger"]) == (0, 1, "no")
        assert json.loads(text)["acts until"] != "it still does"
        ledger = Ledger(chain.node.url, chain.deployment)
        with pytest.raises(RelayerLied):
            check(old, digest, domain_of(domain), is_operator(ledger))
        chain.wait_until(chain.now() + NEAR)
        kept.write_text(json.dumps(receipt(chain, key, digest).to_json()))
        assert verified()[0] != 0
        kept.write_text(json.dumps(old.to_json()))
        chain.wait_until(chain.now() + 600)
        status, text = verified()
        assert (status, json.loads(text)["on the ledger"]) == (1, "no")
