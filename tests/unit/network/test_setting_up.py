"""network.setting_up: a folder with everything that nodes need, made whole or not at all.

When it is made twice from the same            every file is the same; with other keys, only what follows from them
Given the engine, a number or an id is wrong   refused, and nothing is made
Given the folder is there, or a link           refused, and it is as before
When it is made                                private keys are their owner's alone, each in its node's folder
When a plan is read again                      it is the same; damaged, or of another format, it is refused
"""

import itertools
import json
import stat
from pathlib import Path
from typing import Any

import pytest
import rlp
from eth_account import Account

from jamjar.errors import InvalidInput
from jamjar.network import plan as plans
from jamjar.network.setting_up import make, planned, read

KEYS = [bytes([n]) * 32 for n in range(1, 7)]
PORTS = list(range(20_001, 20_019))
GIVEN: dict[str, Any] = {"chain_id": 20261122, "began": 1_800_000_000, "keys": KEYS, "followers": 1, "ports": PORTS}


def made(folder: Path, engine: str = "geth", **changes: int) -> plans.NetworkPlan:
    keys, ports = iter(KEYS), iter(PORTS)
    given = {"validators": 5, "followers": 1, "chain_id": 20261122, "now": 1_800_000_000, **changes}
    return make(folder, engine, **given, random=lambda _: next(keys), port=lambda: next(ports))


@pytest.mark.parametrize("engine", ["kaia", "geth"])
def test_the_same_from_the_same(engine: str) -> None:
    one, two = (planned(engine, **GIVEN)[1] for _ in range(2))
    sealed = {name for name in one if name.endswith("signer.json")}  # encrypted, with a salt of its own
    assert {name: one[name] for name in one.keys() - sealed} == {name: two[name] for name in two.keys() - sealed}
    assert len(sealed) == (6 if engine == "geth" else 0)
    other = planned(engine, **{**GIVEN, "keys": KEYS[::-1]})[1]
    assert one.keys() == other.keys()
    assert json.loads(one["genesis.json"]) == {
        **json.loads(other["genesis.json"]),
        **{name: json.loads(one["genesis.json"])[name] for name in ("config", "extraData")},
    }


def test_the_first_block_of_clique() -> None:
    genesis = json.loads(planned("geth", **GIVEN)[1]["genesis.json"])
    signers = sorted(Account.from_key(key).address[2:].lower() for key in KEYS[:5])
    assert genesis["extraData"] == "0x" + "00" * 32 + "".join(signers) + "00" * 65
    assert genesis["config"]["clique"] == {"period": 1, "epoch": 30000}
    assert "londonBlock" not in genesis["config"]


def test_the_first_block_of_istanbul() -> None:
    extra = bytes.fromhex(json.loads(planned("kaia", **GIVEN)[1]["genesis.json"])["extraData"][2:])
    validators = sorted(bytes.fromhex(Account.from_key(key).address[2:]) for key in KEYS[:5])
    assert extra[:32] == bytes(32)
    assert rlp.decode(extra[32:]) == [validators, bytes(65), []]


def test_what_is_in_the_folder(tmp_path: Path) -> None:
    plan = made(tmp_path / "net")
    assert read(tmp_path / "net") == plan
    assert [node.validates for node in plan.nodes] == [True] * 5 + [False]
    assert len({port for n in plan.nodes for port in (n.peer_port, n.rpc_port, n.spare_port)}) == 18
    for number, key in enumerate(KEYS, 1):
        folder = tmp_path / "net" / "nodes" / str(number)
        assert (folder / "nodekey").read_text() == key.hex()
        others = {node.public_key for node in plan.nodes if node.number != number}
        config = (folder / "config.toml").read_text()
        assert all(f"enode://{public}@127.0.0.1:" in config for public in others)
        assert plan.node(number).public_key not in config
    for each in (tmp_path / "net").rglob("*"):
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600)


def test_no_private_key_is_public(tmp_path: Path) -> None:
    made(tmp_path / "net", "kaia")
    public = [tmp_path / "net" / name for name in ("network.json", "genesis.json", "allowed.json")]
    for key, file in itertools.product(KEYS, public):
        assert key.hex() not in file.read_text().lower()


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"engine": "besu"}, "no engine 'besu'; choose one of kaia, geth"),
    ({"validators": 4}, "3, 5, 7 validators, and not 4"),
    ({"validators": 0}, "validators, and not"),
    ({"validators": -5}, "validators, and not"),
    ({"validators": 3, "followers": 6}, "at most 5 followers"),
    ({"followers": -1, "validators": 5}, "followers, and not -1"),
    ({"validators": 10**9}, "validators, and not 1000000000"),
    ({"chain_id": 0}, "chain id 0"),
    ({"chain_id": 2**53}, "chain id"),
]


@pytest.mark.parametrize(("wrong", "says"), WRONG)
def test_refused(tmp_path: Path, wrong: dict[str, Any], says: str) -> None:
    ports = itertools.count(20_001)
    given = {"engine": "geth", "validators": 5, "followers": 0, "chain_id": 5, "now": 1, **wrong}
    with pytest.raises(InvalidInput, match=says):
        make(tmp_path / "net", **given, random=lambda size: bytes([next(ports) % 250 + 1]) * size, port=ports.__next__)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    made(tmp_path / "net")
    before = {each: each.read_bytes() for each in (tmp_path / "net").rglob("*") if each.is_file()}
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for taken in ("net", "link"):
        with pytest.raises(InvalidInput, match="is there already"):
            made(tmp_path / taken, "kaia")
    assert {each: each.read_bytes() for each in (tmp_path / "net").rglob("*") if each.is_file()} == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "net"]


def test_an_attempt_that_was_broken_off(tmp_path: Path) -> None:
    (tmp_path / ".net.unfinished").mkdir()
    (tmp_path / ".net.unfinished" / "old").write_text("of before")
    made(tmp_path / "net")
    assert not (tmp_path / "net" / "old").exists()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "jamjar.network.2"}', '{"format": "jamjar.network.1", "nodes": [{}]}', "\0"]
)
def test_a_plan_that_is_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInput, match="There is no network"):
        read(tmp_path)
    (tmp_path / "network.json").write_text(text)
    with pytest.raises(InvalidInput):
        read(tmp_path)


def test_a_node_that_is_none() -> None:
    plan, _ = planned("geth", **GIVEN)
    with pytest.raises(InvalidInput, match="no node 7; name one from 1 to 6"):
        plan.node(7)
