"""A small consortium with a claimant and an adviser to try the pages with: a node, a mailbox, two vaults, four doors.

The claimant has a plan of this month, agreed to one look and showed some of it; the adviser asks for another.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from eth_account import Account
from eth_account.hdaccount import key_from_seed
from eth_account.hdaccount.mnemonic import Mnemonic
from eth_account.signers.local import LocalAccount

from jamjar.adviser.asking import make_request, sign_asked
from jamjar.adviser.keys import make_encryption_key
from jamjar.audit.node import AuditNode
from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.consent.schedule import Begin
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import Plan
from jamjar.protocol.settings import Settings
from jamjar.service.ports import free_port
from jamjar.vault.vault import Vault
from jamjar.wallet.granting import agreement, sign_agreement
from jamjar.wallet.jars import Jars
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.requests import receive
from jamjar.wallet.wallet import Wallet
from sandbox.anvil import anvil
from sandbox.households import households
from sandbox.local_chain import LocalChain, accounts_of
from sandbox.members import founding
from sandbox.processes import JAMJAR, desk_environment, processor_seconds, serving

PASSPHRASE: Final = "a passphrase to try"  # noqa: S105
"""Of both vaults: they are for trying things in."""
ADVISER: Final = 2
OPERATOR: Final = 1
_BLOCK_SECONDS: Final = 2
_WORDS: Final = "test " * 11 + "junk"  # Anvil's, which everybody knows


class OpenDoor(NamedTuple):
    """A door: its address, which opens once, its process' id, and the processor time until it was open, in seconds."""

    address: str
    process: int
    first_seconds: float


class SmallConsortium:
    """The consortium on a node of its own, with all files below a folder."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder, node = folder, AuditNode(url)
        self.desk_vault = Vault.create(str(folder / f"desk-{ADVISER}.vault"), PASSPHRASE)
        key = make_encryption_key(self.desk_vault).public_bytes
        accounts = accounts_of(node)
        members = founding(accounts, lambda number: key if number == ADVISER else secrets.token_bytes(1216))
        self.chain = LocalChain(node, Settings(founders=(accounts[0],), members=members))
        self.ledger, self.operator = Ledger(url, self.chain.deployment), accounts[OPERATOR]
        record = deployment_file.write(self.chain.deployment, folder)
        self.mailbox = f"http://127.0.0.1:{free_port()}"
        self.environment = {
            "JAMJAR_DEPLOYMENT": str(record), "JAMJAR_NODE": url, "JAMJAR_MAILBOX": self.mailbox,
        }  # fmt: skip
        self.account = _account(ADVISER)

    def asked(self, about: str) -> Any:
        """Return a request of the adviser's, signed."""
        today = date.today()
        scope = frozenset({ScopeItem("fixed.home", Detail.LINES), ScopeItem("balance", Detail.TOTAL)})
        request = make_request(
            self.ledger, self.account, purpose="dpv:ProvidePersonalisedRecommendations", contact="01234 567890",
            about=about, scope=scope, data_from=today - timedelta(days=62), data_until=today + timedelta(days=120),
            keep=0, looks=3, days=180, reconfirm_days=90,
        )  # fmt: skip
        return sign_asked(request, self.ledger, self.account)

    def claimant(self) -> None:
        """Make the claimant's vault: a plan, one consent with something shown, and one request without an answer."""
        vault = Vault.create(str(self.folder / "claimant.vault"), PASSPHRASE)
        today = date.today()
        period = AssessmentPeriod.containing(date(today.year - 1, 1, 1), today)
        Jars(vault).plan(Plan.of(households(period)[0].budget))
        wallet = Wallet(self.chain.deployment, vault, clock=time.time)
        first = self.asked("For our meeting on Tuesday.")
        now = max(int(time.time()), self.ledger.time())
        agreed = agreement(wallet, first, first.request.lowered(), now, self.ledger, begin=Begin.NOW)
        grant = sign_agreement(wallet, agreed, lambda: now)
        self._carry(wallet, grant)
        self.chain.wait_until(agreed.times.valid_from + 1)
        consent = grant.message.consent
        self._carry(wallet, wallet.commit(consent, Jars(vault).plans()[-1].budget))
        connect = claimant_connections(self.chain.deployment, self.mailbox)
        ClaimantMail(wallet, self.ledger, connect).show(consent, ["fixed.home.rent", "balance"])
        with vault.writing() as transaction:
            receive(transaction, self.asked("To see how it went."), int(time.time()))
        vault.close()

    def _carry(self, wallet: Wallet, signed: Any) -> None:
        self.chain.carry(signed)
        wallet.settle(signed, self.ledger.height())


@contextmanager
def opened(folder: Path) -> Iterator[Mapping[str, OpenDoor]]:
    """Set all of it up below a folder, and yield each door; it ends with the block."""
    with anvil("--no-mining") as node, ExitStack() as stack:
        small = SmallConsortium(node.url, folder)
        small.desk_vault.close()
        words = ["mailbox", "serve", "--port", small.mailbox.rpartition(":")[2], "--depth", "1"]
        database = {"JAMJAR_MAILBOX_DATABASE": f"sqlite:///{folder / 'mailbox.db'}"}
        stack.enter_context(serving(words, small.environment | database, small.mailbox, folder / "mailbox.log"))
        small.claimant()
        node.ask("evm_setIntervalMining", _BLOCK_SECONDS)
        desk = desk_environment(folder, ADVISER, small.account, small.environment)
        mine = small.environment | {"JAMJAR_VAULT": str(folder / "claimant.vault"), "JAMJAR_ACCOUNT": small.operator}
        keystore = folder / "operator.keystore"
        keystore.write_text(json.dumps(Account.encrypt(_account(OPERATOR).key, PASSPHRASE, kdf="pbkdf2", iterations=2)))
        operate = ["operate", "--mailbox", small.mailbox, "--keystore-file", str(keystore)]
        explore = ["explore", "--node", node.url, "--state", f"sqlite:///{folder / 'audit.db'}"]
        yield {
            "claimant": stack.enter_context(door(["wallet", "open"], mine)),
            "adviser": stack.enter_context(door(["adviser", "open"], desk)),
            "auditor": stack.enter_context(door(explore, small.environment)),
            "operator": stack.enter_context(door(operate, small.environment)),
        }


@contextmanager
def door(words: list[str], environment: Mapping[str, str]) -> Iterator[OpenDoor]:
    """Open a door in a process of its own, and yield it."""
    with subprocess.Popen(  # noqa: S603 - a fixed command
        [*JAMJAR, *words],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            if "http://" not in line:
                raise RuntimeError(f"jamjar {' '.join(words)} did not open; run it by itself to see why.")
            address = line[line.index("http://") :].strip()
            yield OpenDoor(address, process.pid, processor_seconds(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _account(number: int) -> LocalAccount:
    account: LocalAccount = Account.from_key(key_from_seed(Mnemonic.to_seed(_WORDS), f"m/44'/60'/0'/0/{number}"))
    return account
