"""Kaia 1.0.3 with Istanbul BFT: a block is final at once; its `eth_` answers hide the extra data.

The engine is GPL and LGPL: it is built where it is needed, for development, and is no part of what is shipped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jamjar.encoding import rlp
from jamjar.network.engine import Command, Engine
from jamjar.network.plan import NetworkNode, NetworkPlan
from jamjar.network.votes import told
from jamjar.network.voting import Vote, Voting
from jamjar.service.json_rpc import JsonRpc, RpcError

ROUND_MILLISECONDS: Final = 2000
"""How long validators wait for a block before the next proposes one; it doubles with each round that fails."""
_NOBODY: Final = "0x" + "00" * 20
_SMALL: Final = ("--state.cache-size", "32", "--db.leveldb.cache-size", "32", "--db.num-statetrie-shards", "1",
                 "--state.trie-cache-limit", "64", "--cache.level", "saving")  # fmt: skip


def _genesis(plan: NetworkPlan) -> Mapping[str, Any]:
    validators = sorted(bytes.fromhex(node.address[2:]) for node in plan.validators())
    reward = {
        "mintingAmount": 0, "ratio": "100/0/0", "useGiniCoeff": False, "deferredTxFee": False,
        "stakingUpdateInterval": 86400, "proposerUpdateInterval": 3600, "minimumStake": 0,
    }  # fmt: skip
    return {
        "config": {
            "chainId": plan.chain_id,
            "istanbulCompatibleBlock": 0,
            "londonCompatibleBlock": 0,
            "ethTxTypeCompatibleBlock": 0,
            "istanbul": {"epoch": 30000, "policy": 0, "sub": 22},
            "unitPrice": 0,
            "deriveShaImpl": 0,
            "governance": {
                "governanceMode": "ballot",
                "governingNode": f"0x{validators[0].hex()}",
                "govParamContract": _NOBODY,
                "reward": reward,
            },
        },
        "timestamp": hex(plan.began),
        "extraData": f"0x{(bytes(32) + rlp.encode([validators, bytes(65), []])).hex()}",
        "governanceData": None,
        "blockScore": "0x1",
        "alloc": {},
    }


def _url(node: NetworkNode) -> str:
    return f"kni://{node.public_key}@127.0.0.1:{node.peer_port}?discport=0&ntype={_type(node)}"


def _files(plan: NetworkPlan, node: NetworkNode, key: bytes) -> Mapping[str, bytes]:
    peers = [_url(each) for each in plan.nodes if each != node]
    return {
        "data/klay/nodekey": key.hex().encode(),
        "data/klay/static-nodes.json": json.dumps(peers, indent=2).encode(),
    }


def _type(node: NetworkNode) -> str:
    return "cn" if node.validates else "en"


def _environment(node: NetworkNode | None) -> Mapping[str, str]:
    listen, kind = (f"127.0.0.1:{node.peer_port}", _type(node)) if node else ("127.0.0.1:0", "cn")
    return {"JAMJAR_LISTEN": listen, "JAMJAR_TYPE": kind, "JAMJAR_ROUND": str(ROUND_MILLISECONDS)}


def _initialise(program: Path, folder: Path, genesis: Path) -> Command:
    words = [str(program), "init", "--datadir", str(folder / "data"), "--db.num-statetrie-shards", "1", str(genesis)]
    return Command(words, _environment(None))


def _start(program: Path, folder: Path, plan: NetworkPlan, node: NetworkNode) -> Command:
    words = [
        *(str(program), "--datadir", str(folder / "data"), "--networkid", str(plan.chain_id), "--nat", "none"),
        *("--nodiscover", "--netrestrict", "127.0.0.0/8", "--maxconnections", str(len(plan.nodes) - 1)),
        *("--syncmode", "full", "--gcmode", "archive", "--ipcdisable", "--ntp.disable", "--txpool.pricelimit", "0"),
        *(*_SMALL, "--rewardbase", node.address, "--srvtype", "http", "--rpc", "--rpcaddr", "127.0.0.1"),
        *("--rpcport", str(node.rpc_port), "--rpcapi", "eth,net,web3,kaia,istanbul,governance,txpool,debug,admin"),
    ]
    return Command(words, _environment(node))


def _sealer(node: JsonRpc, block: int) -> str:
    answer = node.one("kaia_getBlockWithConsensusInfoByNumber", hex(block))
    return "" if isinstance(answer, RpcError) or answer is None else str(answer["proposer"])


def _sealed(node: JsonRpc, blocks: int) -> dict[str, int]:
    answer = told(node, ("eth_blockNumber", ()))
    with node.reading():
        newest = int(answer, 16)
    found = Counter(_sealer(node, block).lower() for block in range(newest, max(0, newest - blocks), -1))
    return dict(found)


_VOTES: Final = {"governance.addvalidator": True, "governance.removevalidator": False}

ISTANBUL: Final = Voting(
    validators=("kaia_getCouncil", ("latest",)),
    propose=lambda address, adds: ("governance_vote", (next(key for key in _VOTES if _VOTES[key] is adds), address)),
    discard=None,
    waiting=(
        ("governance_myVotes", ()),
        lambda answer: [
            (each["Value"], _VOTES[each["Key"]]) for each in answer if each["Key"] in _VOTES and not each["Casted"]
        ],
    ),
    counted=(
        ("governance_votes", ()),
        lambda answer: [
            Vote(each["validator"], each["value"], _VOTES[each["key"]]) for each in answer if each["key"] in _VOTES
        ],
    ),
    sealed=_sealed,
    own=False,
    quorum=lambda validators: validators if validators <= 3 else -(-2 * validators // 3),
    lasts="A vote counts until the epoch of 30,000 blocks ends, also after it has passed, and cannot be taken back.",
)

KAIA: Final = Engine(
    name="kaia",
    consensus="Istanbul BFT",
    package=".",
    needs_c=True,
    depth=0,
    lacks=("finalized", "safe", "extraData", "eth_createAccessList"),
    recovery="After a halt the next block can take as long again as the halt lasted, as each round waits twice as long "
    "as the one before. End and start all validators to begin with a short round: jamjar network down, then up.",
    quorum=ISTANBUL.quorum,
    voting=ISTANBUL,
    key_file="data/klay/nodekey",
    peers_file="data/klay/static-nodes.json",
    peer_url=_url,
    admits=("admin_addPeer",),
    expels=("admin_removePeer",),
    genesis=_genesis,
    files=_files,
    initialise=_initialise,
    start=_start,
    begin=lambda _plan, _nodes: None,
    sealer=_sealer,
)
