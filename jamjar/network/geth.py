"""go-ethereum 1.13.15 with Clique: no finality, reorganisations, 97 bytes of extra data in each block.

A node that has just started ignores new blocks until it mines, or has asked its peers. So when all start at once, the
signer whose turn it is comes last: its block weighs more, and the others, which mine by then, take it for their own.
Clique can stand still all the same, each signer with a block of its own: then one of them forgets its newest blocks,
takes another's, and goes on from there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from eth_account import Account

from jamjar.network.engine import Command, Engine, NetworkError
from jamjar.network.plan import NetworkNode, NetworkPlan
from jamjar.network.votes import told
from jamjar.network.voting import Vote, Voting
from jamjar.service.json_rpc import JsonRpc, RpcError

GAS_LIMIT: Final = 30_000_000
PERIOD: Final = 1
"""Seconds from one block to the next."""
DEPTH: Final = 12
"""Deeper than any reorganisation that was seen; Clique itself promises none."""
_EPOCH: Final = 30_000
_FORKS: Final = ("homestead", "eip150", "eip155", "eip158", "byzantium", "constantinople", "petersburg", "istanbul",
                 "berlin")  # fmt: skip
_UNLOCK_SECONDS: Final = 240.0
_BLOCK_SECONDS: Final = 20.0
"""How long a block may take before a signer is set back."""
_RETURN_SECONDS: Final = 120.0
"""How long a signer may take to have the others' blocks: a node dials a peer again after up to 35 seconds."""
_BACK: Final = 3
_PASSWORD: Final = "local"  # noqa: S105 - the key lies beside it


def first_block(chain_id: int, began: int, period: int, addresses: Iterable[str]) -> Mapping[str, Any]:
    """Return the first block that begins at a time in Unix seconds, with these signers."""
    signers = "".join(sorted(address[2:].lower() for address in addresses))
    return {
        "config": {
            "chainId": chain_id,
            **{f"{fork}Block": 0 for fork in _FORKS},
            "clique": {"period": period, "epoch": _EPOCH},
        },
        "nonce": "0x0",
        "timestamp": hex(began),
        "gasLimit": hex(GAS_LIMIT),
        "difficulty": "0x1",
        "alloc": {},
        "coinbase": "0x" + "00" * 20,
        "extraData": f"0x{'00' * 32}{signers}{'00' * 65}",
    }


def _genesis(plan: NetworkPlan) -> Mapping[str, Any]:
    return first_block(plan.chain_id, plan.began, PERIOD, (node.address for node in plan.validators()))


def _url(node: NetworkNode) -> str:
    return f"enode://{node.public_key}@127.0.0.1:{node.peer_port}"


def config(peers: Sequence[str], trusted: Sequence[str], listen: str) -> bytes:
    """Return a node's file of options: free gas, these peers by their enodes, and room for no others.

    trusted  who may connect: the peers, and the node itself where lists of several are to be alike
    """
    lines = [
        "[Eth.GPO]",
        "Default = 0",  # what eth_gasPrice answers
        "[Node.P2P]",
        f"MaxPeers = {len(peers)}",
        "DialRatio = 1",  # all peers may be dialled, so nobody else has room
        f'ListenAddr = "{listen}"',
        "NoDiscovery = true",
        f"StaticNodes = {json.dumps(peers)}",
        f"TrustedNodes = {json.dumps(trusted)}",
    ]
    return "\n".join([*lines, ""]).encode()


def _files(plan: NetworkPlan, node: NetworkNode, key: bytes) -> Mapping[str, bytes]:
    peers = [_url(each) for each in plan.nodes if each != node]
    keystore = Account.encrypt(key, _PASSWORD, kdf="pbkdf2", iterations=2)
    return {
        "config.toml": config(peers, peers, f"127.0.0.1:{node.peer_port}"),
        "nodekey": key.hex().encode(),
        "keystore/signer.json": json.dumps(keystore).encode(),  # a follower's, too: it can be voted in while it runs
        "password": _PASSWORD.encode(),
    }


def _initialise(program: Path, folder: Path, genesis: Path) -> Command:
    words = [str(program), "--datadir", str(folder / "data"), "--state.scheme", "hash", "init", str(genesis)]
    return Command(words, {})


def _start(program: Path, folder: Path, plan: NetworkPlan, node: NetworkNode) -> Command:
    words = [
        *(str(program), "--datadir", str(folder / "data"), "--config", str(folder / "config.toml")),
        *("--networkid", str(plan.chain_id), "--nodekey", str(folder / "nodekey"), "--nat", "none"),
        *("--nodiscover", "--netrestrict", "127.0.0.0/8", "--syncmode", "full", "--gcmode", "archive"),
        *("--state.scheme", "hash", "--ipcdisable", "--cache", "64", "--rpc.allow-unprotected-txs"),
        *("--miner.gasprice", "1", "--txpool.pricelimit", "1", "--rpc.txfeecap", "0"),
        *("--miner.gaslimit", str(GAS_LIMIT), "--authrpc.port", str(node.spare_port)),
        *("--http", "--http.addr", "127.0.0.1", "--http.port", str(node.rpc_port)),
        *("--http.api", "eth,net,web3,clique,admin,miner,txpool,debug"),
        *("--keystore", str(folder / "keystore"), "--password", str(folder / "password")),
        *("--miner.etherbase", node.address, "--unlock", node.address, "--allow-insecure-unlock"),
    ]
    return Command(words, {})


