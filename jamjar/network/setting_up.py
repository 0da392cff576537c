"""Makes a network's folder: keys, first block, static nodes, allow-list; the same from the same, but for the keys.

network.json  the plan: engine, chain id, nodes with their public keys and ports
genesis.json  the first block, the same for all nodes
allowed.json  the nodes that may be peers, and the accounts that may seal blocks
nodes/N/      one node's files, with its private key; its database and log are added when it starts
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eth_account import Account

from jamjar.errors import InvalidInput
from jamjar.network import plan as plans
from jamjar.network.engines import engine_of
from jamjar.network.plan import MOST_FOLLOWERS, SIZES, NetworkNode, NetworkPlan
from jamjar.service import private_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eth_account.signers.local import LocalAccount

PLAN, GENESIS, ALLOWED, NODES = "network.json", "genesis.json", "allowed.json", "nodes"
KEY_BYTES: Final = 32
PORTS_OF_A_NODE: Final = 3


def planned(
    engine: str, *, chain_id: int, began: int, keys: Sequence[bytes], followers: int, ports: Sequence[int]
) -> tuple[NetworkPlan, dict[str, bytes]]:
    """Return a network's plan and its files by their path in its folder; raises InvalidInput.

    began      Unix seconds of the first block
    keys       one private key a node, of 32 bytes; the last ones, as many as `followers`, seal no blocks
    ports      three a node
    """
    chosen, validators = engine_of(engine), len(keys) - followers
    _check_sizes(validators, followers)
    if not 0 < chain_id < 2**53:
        raise InvalidInput(f"The chain id {chain_id} is not from 1 to 2^53 - 1; choose another.")
    nodes = tuple(
        node_of(number, key, ports[3 * number - 3 : 3 * number], validates=number <= validators)
        for number, key in enumerate(keys, 1)
    )
    plan = NetworkPlan(engine, chain_id, began, nodes)
    files = {PLAN: plan.to_json().encode(), GENESIS: _json(chosen.genesis(plan)), ALLOWED: _json(allowed(plan))}
    for node, key in zip(nodes, keys, strict=True):
        files |= {f"{NODES}/{node.number}/{name}": data for name, data in chosen.files(plan, node, key).items()}
    return plan, files


def node_of(number: int, key: bytes, ports: Sequence[int], *, validates: bool) -> NetworkNode:
    """Return a node by its private key and its three ports."""
    account: LocalAccount = Account.from_key(key)
    return NetworkNode(number, validates, _public(account), account.address, *ports)


def allowed(plan: NetworkPlan) -> dict[str, list[str]]:
    """Return the allow-list: the nodes that may be peers, and the accounts that seal blocks."""
    return {
        "nodes": sorted(node.public_key for node in plan.nodes),
        "validators": sorted(node.address for node in plan.validators()),
    }


def make(
    folder: Path,
    engine: str,
    *,
    validators: int,
    followers: int,
    chain_id: int,
    now: int,
    random: Callable[[int], bytes],
    port: Callable[[], int],
) -> NetworkPlan:
    """Make a network's folder, whole or not at all, and return its plan; refuses one that is there.

    now     Unix seconds, of the first block
    random  gives as many random bytes as asked for
    port    gives a free port each time
    """
    _check_sizes(validators, followers)
    count = validators + followers
    keys = [random(KEY_BYTES) for _ in range(count)]
    ports = [port() for _ in range(PORTS_OF_A_NODE * count)]
    plan, files = planned(engine, chain_id=chain_id, began=now, keys=keys, followers=followers, ports=ports)
    write_new(folder, files)
    return plan


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with these files, by their path in it, whole or not at all; refuses one that is there."""
    place = folder.absolute()
    unfinished = place.with_name(f".{place.name}.unfinished")
    if place.exists() or place.is_symlink():
        raise InvalidInput(f"{folder} is there already; name a new folder, or remove it.")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)  # of an attempt that was broken off
        for name, data in files.items():
            private_file.make_folder((unfinished / name).parent)
            private_file.create(unfinished / name, data)
        unfinished.rename(place)
    except OSError as error:
        raise InvalidInput(f"{folder} cannot be made ({error.strerror}); name a new folder elsewhere.") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def read(folder: Path) -> NetworkPlan:
    """Return the plan in a network's folder; raises InvalidInput where there is none."""
    file = folder / PLAN
    try:
        return plans.from_json(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        raise InvalidInput(f"There is no network in {folder}; make one with jamjar network init.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file} cannot be read; restore it, or make the network again.") from error


def _check_sizes(validators: int, followers: int) -> None:
    if validators not in SIZES:
        raise InvalidInput(f"A network has {', '.join(map(str, SIZES))} validators, and not {validators}; choose one.")
    if not 0 <= followers <= MOST_FOLLOWERS:
        raise InvalidInput(f"A network has at most {MOST_FOLLOWERS} followers, and not {followers}; choose fewer.")


def _public(account: LocalAccount) -> str:
    public: Any = account._key_obj.public_key
    return bytes(public.to_bytes()).hex()


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()
