"""A study from its proposal to its result, by commands alone, on the ledger.

Given twelve report and two withdraw before the close  the sum is of ten, and a second program opens the same
Given it is closed                                     nobody publishes another, and nobody can be taken out
"""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from eth_account import Account

from jamjar.adviser.keys import make_encryption_key
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.ledger import deployment_file
from jamjar.plan.budget import Budget, Line
from jamjar.sandbox.members import NAMES
from jamjar.sandbox.network import PERIOD, SampleNetwork
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from tests.unit.cli.home import Done, here
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS

MEMBERS, RECIPIENT, PEOPLE = (2, 3, 5), 3, 12
MONTH = PERIOD.end.isoformat()[:7]
ROOT = Path(__file__).parents[2]
Run = Callable[..., Done]


@pytest.fixture
def run(network: SampleNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """What runs a command of the study; with a member's number first, as that member."""
    (tmp_path / "pass").write_text(PASSPHRASE)
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", str(deployment_file.write(network.deployment, tmp_path)))
    monkeypatch.setenv("JAMJAR_NODE", network.url)
    monkeypatch.setenv("JAMJAR_PASSPHRASE_FILE", str(tmp_path / "pass"))
    monkeypatch.setenv("JAMJAR_PASSWORD_FILE", str(tmp_path / "pass"))
    for member in MEMBERS:
        with Vault.create(str(tmp_path / f"{member}.vault"), PASSPHRASE, cost=CHEAP) as vault:
            network.member(member).change_encryption_key(make_encryption_key(vault).public_bytes)
        keystore = Account.encrypt(network.key(member).key, PASSPHRASE, kdf="pbkdf2", iterations=1)
        (tmp_path / f"{member}.keystore").write_text(json.dumps(keystore))
    monkeypatch.chdir(tmp_path)

    def command(*words: object) -> Done:
        if isinstance(words[0], int):
            words = (*words[1:], "--account", f"{words[0]}.keystore", "--vault", f"{words[0]}.vault")
        return here("study", *words)

    return command


def grant_and_commit(network: SampleNetwork, where: str, words: str) -> list[str]:
    """Consents for the study in one wallet, each with a budget that is short by its place in pounds."""
    terms = replace(
        TERMS, purpose="dpv:NonCommercialResearch", scope=frozenset({ScopeItem("balance", Detail.THRESHOLD)}),
        questions=1, notice=f"In its own words: “{words}”", recipient=RECIPIENT, recipient_name=NAMES[RECIPIENT],
        data_from=PERIOD.start, data_until=PERIOD.end,
    )  # fmt: skip
    now = network.ledger.time()
    times = {"valid_from": now + 60, "valid_until": now + 40 * 86400, "reconfirm_by": now + 30 * 86400}
    with Vault.create(where, PASSPHRASE, cost=CHEAP) as vault:
        wallet = Wallet(network.deployment, vault)
        grants = [wallet.grant(terms, **times, max_uses=1) for _ in range(PEOPLE)]
        network.ledger.carry_batch(grants, network.keys[1])
        network.wait()
        budgets = (Budget(PERIOD, (Line("fixed.home.rent", 100 * place),)) for place in range(PEOPLE))
        made = [wallet.commit(each.message.consent, of) for each, of in zip(grants, budgets, strict=True)]
        network.ledger.carry_batch(made, network.keys[1])
        return list(wallet.consents())


def withdraw(network: SampleNetwork, consent: str) -> None:
    with Vault.open("claimants.vault", PASSPHRASE) as vault:
        network.ledger.carry(Wallet(network.deployment, vault).withdraw(consent), network.keys[1])


def second_program(folder: Path) -> dict[str, object]:
    """What the program on @noble/curves finds in the folder, which is all that it is given."""
    found = {kind: [json.loads(each.read_text()) for each in sorted(folder.glob(f"{kind}-*.json"))] for kind in (
        "result", "report", "noise")}  # fmt: skip
    line = json.dumps({"result": found["result"][0], "reports": found["report"], "noise": found["noise"]})
    program = [shutil.which("node") or "node", str(ROOT / "tools/reference/study.mjs")]
    done = subprocess.run(program, input=line, capture_output=True, text=True, timeout=300, cwd=ROOT, check=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_a_study(network: SampleNetwork, run: Run) -> None:
    members = [word for member in MEMBERS for word in ("--member", member)]
    proposed = run(
        "propose", "may", "--title", "Shortfalls", "--figure", "balance", "--minus", "--most", "163.83", "--month",
        MONTH, "--region", "North", "--recipient", RECIPIENT, "--threshold", 10, "--epsilon", "10", *members,
    )  # fmt: skip
    consents = grant_and_commit(network, "claimants.vault", proposed.out.split("--about '")[1].split("'")[0])
    for consent in consents:
        assert "The report is" in run("join", "may", consent, "--region", "North", "--vault", "claimants.vault",
                                      "--yes").out  # fmt: skip
    for member in MEMBERS:
        assert f"{PEOPLE} new reports, 0 taken before, 0 too late, 0 refused." in run(member, "take", "may").out
    assert f"0 new reports, {PEOPLE} taken before" in run(MEMBERS[0], "take", "may").out

    withdraw(network, consents[0])
    close = ("close", "may", MONTH, "North")
    dealt = [run(member, *close) for member in MEMBERS[:2]]
    assert f"Noise is dealt, over {PEOPLE - 1} reports." in dealt[0].out
    assert "Next: members 5 deal noise." in dealt[1].out
    withdraw(network, consents[1])
    agreed = run(MEMBERS[2], *close).out
    assert f"over {PEOPLE - 2} reports." in agreed  # and so over these alone by all
    assert "You agreed. Next: members 2, 3 agree." in agreed
    assert "Next: members 3 agree." in run(MEMBERS[0], *close).out
    assert "Your sums are published. 2 members open the sum" in run(MEMBERS[1], *close).out
    assert all("The result is" in run(member, *close).out for member in (MEMBERS[0], MEMBERS[2]))

    (found,) = json.loads(run("verify", "may", "--json").out)
    assert (found["count"], found["epsilon"], len(found["accounts"])) == (PEOPLE - 2, 10, 3)
    answer = second_program(Path("may"))
    assert (answer["valid"], answer["sum"], answer["count"]) == (True, str(found["sum"]), PEOPLE - 2)
    withdraw(network, consents[2])  # which no longer takes it out
    assert run("verify", "may").status == 0
    assert "there are no second ones" in run(MEMBERS[0], *close, "--again").refusal
