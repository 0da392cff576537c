"""One member's bundle: what its engine reads, how it starts, a proxy's configuration, checksums, and what to do."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from jamjar.crypto.hashing import keccak256
from jamjar.network import besu
from jamjar.network.agreement import NetworkAgreement
from jamjar.network.join_request import JoinRequest

MEMBERS, GENESIS, BUNDLES, SUMS = "members.json", "genesis.json", "bundles", "SHA256SUMS"
METHODS: Final = (
    "eth_blockNumber", "eth_call", "eth_chainId", "eth_createAccessList", "eth_estimateGas", "eth_feeHistory",
    "eth_gasPrice", "eth_getBalance", "eth_getBlockByHash", "eth_getBlockByNumber", "eth_getBlockReceipts",
    "eth_getCode", "eth_getLogs", "eth_getTransactionByHash", "eth_getTransactionCount", "eth_getTransactionReceipt",
    "eth_maxPriorityFeePerGas", "eth_sendRawTransaction", "net_version", "web3_clientVersion",
)  # fmt: skip
"""What Jamjar's services ask a node, and all that the proxy lets through."""
_TEMPLATES: Final = ("README.md", "besu.service", "compose.yaml", "nginx.conf", "start.sh")
_PLACE: Final = re.compile(r"@([A-Z]+)@")


def network_files(agreement: NetworkAgreement) -> dict[str, bytes]:
    """Return all public files of a network, by their path in its folder: the same from the same agreement."""
    files = {MEMBERS: agreement.to_json().encode(), GENESIS: besu.genesis(agreement)}
    for each in agreement.members:
        folder = f"{BUNDLES}/{folder_of(each.request)}"
        files |= {f"{folder}/{name}": data for name, data in bundle(agreement, each.request).items()}
    return files


def bundle(agreement: NetworkAgreement, own: JoinRequest) -> Mapping[str, bytes]:
    """Return one member's files by name; its private key is not among them."""
    values = {
        "ADDRESS": own.address,
        "AGREEMENT": agreement_digest(agreement),
        "GENESIS": genesis_digest(agreement).hex(),
        "HOST": f"{own.host}, port {own.port}",
        "METHODS": "|".join(METHODS),
        "NAME": own.name,
        "NETWORK": agreement.network,
        "PORT": str(own.port),
        "RPC": str(besu.RPC_PORT),
        "VERSION": agreement.version,
    }
    files = dict(besu.files(agreement, own))
    files |= {name: _filled(_template(name), values).encode() for name in _TEMPLATES}
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return files | {SUMS: "".join(sums).encode()}


def folder_of(request: JoinRequest) -> str:
    """Return the name of a member's bundle: its own in plain letters, and the beginning of its address."""
    plain = unicodedata.normalize("NFKD", request.name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join([*words, request.address[2:10].lower()])


def agreement_digest(agreement: NetworkAgreement) -> str:
    """Return what members compare: the SHA-256 of `members.json` in hex digits."""
    return hashlib.sha256(agreement.to_json().encode()).hexdigest()


def genesis_digest(agreement: NetworkAgreement) -> bytes:
    """Return the Keccak-256 of the first block's file, which approvals name."""
    return keccak256(besu.genesis(agreement))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: values[found.group(1)], text)  # once: a value that has such a name stays as it is


@cache
def _template(name: str) -> str:
    return (resources.files("jamjar") / "bundle" / name).read_text(encoding="utf-8")
