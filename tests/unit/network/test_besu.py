"""network.besu: what Besu reads, against its documentation; Besu itself is not at hand here.

When the example of its documentation is made again     extra data and first block are the same, byte for byte
When a first block is made                              it fits the schema; another decoder reads the validators
When a node's options are written                       TOML, of options that Besu has; JSON-RPC and metrics on loopback
When lists are written                                  every member's node and account, the same at all; static nodes
                                                        are the others'
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import rlp
from jsonschema import Draft202012Validator

from jamjar.encoding.rlp import encode
from jamjar.network import besu, members_file
from jamjar.network.agreement import NetworkAgreement
from tests.unit.network.joining import CHAIN, account, asking, written

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
OPTIONS = {
    word
    for line in (HERE / "besu-options.txt").read_text(encoding="utf-8").splitlines()
    if line[:1] != "#"
    for word in line.split()
}
SCHEMA = Draft202012Validator(json.loads((HERE / "besu-genesis.schema.json").read_text(encoding="utf-8")))

# "Configure QBFT consensus", the genesis file for block header validator selection.
DOCUMENTED = (
    "0xf87aa00000000000000000000000000000000000000000000000000000000000000000f8549464a702e6263b7297a96638cac6ae65e6541f4169"
    "943923390ad55e90c237593b3b0e401f3b08a0318594aefdb9a738c9f433e5b6b212a6d62f6370c2f69294c7eeb9a4e00ce683cf93039b212648"
    "e01c6c6b78c080c0"
)
DOCUMENTED_VALIDATORS = (
    "0x64a702e6263b7297a96638cac6ae65e6541f4169",
    "0x3923390ad55e90c237593b3b0e401f3b08a03185",
    "0xaefdb9a738c9f433e5b6b212a6d62f6370c2f692",
    "0xc7eeb9a4e00ce683cf93039b212648e01c6c6b78",
)


@pytest.fixture
def five(tmp_path: Path) -> NetworkAgreement:
    return members_file.read(written(tmp_path), "besu")


def files(five: NetworkAgreement, number: int) -> Any:
    return besu.files(five, asking(number).request)


def test_the_documented_extra_data() -> None:
    """The example is not in ascending order, which its own text asks for: ours is the same, but for that."""
    validators = [bytes.fromhex(each[2:]) for each in DOCUMENTED_VALIDATORS]
    assert f"0x{encode([bytes(32), validators, [], b'', []]).hex()}" == DOCUMENTED
    first, second = (f"94{each[2:]}" for each in DOCUMENTED_VALIDATORS[:2])
    assert f"0x{besu.extra_data(DOCUMENTED_VALIDATORS).hex()}" == DOCUMENTED.replace(first + second, second + first)
    assert besu.extra_data(()).hex() == "e5a0" + 64 * "0" + "c0c080c0"  # its example without validators


def test_another_documented_extra_data() -> None:
    """Of a running network, whose first block Besu's own `rlp encode` wrote, with validators ascending."""
    validators = (
        "0x48ccec9a54b9357623458f26afadcd7412a6a833",
        "0x65f987264bd77c3a094badfd88e4ba84c0b36382",
        "0x69e8a7b25586511a0c14430b45100e9439aae36c",
        "0xc548464725d5fd4a15b882a221da67b9cfd29514",
    )
    inside = "".join(f"94{each[2:]}" for each in validators)
    assert besu.extra_data(validators[::-1]).hex() == "f87aa0" + 64 * "0" + "f854" + inside + "c080c0"


def test_the_first_block(five: NetworkAgreement) -> None:
    genesis = besu.genesis(five)
    SCHEMA.validate(genesis)
    validators = sorted(bytes.fromhex(each[2:]) for each in five.validators)
    assert rlp.decode(bytes.fromhex(genesis["extraData"][2:])) == [bytes(32), validators, [], b"", []]
    assert (genesis["config"]["chainId"], int(genesis["timestamp"], 16)) == (CHAIN, five.starts)
    assert genesis["config"]["qbft"] == {"blockperiodseconds": 2, "epochlength": 30000, "requesttimeoutseconds": 4}
    assert genesis["alloc"] == {}


def test_the_schema_refuses() -> None:
    documented = {"config": {"chainId": 1337, "berlinBlock": 0, "qbft": {"epochlength": 30000, "blockperiodseconds": 5,
                  "requesttimeoutseconds": 10}}, "nonce": "0x0", "timestamp": "0x5b3d92d7", "extraData": DOCUMENTED,
                  "gasLimit": "0x29b92700", "difficulty": "0x1", "coinbase": "0x" + 40 * "0", "alloc": {},
                  "mixHash": "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365"}  # fmt: skip
    SCHEMA.validate(documented)
    for wrong in ({"nonce": "0x1"}, {"difficulty": "0x2"}, {"mixHash": "0x0"}, {"timestamp": 1}, {"more": 1}):
        assert not SCHEMA.is_valid(documented | wrong)


def test_the_options(five: NetworkAgreement) -> None:
    for number in range(1, 6):
        options = tomllib.loads(files(five, number)["config.toml"].decode())
        assert options.keys() <= OPTIONS
        assert (options["p2p-host"], options["p2p-port"]) == (f"192.0.2.{number}", 30303)
        assert {options["rpc-http-host"], options["metrics-host"]} == {"127.0.0.1"}
        assert options["host-allowlist"] == ["localhost", "127.0.0.1"]
        assert options["min-gas-price"] == 0
        assert options["discovery-enabled"] is False
        for kind in ("nodes", "accounts"):
            assert options[f"permissions-{kind}-config-file-enabled"] is True
            assert options[f"permissions-{kind}-config-file"] == "/etc/besu/permissions_config.toml"
        assert not [name for name in options if name.startswith(("rpc-ws", "graphql", "engine", "bootnodes"))]


def test_the_lists(five: NetworkAgreement) -> None:
    every = {each.request.enode for each in five.members}
    assert len({files(five, number)["permissions_config.toml"] for number in range(1, 6)}) == 1
    allowed = tomllib.loads(files(five, 1)["permissions_config.toml"].decode())
    assert allowed["accounts-allowlist"] == [account(number) for number in range(1, 6)]
    assert set(allowed["nodes-allowlist"]) == every
    for number in range(1, 6):
        assert set(json.loads(files(five, number)["static-nodes.json"])) == every - {asking(number).request.enode}
