"""python -m scripts.check_deployment: what it prints, and its exit status.

Given a deployment as the script makes it       everything is right, status 0
Given something is wrong                        it is said again at the end, status 1
Given the file is damaged, or there is none     a sentence that says what to do, status 2
Given no node answers                           a sentence that says so, status 2
Given the build is another, or there is none    a sentence that says what to do, status 2
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import brownie
import pytest

from jamjar.audit import built_code
from jamjar.ledger import deployment_file
from jamjar.protocol.settings import DAY, Settings
from jamjar.sandbox.members import founding
from scripts import check_deployment
from tools.creation_code import build_folder, read_build
from tools.deployer import System, deploy


@pytest.fixture(scope="module")
def good(module_isolation: None) -> System:
    accounts = [account.address for account in brownie.accounts]
    return deploy(brownie.accounts[0], Settings(members=founding(accounts, lambda number: bytes([number]) * 32)))


@pytest.fixture(autouse=True)
def _taken_back(good: System, fn_isolation: None) -> None:
    """Take every test's changes to the chain back."""


def url() -> str:
    return str(brownie.web3.provider.endpoint_uri)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["check_deployment", *map(str, arguments)])
    return check_deployment.main()


def test_given_a_good_deployment(
    good: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, url(), deployment_file.write(good.deployment, tmp_path)) == check_deployment.RIGHT
    out = capsys.readouterr().out
    assert "checked, 0 wrong." in out
    assert "WRONG" not in out
    assert out.count("\nok ") > 60


@pytest.mark.parametrize("damage", ["", "{", '{"format": "jamjar.deployment.1"}'])
def test_given_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    (tmp_path / "1337.json").write_text(damage)
    assert run(monkeypatch, url(), tmp_path / "1337.json") == check_deployment.UNCHECKED
    assert "deploy again" in capsys.readouterr().err


@pytest.mark.parametrize("there", ["http://127.0.0.1:1", "127.0.0.1", "ftp://127.0.0.1", "http://"])
def test_given_no_node(
    good: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    assert run(monkeypatch, there, deployment_file.write(good.deployment, tmp_path)) == check_deployment.UNCHECKED
    assert capsys.readouterr().err.startswith("Could not be checked: The node")


def test_given_something_is_wrong_it_is_said_last(
    good: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(good.deployment.settings, most_uses=7)
    file = deployment_file.write(replace(good.deployment, settings=settings), tmp_path)
    assert run(monkeypatch, url(), file) == check_deployment.WRONG
    last = capsys.readouterr().out.split("3 wrong:\n")[1].splitlines()
    times = f"{366 * DAY}, {90 * DAY}"
    assert last[-1] == f"WRONG ConsentRegistry    limits: ({times}, 1000), not ({times}, 7)"
    assert len(last) == 3


def test_given_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, url(), tmp_path / "1337.json") == check_deployment.UNCHECKED
    assert "deploy first, or name the right chain" in capsys.readouterr().err


@pytest.mark.parametrize(("damage", "said"), [("missing", "run make build"), ("other", "is not the code of")])
def test_given_no_build_or_another(
    good: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    damage: str, said: str,
) -> None:  # fmt: skip
    built = shutil.copytree(build_folder(), tmp_path / "build")
    if damage == "missing":
        (built / "AdviceLog.json").unlink()
    else:
        artifact = json.loads((built / "AdviceLog.json").read_text())
        (built / "AdviceLog.json").write_text(json.dumps({**artifact, "deployedBytecode": artifact["bytecode"]}))
    monkeypatch.setenv("JAMJAR_BUILD", str(built))
    assert run(monkeypatch, url(), deployment_file.write(good.deployment, tmp_path)) == check_deployment.UNCHECKED
    assert said in capsys.readouterr().err


def test_the_hash_is_that_of_every_build(good: System) -> None:
    """What a build leaves empty is all that tells the code on chain from it, and the file says what it is."""
    for name, built in read_build().items():
        at = good.deployment.contracts()[name]
        code = bytes(brownie.web3.eth.get_code(at.address))
        assert built_code.hash_of(built.emptied(code)) == built.hash
        assert built_code.hash_of(built.filled(built_code.immutable_values(name, good.deployment))) == at.code_hash
