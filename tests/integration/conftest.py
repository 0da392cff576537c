"""A sample network to test in: the deployed system with its members, advisers and claimants, through `jamjar` alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brownie
import pytest

from jamjar.sandbox.network import SampleNetwork
from scripts import deploy
from tools import sample_network


@pytest.fixture(scope="module")
def network(module_isolation: None) -> SampleNetwork:
    return sample_network.build()


@pytest.fixture(autouse=True)
def network_isolation(request: pytest.FixtureRequest) -> None:
    """Take every test's changes to the chain back, where there is one."""
    if "network" in request.fixturenames:
        request.getfixturevalue("network")
        request.getfixturevalue("fn_isolation")


@pytest.fixture
def record(fn_isolation: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the script writes the record of this chain."""
    monkeypatch.setattr(deploy, "FOLDER", tmp_path)
    return tmp_path / "1337.json"


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An account in Brownie's keystore, "ours", that the node does not hold."""
    (tmp_path / "accounts").mkdir()
    monkeypatch.setattr("brownie.network.account._get_data_folder", lambda: tmp_path)
    monkeypatch.setattr("brownie.network.account.getpass", lambda _: "secret")
    account = brownie.accounts.add()
    account.save("ours", password="secret")  # noqa: S106 - of a throwaway
    brownie.accounts.remove(account)
    yield account
    if account in brownie.accounts:
        brownie.accounts.remove(account)
