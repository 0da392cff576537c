"""jamjar phone ledger: the one file that a phone needs of a ledger.

Given the policies of both logs       the deployment, the services and the policies are in it
When one policy is given for both     it is refused, and nothing is written
"""

import json
from pathlib import Path

import pytest

from tests.unit.cli.home import WHOLE, here
from tests.unit.tlog.world import LOG_KEY, ORIGIN, policy_text, signer

OF_MEMBERS = policy_text().replace(str(LOG_KEY.verifier), str(signer(f"{ORIGIN}/members", 1).verifier))
AT = ("--relayer", "https://r.example/", "--mailbox", "https://m.example", "--log", "https://l.example")


def test_it_has_all_that_a_phone_needs(home: Path) -> None:
    (home / "policy").write_text(policy_text())
    (home / "members").write_text(OF_MEMBERS)
    here("phone", "ledger", *AT, "--policy", "policy", "--members-policy", "members", "--out", "ledger.json")
    found = json.loads((home / "ledger.json").read_text())
    assert found["deployment"] == json.loads(WHOLE.to_json())
    assert (found["format"], found["policy"], found["members_policy"]) == ("jamjar.phone.1", policy_text(), OF_MEMBERS)
    services = ["https://r.example", "https://m.example", "https://m.example", "https://l.example"]
    assert [found[name] for name in ("relayer", "mailbox", "mailbox_name", "log")] == services


@pytest.mark.parametrize("text", [policy_text(), OF_MEMBERS])
def test_one_policy_for_both_logs_is_refused(home: Path, text: str) -> None:
    (home / "policy").write_text(text)
    said = here("phone", "ledger", *AT, "--policy", "policy", "--members-policy", "policy", "--out", "x")
    assert "is for the other log; swap the two files." in said.err
    assert said.status != 0
    assert not (home / "x").exists()
