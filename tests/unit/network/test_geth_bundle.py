"""network.bundle, for go-ethereum: a member's files; `tests/network` has nodes that run by them.

When bundles are made            the first block has the founders as signers; each has room for the other members alone
When lists are compared          they are alike; one that was changed is named
When the unit is read by systemd no fault
Given two founders, or another engine    refused
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import bundle, members_file
from jamjar.network.agreement import NetworkAgreement
from jamjar.network.allowed import differences, read
from jamjar.service import private_file
from tests.unit.network.joining import asking, written

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SYSTEMD = shutil.which("systemd-analyze")


@pytest.fixture
def three(tmp_path: Path) -> NetworkAgreement:
    return members_file.read(written(tmp_path / "given", *map(asking, (1, 2, 3)), version="1.13.15"), "geth")


@pytest.fixture
def folders(tmp_path: Path, three: NetworkAgreement) -> list[Path]:
    made = []
    for number in (1, 2, 3):
        made.append(tmp_path / f"{number}")
        made[-1].mkdir()
        for name, data in bundle.bundle(three, asking(number).request).items():
            private_file.create(made[-1] / name, data)
    return made


def test_what_is_in_them(three: NetworkAgreement, folders: list[Path]) -> None:
    signers = "".join(sorted(each[2:].lower() for each in three.validators))
    for number, folder in enumerate(folders, 1):
        genesis = json.loads((folder / "genesis.json").read_text())
        assert genesis["extraData"] == "0x" + "00" * 32 + signers + "00" * 65
        assert genesis["config"]["clique"]["period"] == 2
        p2p = tomllib.loads((folder / "config.toml").read_text())["Node"]["P2P"]
        every = {asking(each).request.enode for each in (1, 2, 3)}
        assert (set(p2p["TrustedNodes"]), p2p["MaxPeers"]) == (every, 2)
        assert set(p2p["StaticNodes"]) == every - {asking(number).request.enode}
        assert asking(number).request.address in (folder / "start.sh").read_text()
        assert {each.name for each in folder.iterdir()} == {
            *("README.md", "SHA256SUMS", "check.sh", "config.toml"),
            *("genesis.json", "geth.service", "nginx.conf", "start.sh"),
        }


def test_lists(folders: list[Path]) -> None:
    assert differences({str(each): read(str(each)) for each in folders}) == []
    config = folders[2] / "config.toml"
    config.write_text(config.read_text().replace(asking(1).request.public_key[2:], "ab" * 64))
    assert [each.lacks for each in differences({each.name: read(str(each)) for each in folders})] == [
        ("3",),
        ("1", "2"),
    ]
    config.write_text("[Node]\nP2P = 5\n")
    with pytest.raises(InvalidInput, match="has no list of nodes"):
        read(str(folders[2]))


def test_systemd_reads_the_unit(folders: list[Path]) -> None:
    if SYSTEMD is None:
        pytest.skip("systemd-analyze is not installed: apt-get install -y systemd")
    done = subprocess.run([SYSTEMD, "verify", folders[0] / "geth.service"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_two_founders(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="has not 3 to 100 validators"):
        members_file.read(written(tmp_path, *map(asking, (1, 2))), "geth")
    with pytest.raises(InvalidInput, match="Bundles are made for besu and geth, and not for kaia"):
        members_file.read(written(tmp_path / "more"), "kaia")
