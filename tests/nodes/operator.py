"""An operator with a relayer, beside a claimant with a wallet: the commands as they are typed, on one node."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests
from eth_account import Account

from jamjar.ledger import deployment_file
from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Grant
from jamjar.vault.vault import Vault
from tests.nodes.relayed import deployment_of
from tests.stateful.node import Node, Rpc
from tests.stateful.system import System
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS, asking

MNEMONIC = "test test test test test test test test test test test junk"  # Anvil's own
WAIT = 180


class Operator:
    """A folder, a node, a deployed system, and the programs that are started on it."""

    def __init__(self, folder: Path, rpc: Rpc) -> None:
        self.folder, self.node = folder, Node(rpc)
        system = System(self.node, {1: ("OPERATOR",), 2: ("ADVISER",)})
        Account.enable_unaudited_hdwallet_features()
        account = Account.from_mnemonic(MNEMONIC, account_path="m/44'/60'/0'/0/1")
        assert account.address == system.accounts[1]
        deployment = deployment_of(system, rpc)
        adviser = Account.from_mnemonic(MNEMONIC, account_path="m/44'/60'/0'/0/2")
        assert adviser.address == system.accounts[2]
        terms = replace(TERMS, recipient_name="Member 2")  # as `System` names it
        request = asking(terms, AccountSigner(adviser), deployment.domain_of(Grant))
        files = {"operator.json": json.dumps(account.encrypt("secret", kdf="pbkdf2", iterations=1000))}
        files |= {"password": "secret\n", "passphrase": f"{PASSPHRASE}\n", "request.json": request.to_json()}
        for name, text in files.items():
            (folder / name).write_text(text)
        Vault.create(str(folder / "my.vault"), PASSPHRASE, cost=CHEAP).close()
        self.environment = {
            **os.environ,
            "JAMJAR_VAULT": "my.vault",
            "JAMJAR_PASSPHRASE_FILE": "passphrase",
            "JAMJAR_DEPLOYMENT": str(deployment_file.write(deployment, folder)),
            "JAMJAR_NODE": rpc.url,
            "JAMJAR_PASSWORD_FILE": "password",
            "PYTHONUNBUFFERED": "1",
        }
        self.url = ""

    def run(self, *words: str, status: int = 0) -> str:
        command, options = [sys.executable, "-m", "jamjar", *words], {"cwd": self.folder, "env": self.environment}
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **options)
        assert done.returncode == status, done
        return done.stdout

    def serve(self, epoch: int, *more: str, port: int = 0) -> subprocess.Popen[str]:
        words = ["--account", "operator.json", "--port", str(port), "--depth", "1"]
        started = self.start("relayer", "serve", *words, "--epoch", str(epoch), "--margin", "3", *more)
        assert started.stdout is not None
        found = re.search(r"port (\d+)", started.stdout.readline())
        assert found is not None
        self.url = f"http://127.0.0.1:{found[1]}"
        self.until(lambda: self.answers() == 200)
        return started

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "jamjar", *words]
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True)

    def answers(self) -> int:
        try:
            return requests.get(f"{self.url}/health", timeout=60).status_code
        except requests.ConnectionError:
            return 0

    def counts(self) -> dict[str, Any]:
        return dict(json.loads(self.run("relayer", "status", "--json"))["counts"])

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + WAIT
        while not holds():
            assert time.monotonic() < end, self.run("relayer", "status")
            time.sleep(0.2)
