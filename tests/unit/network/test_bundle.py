"""network.bundle: a member's files, read by the programs that they are for.

When a bundle is made                  its checksums are right, nothing is left to fill in, its README has ten lines
When a name has what a program reads   it stays a name
When the start script is run           it starts Besu with the file of options
Given no key, one that others read, or a list that was changed    it says so, and starts nothing
When systemd, and compose's own reader, read their files          they find no fault
When each program's own words are searched                        no private key, and every question that services ask
"""

import ast
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from jamjar.network import bundle as bundles
from jamjar.network import members_file
from jamjar.network.agreement import NetworkAgreement
from tests.unit.network.joining import asking, written

ROOMS = Path(__file__).parents[3] / "jamjar"
SYSTEMD, COMPOSE = shutil.which("systemd-analyze"), shutil.which("docker-compose")


@pytest.fixture
def five(tmp_path: Path) -> NetworkAgreement:
    return members_file.read(written(tmp_path / "given"), "besu")


@pytest.fixture
def folder(tmp_path: Path, five: NetworkAgreement) -> Path:
    return unpacked(tmp_path / "bundle", five)


def unpacked(folder: Path, five: NetworkAgreement) -> Path:
    folder.mkdir()
    for name, data in bundles.bundle(five, asking(1).request).items():
        (folder / name).write_bytes(data)
    (folder / "node.key").write_text("0x" + "11" * 32)
    (folder / "node.key").chmod(0o400)
    return folder


def started(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the start script, with a Besu that only repeats what it is given."""
    return subprocess.run(
        ["/bin/sh", folder / "start.sh"],
        env={**os.environ, "BESU": "echo"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_checksums(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sums == {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.iterdir()
        if each.name not in {"SHA256SUMS", "node.key"}
    }


def test_nothing_is_left_to_fill_in(folder: Path) -> None:
    for each in folder.iterdir():
        assert not re.search(r"@[A-Z]+@", each.read_text(encoding="utf-8"))
    items = [line for line in (folder / "README.md").read_text().splitlines() if re.match(r"\d+\. ", line)]
    assert len(items) == 10


def test_a_name_stays_a_name(tmp_path: Path) -> None:
    name = '@METHODS@ $(id) `id` "; %n \\'
    requests = [asking(1, name=name), *map(asking, range(2, 6))]
    five = members_file.read(written(tmp_path / "given", *requests), "besu")
    made = bundles.bundle(five, requests[0].request)
    assert name in made["README.md"].decode()
    plain = bundles.bundle(members_file.read(written(tmp_path / "plain"), "besu"), asking(1).request)
    for file in ("besu.service", "compose.yaml", "nginx.conf", "config.toml"):
        assert made[file] == plain[file]
    (tmp_path / "start.sh").write_bytes(made["start.sh"])
    assert subprocess.run(["/bin/sh", "-n", tmp_path / "start.sh"], check=False).returncode == 0
    assert re.fullmatch(r"[a-z0-9-]+", bundles.folder_of(requests[0].request))
    assert bundles.folder_of(asking(5).request).startswith("ymchwil-alpha-")


def test_it_starts(folder: Path) -> None:
    done = started(folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"--config-file={folder}/config.toml\n", "")


@pytest.mark.parametrize("name", ["genesis.json", "permissions_config.toml", "static-nodes.json"])
def test_what_was_changed_does_not_start(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes().replace(b"192.0.2.2", b"192.0.2.9") + b"\n")
    done = started(folder)
    assert (done.returncode, done.stdout) == (78, "")
    assert "differs from what the members agreed" in done.stderr


def test_a_key_that_is_not_there_or_open_to_others(folder: Path) -> None:
    (folder / "node.key").chmod(0o440)
    assert (started(folder).returncode, "chmod 400" in started(folder).stderr) == (78, True)
    (folder / "node.key").unlink()
    assert (started(folder).returncode, "no node.key" in started(folder).stderr) == (78, True)


def test_systemd_reads_the_unit(folder: Path) -> None:
    if SYSTEMD is None:
        pytest.skip("systemd-analyze is not installed: apt-get install -y systemd")
    done = subprocess.run([SYSTEMD, "verify", folder / "besu.service"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_compose_reads_its_file(folder: Path) -> None:
    if COMPOSE is None:
        pytest.skip("docker-compose is not installed: apt-get install -y docker-compose")
    command = [COMPOSE, "--file", folder / "compose.yaml", "config", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_is_closed(folder: Path) -> None:
    service = yaml.safe_load((folder / "compose.yaml").read_text())["services"]["besu"]
    assert service["image"] == "hyperledger/besu:26.8.1"
    assert "ports" not in service
    assert (service["network_mode"], service["read_only"], service["cap_drop"]) == ("host", True, ["ALL"])


def test_every_question_of_the_services_is_let_through() -> None:
    local = {"cli", "network", "operator_pages", "sandbox"}  # they ask a node on their own machine
    found = {
        node.value
        for path in ROOMS.rglob("*.py")
        if path.relative_to(ROOMS).parts[0] not in local
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.fullmatch(r"(eth|net|web3|txpool|debug|admin)_[A-Za-z]+", node.value)
    }
    assert len(found) > 8
    assert found <= set(bundles.METHODS)
    assert not [
        each for each in bundles.METHODS if each.startswith(("admin_", "perm_", "qbft_", "eth_sendTransaction"))
    ]
