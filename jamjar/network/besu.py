"""Hyperledger Besu with QBFT, for production: a block is final at once. Files only; nothing here runs it.

After Besu's documentation: "Configure QBFT consensus", "Genesis file items", "Use local permissioning", "Configure free
gas networks", and the reference of its options.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from jamjar.encoding import rlp
from jamjar.network.agreement import NetworkAgreement
from jamjar.network.join_request import JoinRequest

GAS_LIMIT: Final = 30_000_000
RPC_PORT: Final = 8545
FOLDER: Final = "/etc/besu"
"""Where a bundle's files are on a member's machine, or in its container."""
DATA: Final = "/var/lib/besu"
KEY: Final = "node.key"
_EPOCH: Final = 30_000
_FEWEST_PEERS: Final = 25
_MIX_HASH: Final = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365"
"""What marks a block of Istanbul's kind, and of QBFT."""


def genesis(agreement: NetworkAgreement) -> Mapping[str, Any]:
    """Return the first block."""
    return {
        "config": {
            "chainId": agreement.chain_id,
            "berlinBlock": 0,
            "qbft": {
                "blockperiodseconds": agreement.period,
                "epochlength": _EPOCH,
                "requesttimeoutseconds": 2 * agreement.period,
            },
        },
        "nonce": "0x0",
        "timestamp": hex(agreement.starts),
        "gasLimit": hex(GAS_LIMIT),
        "difficulty": "0x1",
        "mixHash": _MIX_HASH,
        "coinbase": "0x" + "00" * 20,
        "alloc": {},
        "extraData": f"0x{extra_data(agreement.validators).hex()}",
    }


def extra_data(validators: tuple[str, ...]) -> bytes:
    """Return the first block's extra data: vanity, validators ascending, no votes, round 0, no seals."""
    return rlp.encode([bytes(32), sorted(bytes.fromhex(each[2:]) for each in validators), [], b"", []])


def files(agreement: NetworkAgreement, own: JoinRequest) -> Mapping[str, bytes]:
    """Return what Besu reads at one member, by name."""
    peers = [each.request.enode for each in agreement.members if each.request.address != own.address]
    return {
        "static-nodes.json": _json(peers),
        "permissions_config.toml": permissions(agreement),
        "config.toml": _config(own, max(_FEWEST_PEERS, len(peers))),
    }


def permissions(agreement: NetworkAgreement) -> bytes:
    """Return the lists of nodes that may be peers and of accounts that may send, the same at every member."""
    requests = [each.request for each in agreement.members]
    accounts = sorted({account.lower() for request in requests for account in request.accounts})
    lists = {"accounts-allowlist": accounts, "nodes-allowlist": [request.enode for request in requests]}
    return _toml(lists)


def _config(own: JoinRequest, most_peers: int) -> bytes:
    permission_file = f"{FOLDER}/permissions_config.toml"
    options: dict[str, Any] = {
        "data-path": DATA,
        "genesis-file": f"{FOLDER}/genesis.json",
        "node-private-key-file": f"{FOLDER}/{KEY}",
        "sync-mode": "FULL",
        "data-storage-format": "FOREST",
        "min-gas-price": 0,
        "tx-pool": "SEQUENCED",
        "tx-pool-limit-by-account-percentage": 0.15,
        "revert-reason-enabled": True,
        "p2p-host": own.host,
        "p2p-port": own.port,
        "nat-method": "NONE",
        "discovery-enabled": False,
        "static-nodes-file": f"{FOLDER}/static-nodes.json",
        "max-peers": most_peers,
        "remote-connections-limit-enabled": False,
        "sync-min-peers": 1,
        "permissions-nodes-config-file-enabled": True,
        "permissions-nodes-config-file": permission_file,
        "permissions-accounts-config-file-enabled": True,
        "permissions-accounts-config-file": permission_file,
        "rpc-http-enabled": True,
        "rpc-http-host": "127.0.0.1",
        "rpc-http-port": RPC_PORT,
        "rpc-http-api": ["ETH", "NET", "WEB3", "QBFT", "TXPOOL", "PERM", "ADMIN"],
        "host-allowlist": ["localhost", "127.0.0.1"],
        "metrics-enabled": True,
        "metrics-host": "127.0.0.1",
    }
    return _toml(options)


def _toml(options: Mapping[str, Any]) -> bytes:
    """Return TOML of texts, numbers, truths and lists of texts, for all of which JSON's form is TOML's, too."""
    return "".join(f"{name}={json.dumps(value)}\n" for name, value in options.items()).encode()


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()
