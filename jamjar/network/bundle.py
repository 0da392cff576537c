"""One member's bundle: what its engine reads, how it starts, a proxy's configuration, checksums, and what to do."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.network import besu, geth
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
_TEMPLATES: Final = ("README.md", "check.sh", "nginx.conf", "node.service")
_PLACE: Final = re.compile(r"@([A-Z]+)@")


@dataclass(frozen=True, slots=True)
class _BundledEngine:
    """What differs between bundles: what to install, another way to start, further templates, and what it reads."""

    install: str
    also: str
    templates: tuple[str, ...]
    genesis: Callable[[NetworkAgreement], Mapping[str, Any]]
    files: Callable[[NetworkAgreement, JoinRequest], Mapping[str, bytes]]


def network_files(agreement: NetworkAgreement) -> dict[str, bytes]:
    """Return all public files of a network, by their path in its folder: the same from the same agreement."""
    files = {MEMBERS: agreement.to_json().encode(), GENESIS: genesis(agreement)}
    for each in agreement.members:
        folder = f"{BUNDLES}/{folder_of(each.request)}"
        files |= {f"{folder}/{name}": data for name, data in bundle(agreement, each.request).items()}
    return files


def bundle(agreement: NetworkAgreement, own: JoinRequest) -> Mapping[str, bytes]:
    """Return one member's files by name; its private key is not among them."""
    engine = _ENGINES[agreement.engine]
    others = [each.request for each in agreement.members if each.request.address != own.address]
    values = {
        "ADDRESS": own.address,
        "AGREEMENT": agreement_digest(agreement),
        "ALSO": engine.also,
        "CHAIN": str(agreement.chain_id),
        "ENGINE": agreement.engine,
        "FROM": json.dumps([_block(each.host) for each in others]),
        "GAS": str(geth.GAS_LIMIT),
        "GENESIS": genesis_digest(agreement).hex(),
        "HOST": f"{own.host}, port {own.port}",
        "INSTALL": engine.install.format(agreement.version),
        "METHODS": "|".join(METHODS),
        "NAME": own.name,
        "NETWORK": agreement.network,
        "PEERS": str(len(agreement.validators) // 2),
        "PORT": str(own.port),
        "RPC": str(besu.RPC_PORT),
        "TO": json.dumps([{"to": [_block(each.host)], "ports": [_port(each.port)]} for each in others]),
        "VERSION": agreement.version,
    }
    files = {GENESIS: genesis(agreement), **engine.files(agreement, own)}
    for name in (*_TEMPLATES, *engine.templates):
        made = name.rpartition("/")[2].replace("node.service", f"{agreement.engine}.service")
        files[made] = _filled(_template(name), values).encode()
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return files | {SUMS: "".join(sums).encode()}


def _block(host: str) -> Mapping[str, Any]:
    """Return how a network policy of Kubernetes names a host."""
    return {"ipBlock": {"cidr": str(ipaddress.ip_network(host))}}


def _port(number: int) -> Mapping[str, Any]:
    return {"port": number, "protocol": "TCP"}


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
    return keccak256(genesis(agreement))


def genesis(agreement: NetworkAgreement) -> bytes:
    """Return the file of the first block."""
    return json.dumps(_ENGINES[agreement.engine].genesis(agreement), indent=2).encode() + b"\n"


def _geth_files(agreement: NetworkAgreement, own: JoinRequest) -> Mapping[str, bytes]:
    every = [each.request.enode for each in agreement.members]
    return {"config.toml": geth.config([each for each in every if each != own.enode], every, f":{own.port}")}


_ENGINES: Final = {
    "besu": _BundledEngine(
        install="Besu {} and Java 21",
        also=", or `docker compose up --detach` in this folder, or what `kubernetes.yaml` says",
        templates=("besu/start.sh", "besu/compose.yaml", "besu/kubernetes.yaml", "besu/kustomization.yaml"),
        genesis=besu.genesis,
        files=besu.files,
    ),
    "geth": _BundledEngine(
        install="go-ethereum {}",
        also="",
        templates=("geth/start.sh",),
        genesis=lambda agreed: geth.first_block(agreed.chain_id, agreed.starts, agreed.period, agreed.validators),
        files=_geth_files,
    ),
}


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: values[found.group(1)], text)  # once: a value that has such a name stays as it is


@cache
def _template(name: str) -> str:
    return (resources.files("jamjar") / "bundle" / name).read_text(encoding="utf-8")
