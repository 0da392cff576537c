"""A claimant's machine in a network of processes, for journeys by commands alone."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jamjar.consent.schedule import Begin
from jamjar.consent.terms import Storage, Terms
from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Grant
from jamjar.sandbox.members import NAMES
from jamjar.sandbox.network import PERIOD, SampleNetwork
from jamjar.sandbox.processes import JAMJAR, NetworkProcesses, processes
from jamjar.vault.vault import Vault
from tests.unit.cli.home import here
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS, asking

ADVISER, HOUSING = 2, 3
VIEW = replace(TERMS, data_from=PERIOD.start, data_until=PERIOD.end)
STORE = replace(VIEW, retention_days=30, storage=Storage.STORE, recipient=HOUSING, recipient_name=NAMES[HOUSING])


@dataclass(frozen=True)
class ClaimantHome:
    """A claimant's machine: a folder, and the network around it; the environment tells commands where all is."""

    folder: Path
    network: SampleNetwork
    processes: NetworkProcesses

    def wallet(self, *words: object, status: int = 0) -> str:
        done = here("wallet", *words)
        assert done.status == status, done
        return done.out if status == 0 else done.out or done.refusal

    def json(self, *words: object, status: int = 0) -> Any:
        return json.loads(self.wallet(*words, "--json", status=status))

    def stranger_carries(self, *words: object) -> str:
        command = [*JAMJAR, "carry", "--account", self.network.stranger, *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout

    def request(self, terms: Terms) -> Path:
        """A request for these terms, in place of the one before."""
        domain, today = self.network.deployment.domain_of(Grant), date.fromtimestamp(self.network.ledger.time())
        signed = asking(terms, AccountSigner(self.network.key(terms.recipient)), domain, today=today)
        (self.folder / "request").write_text(signed.to_json())
        return self.folder / "request"

    def granted(self, terms: Terms, count: int = 1) -> list[str]:
        """Consents to terms, carried by the operator, begun."""
        made = [self.json("grant", self.request(terms), "--yes", "--begin", "now")["consent"] for _ in range(count)]
        assert self.wallet("send", "--account", self.network.accounts[1]).count("Grant: recorded in block") == count
        assert {self.network.ledger.status(consent) for consent in made} == {"SCHEDULED"}
        self.network.wait(Begin.NOW.ahead)
        return made

    def committed(self, consent: str) -> None:
        assert "It is queued" in self.wallet("commit", consent[:10], self.folder / "plan")
        assert "Commit: recorded" in self.wallet("send", "--account", self.network.accounts[1])
        assert any(self.network.ledger.head_of(consent))


@contextmanager
def claimant_home(network: SampleNetwork, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClaimantHome]:
    plan = network.households()[0].budget.to_json()
    for name, text in (("pass", PASSPHRASE), ("plan", plan)):
        (folder / name).write_text(text)
    with processes(network, folder) as opened:
        for name in ("JAMJAR_DEPLOYMENT", "JAMJAR_NODE", "JAMJAR_MAILBOX"):
            monkeypatch.setenv(name, opened.desks[ADVISER].environment[name])
        monkeypatch.setenv("JAMJAR_VAULT", str(folder / "my.vault"))
        monkeypatch.setenv("JAMJAR_PASSPHRASE_FILE", str(folder / "pass"))
        Vault.create(str(folder / "my.vault"), PASSPHRASE, cost=CHEAP).close()  # as create does, at a lower cost
        yield ClaimantHome(folder, network, opened)