def _begin(plan: NetworkPlan, nodes: Mapping[int, JsonRpc]) -> None:
    for node in nodes.values():
        _told(node, "miner_setGasPrice", "0x0")
    before = max(map(_height, nodes.values()))
    signers = [each for each in _in_turn_last(plan, before + 1) if each.number in nodes]
    for each in signers:
        _await_unlocked(nodes[each.number], each)
    for each in signers:
        if not _told(nodes[each.number], "eth_mining"):
            _told(nodes[each.number], "miner_start")
    for each in reversed(signers):
        if _await_block(nodes.values(), before + 1, _BLOCK_SECONDS):
            return
        if not _set_back(plan, each, nodes[each.number], before):
            return


def _in_turn_last(plan: NetworkPlan, block: int) -> list[NetworkNode]:
    signers = sorted(plan.validators(), key=lambda each: each.address.lower())
    turn = block % len(signers)
    return signers[turn + 1 :] + signers[: turn + 1]


def _await_unlocked(node: JsonRpc, each: NetworkNode) -> None:
    """Wait until a signer can sign, which it begins after it answers."""
    deadline = time.monotonic() + _UNLOCK_SECONDS
    while isinstance(node.one("eth_sign", each.address, "0x00"), RpcError):
        if time.monotonic() > deadline:
            raise NetworkError(f"Node {each.number} does not unlock its account; look at its log.")
        time.sleep(0.1)


def _await_block(nodes: Iterable[JsonRpc], block: int, seconds: float) -> bool:
    """Wait for this block on any of the nodes, and return whether one has it."""
    nodes, deadline = list(nodes), time.monotonic() + seconds
    while max(map(_height, nodes)) < block:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _set_back(plan: NetworkPlan, signer: NetworkNode, node: JsonRpc, before: int) -> bool:
    """Have a signer forget its newest blocks and take another's; return whether it did: only then may one more forget.

    A node asks for blocks when it meets a peer that has more, and not when it has fewer itself: so it meets all anew.
    """
    _told(node, "miner_stop")
    _told(node, "debug_setHead", hex(max(0, before - _BACK)))
    for method in ("admin_removePeer", "admin_addPeer"):
        for each in plan.nodes:
            if each != signer:
                _told(node, method, _url(each))
    returned = _await_block([node], before, _RETURN_SECONDS)
    _told(node, "miner_start")
    return returned


def _height(node: JsonRpc) -> int:
    return int(_told(node, "eth_blockNumber"), 16)


def _told(node: JsonRpc, method: str, *parameters: Any) -> Any:
    return told(node, (method, parameters))


def _sealer(node: JsonRpc, block: int) -> str:
    answer = node.one("clique_getSigner", hex(block))
    return "" if isinstance(answer, RpcError) else str(answer)


def _sealed(node: JsonRpc, _blocks: int) -> dict[str, int]:
    answer = told(node, ("clique_status", ()))  # of the newest 64
    with node.reading():
        return {address.lower(): int(count) for address, count in answer["sealerActivity"].items()}


CLIQUE: Final = Voting(
    validators=("clique_getSigners", ("latest",)),
    propose=lambda address, adds: ("clique_propose", (address, adds)),
    discard=lambda address: ("clique_discard", (address,)),
    waiting=(("clique_proposals", ()), lambda answer: answer.items()),
    counted=(
        ("clique_getSnapshot", ("latest",)),
        lambda answer: [Vote(each["signer"], each["address"], each["authorize"]) for each in answer["votes"] or []],
    ),
    sealed=_sealed,
    own=True,
    quorum=lambda validators: validators // 2 + 1,
    lasts="A node keeps voting until its vote is discarded or it starts again: discard it once it has passed.",
)

GETH: Final = Engine(
    name="geth",
    consensus="Clique",
    package="github.com/ethereum/go-ethereum/cmd/geth",
    needs_c=False,
    depth=DEPTH,
    lacks=("finalized", "safe", "baseFeePerGas"),
    recovery="Ask again in half a minute. Clique can stand still with enough signers, each with a block of its own; "
    "jamjar network down and up end all, and set one signer back when that is so.",
    quorum=CLIQUE.quorum,
    voting=CLIQUE,
    key_file="nodekey",
    peers_file="config.toml",
    peer_url=_url,
    admits=("admin_addTrustedPeer", "admin_addPeer"),
    expels=("admin_removeTrustedPeer", "admin_removePeer"),
    genesis=_genesis,
    files=_files,
    initialise=_initialise,
    start=_start,
    begin=_begin,
    sealer=_sealer,
)
