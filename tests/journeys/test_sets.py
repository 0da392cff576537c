"""A set of named values in place of a budget, by requests, the mailbox and commands, on the ledger.

Given a claimant agreed to a request for values of a set, and committed to them
When the adviser looks at one value     the use is on the ledger first, and nothing else is shown
When the adviser asks about a date      it is proven, without the date
When all is done                        an audit finds nothing wrong, and the ledger has no value
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.sandbox.network import SampleNetwork
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from tests.integration.test_audit_on_a_node import audit, broken
from tests.journeys.claimant import ADVISER, VIEW, ClaimantHome, claimant_home
from tests.support.named_sets import IDENTITY, PERSON
from tests.unit.wallet.scene import PASSPHRASE

ASKING = replace(VIEW, scope=IDENTITY.scope(shown=["surname"], asked=["born"]), questions=2)


@pytest.fixture
def home(network: SampleNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClaimantHome]:
    with claimant_home(network, tmp_path, monkeypatch) as opened:
        yield opened


def committed(home: ClaimantHome, consent: str) -> None:
    """What a module's program does: commit to values, in the claimant's own vault."""
    with Vault.open(str(home.folder / "my.vault"), PASSPHRASE) as vault:
        Wallet(home.network.deployment, vault).commit(consent, IDENTITY.fill(PERSON))
    assert "Commit: recorded" in home.wallet("send", "--account", home.network.accounts[1])


def test_from_a_request_to_a_proof(home: ClaimantHome) -> None:
    (consent,), desk = home.granted(ASKING), home.processes.desks[ADVISER]
    committed(home, consent)
    assert home.wallet("disclose", consent, "born", status=1).startswith("jamjar: The terms do not allow")
    package = home.json("disclose", consent, "surname")["package"]
    assert home.network.ledger.consent(consent).uses == 0
    seen = json.loads(desk.run("look", package, "--json"))
    assert (seen["values"], seen["figures"]) == ({"surname": "O'Brien-Müller"}, {})
    assert home.network.ledger.consent(consent).uses == 1
    assert "org.example" in home.wallet("looks")

    desk.run("question", consent, "org.example.identity:born <= 2008-11-29")
    assert len(home.json("questions")["questions"]) == 1
    told = home.wallet("answer", 1, "--yes")
    assert "at most 2008-11-29" in told.replace("\n", " ")
    seen = desk.run("look", told.split("The package is ")[1].strip(" .\n"))
    assert "Proven: org.example.identity:born is at most 2008-11-29." in " ".join(seen.split())
    assert "2001" not in seen
    assert home.network.ledger.consent(consent).uses == 2
    assert broken(audit(home.network, home.folder)) == set()
