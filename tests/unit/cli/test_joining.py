"""jamjar network join-request, init --members, approve, admit, allowed: how a network is founded, and grows.

When four ask, and each makes the network   all have the same files; a private key is in none, and its owner's alone
When a fifth asks, three approve            its bundle is made, and everybody's lists have it
Given fewer approve, or a file is there     refused, and nothing is made
Given an approval's key is no member's      refused; given nobody agrees, nothing is signed
When lists are compared                     the difference is said, and the exit status is 3
"""

import json
import stat
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from jamjar.network import join_request
from tests.unit.cli.home import here

NETWORK = ("--network", "Town Jamjar", "--chain-id", 77)
NAMES = ("Northern", "Advice", "Council", "Bank")
REFUSED: list[tuple[tuple[object, ...], str]] = [
    (("init", "town", "--members", "members.toml", "--engine", "besu"), "town is there already"),
    (("init", "new", "--members", "members.toml"), "not for kaia"),
    (("init", "new", "--engine", "besu"), "no engine 'besu'"),
    (("join-request", "Bank", *NETWORK, "--name", "Bank", "--host", "192.0.2.9"), "Bank is there already"),
    (("join-request", "new", *NETWORK, "--name", "New", "--host", "node.example"), "no IP address"),
    (
        ("join-request", "new", *NETWORK, "--name", "N", "--host", "192.0.2.9", "--account", "0x1"),
        "An account is no",
    ),
    (("join-request", "new", *NETWORK, "--name", "N", "--host", "192.0.2.9", "--key-file", "members.toml"), "no key"),
    (("approve", "town", "Bank/request.json", "--key-file", "Bank/node.key", "--out", "new", "--yes"), "not newer"),
    (
        ("approve", "town", "members.toml", "--key-file", "Bank/node.key", "--out", "new", "--yes"),
        "not readable as JSON",
    ),
    (("approve", "nothere", "Bank/request.json", "--key-file", "Bank/node.key", "--out", "new"), "cannot be read"),
    (("allowed", "town"), "nothing to compare it with"),
    (("allowed", "town", "members.toml"), "cannot be read"),
]


def ask(name: str, host: str, *more: object) -> Path:
    done = here("network", "join-request", name, *NETWORK, "--name", name, "--host", host, *more)
    assert done.status == 0, done.err
    request = join_request.read((Path(name) / "request.json").read_text()).request
    assert done.out.splitlines()[-1].endswith(request.address)
    return Path(name)


@pytest.fixture
def town(home: Path) -> str:
    """A network that four members founded, each of whom asked from a folder of its name."""
    entries = []
    for number, name in enumerate(NAMES, 1):
        ask(name, f"192.0.2.{number}", "--account", "0x" + f"{number}" * 40)
        request = join_request.read((Path(name) / "request.json").read_text()).request
        entries.append(f'[[member]]\nname="{name}"\nvalidator="{request.address}"\nrequest="{name}/request.json"\n')
    head = 'network="Town Jamjar"\nchain_id=77\nperiod=1\nversion="26.8.1"\n'
    starts = datetime.now(timezone.utc) + timedelta(hours=1)
    Path("members.toml").write_text(f"{head}starts={starts:%Y-%m-%dT%H:%M:%SZ}\n{''.join(entries)}")
    assert "[[member]]" in here("network", "template").out
    assert here("network", "init", "town", "--members", "members.toml", "--engine", "besu").status == 0
    return "town"


def approve(town: str, asked: Path, names: Sequence[str] = NAMES[:3]) -> list[object]:
    words = list[object]()
    for name in names:
        out = f"{name}.yes"
        done = here("network", "approve", town, asked, "--key-file", f"{name}/node.key", "--out", out, "--yes")
        assert done.status == 0, done.err
        words += ["--approval", out]
    return words


def contents(folder: str) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in Path(folder).rglob("*") if each.is_file()}


def test_everybody_makes_the_same(town: str) -> None:
    here("network", "init", "again", "--members", "members.toml", "--engine", "besu")
    assert contents("again") == contents(town)
    assert len(list(Path(town, "bundles").iterdir())) == 4
    for name in NAMES:
        key = Path(name, "node.key")
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        secret = key.read_text().strip().removeprefix("0x")
        assert len(secret) == 64
        assert all(secret.encode() not in data for data in contents(town).values())
        assert secret not in Path(name, "request.json").read_text()


def test_a_fifth(town: str) -> None:
    asked = ask("Fifth", "192.0.2.5") / "request.json"
    shown = here("network", "approve", town, asked, "--key-file", "Bank/node.key", "--out", "b.yes", "--yes")
    assert "192.0.2.5:30303" in shown.out
    too_few = here("network", "admit", town, asked, "town2", *approve(town, asked, NAMES[:2]))
    assert "2 members approve, and 3 are needed" in too_few.refusal
    assert not Path("town2").exists()
    done = here("network", "admit", town, asked, "town2", "--approval", "b.yes", "--approval", "Northern.yes",
                "--approval", "Advice.yes")  # fmt: skip
    assert done.status == 0, done.err
    old, new = contents(town), contents("town2")
    assert new["genesis.json"] == old["genesis.json"]
    bundles = [str(each) for each in sorted(Path("town2", "bundles").iterdir())]
    assert len(bundles) == 5
    assert here("network", "allowed", *bundles).out == "All allow the same nodes and accounts.\n"
    behind = str(next(Path(town, "bundles").iterdir()))
    differs = here("network", "allowed", bundles[0], behind, "--json")
    assert differs.status == 3
    [difference] = json.loads(differs.out)["differences"]
    assert (difference["kind"], difference["has"], difference["lacks"]) == ("node", [bundles[0]], [behind])


def test_refused(town: str) -> None:
    before = contents(".")
    for words, says in REFUSED:
        assert says in here("network", *words).refusal
    assert contents(".") == before


def test_a_stranger_approves(town: str) -> None:
    asked, stranger = ask("Fifth", "192.0.2.5") / "request.json", ask("Stranger", "192.0.2.6")
    done = here("network", "approve", town, asked, "--key-file", stranger / "node.key", "--out", "new", "--yes")
    assert "key of no member's node" in done.refusal
    assert not Path("new").exists()


def test_nobody_agrees(town: str) -> None:
    asked = ask("Fifth", "192.0.2.5") / "request.json"
    done = here("network", "approve", town, asked, "--key-file", "Bank/node.key", "--out", "new")
    assert (done.status, "no terminal to ask at" in done.err) == (1, True)
    assert not Path("new").exists()


def test_the_key_that_is_there(town: str) -> None:
    """A member asks again with its key, for another account: the node and the validator stay."""
    done = here("network", "join-request", "newer", *NETWORK, "--name", "Bank", "--host", "192.0.2.4", "--key-file",
                "Bank/node.key", "--account", "0x" + 40 * "9")  # fmt: skip
    assert done.status == 0, done.err
    assert [each.name for each in Path("newer").iterdir()] == ["request.json"]
    old, new = (join_request.read(Path(each, "request.json").read_text()).request for each in ("Bank", "newer"))
    assert (new.address, new.accounts) == (old.address, ("0x" + 40 * "9",))
