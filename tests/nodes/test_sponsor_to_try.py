"""The sponsor of the small consortium that pages are tried with: it answers what a claimant's wallet asks for."""

import secrets
import subprocess
import time
from pathlib import Path

from jamjar.protocol.enrolment import EnrolmentAnswer
from jamjar.sandbox.anvil import anvil
from jamjar.sandbox.doors import QUOTA, SPONSOR, SmallConsortium, block_by_block
from jamjar.vault.vault import Vault
from jamjar.wallet import enrolment
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import CHEAP, PASSPHRASE


def test_it_answers_a_request_for_tokens(tmp_path: Path) -> None:
    with anvil("--no-mining") as node, Vault.create(":memory:", PASSPHRASE, cost=CHEAP) as vault:
        small = SmallConsortium(node.url, tmp_path, ())
        block_by_block(node)
        small.vouches()
        wallet = Wallet(small.chain.deployment, vault, clock=time.time)
        asked = enrolment.ask(wallet, small.ledger, SPONSOR, small.ledger.time(), secrets.token_bytes, at_once=True)
        request, answer = tmp_path / "request.json", tmp_path / "answer.json"
        request.write_text(asked.request().to_json())
        program = [str(tmp_path / "vouch"), str(request), str(answer)]
        done = subprocess.run(program, capture_output=True, text=True, timeout=300, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert enrolment.keep(wallet, EnrolmentAnswer.from_json(answer.read_text())) == QUOTA
