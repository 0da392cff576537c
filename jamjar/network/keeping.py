"""A node kept: backed up while it is ended, restored into its network, and verified; never two of one key."""

from __future__ import annotations

import hashlib
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.network import archive, membership, processes
from jamjar.network.archive import Backup
from jamjar.network.engine import NetworkError
from jamjar.network.engines import engine_of
from jamjar.network.plan import NetworkNode, NetworkPlan
from jamjar.network.running import PROGRAM, down, is_taken, node_folder, rpc_of, up
from jamjar.network.setting_up import GENESIS, node_of
from jamjar.network.status import linked, look
from jamjar.network.votes import told
from jamjar.service.json_rpc import JsonRpc

_LEFT_OUT: Final = (processes.LOG, processes.RECORD, PROGRAM)
"""What is of one machine, and neither backed up nor restored: whoever writes a backup must not choose what runs."""
_LOCKS: Final = ("LOCK", "FLOCK")


def back_up(
    folder: Path, plan: NetworkPlan, number: int, file: Path, *, now: int, progress: Callable[[str], None]
) -> Backup:
    """End a node, write all its files to one, and start it again if it ran; one that did not is started to be asked.

    now  Unix seconds
    """
    if file.exists() or not file.parent.is_dir():
        raise InvalidInput(f"{file} is there already, or its folder is not; name a new file.")
    node = plan.node(number)
    place, ran = node_folder(folder, node), bool(processes.running(node_folder(folder, node)))
    try:
        if not ran:
            up(folder, plan, [number], progress)
        rpc = rpc_of(node)
        newest, first, version = (_block(rpc, "latest"), _block(rpc, "0x0"), told(rpc, ("web3_clientVersion", ())))
        down(folder, plan, [number])
        backup = Backup(
            engine=plan.engine,
            version=str(version),
            chain_id=plan.chain_id,
            genesis=first["hash"],
            genesis_file=_digest(folder / GENESIS),
            number=number,
            address=node.address,
            block=int(newest["number"], 16),
            hash=newest["hash"],
            taken=now,
            files=archive.sums(place, _names(place)),
        )
        archive.write(file, place, backup)
    finally:
        if ran:
            up(folder, plan, [number], progress)
        else:
            down(folder, plan, [number])
    return backup


def restore(folder: Path, plan: NetworkPlan, file: Path) -> tuple[Backup, NetworkNode]:
    """Put a node's files back, whole or not at all; raises InvalidInput for another network's, and where one is."""
    backup = archive.read(file)
    _check_network(folder, plan, backup, file)
    if set(backup.files) & {*_LEFT_OUT}:
        raise InvalidInput(f"{file} has files that no backup has; take an earlier one.")
    node = next((each for each in plan.nodes if each.address == backup.address), None)
    if node is None:
        raise InvalidInput(f"{file} has the key of {backup.address}, which is no node here now; restore another node.")
    place = node_folder(folder, node)
    if where := lives(plan, node, place):
        raise InvalidInput(f"Node {node.number} runs: {where}; two with one key must not. End it first.")
    if place.exists() or place.is_symlink():
        raise InvalidInput(f"{place} is there already; move it elsewhere first.")
    unfinished = place.with_name(f".{node.number}.restoring")
    shutil.rmtree(unfinished, ignore_errors=True)  # of an attempt that was broken off
    try:
        if archive.read(file, unfinished).fingerprint() != backup.fingerprint():
            raise InvalidInput(f"{file} changed while it was read; copy it first.")
        if _address(unfinished / engine_of(plan.engine).key_file) != node.address:
            raise InvalidInput(f"{file} has another key than it says; take an earlier one.")
        unfinished.rename(place)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    membership.kept_up(folder, plan)
    return backup, node


def lives(plan: NetworkPlan, node: NetworkNode, place: Path) -> str:
    """Return how it is known that a node's key is in use, "" when it seems not to be."""
    if pid := processes.running(place):
        return f"as process {pid}"
    if is_taken(node):
        return f"something answers at its ports {node.peer_port} and {node.rpc_port}"
    for other in plan.nodes:
        if other == node:
            continue
        try:
            if node.number in (linked(plan, rpc_of(other)) or ()):
                return f"node {other.number} has it as a peer"
        except NodeUnavailable:
            continue
    return ""


def faults(folder: Path, plan: NetworkPlan, number: int) -> Iterator[str]:
    """Yield what is wrong with a node's folder; its database is compared with the others' where it runs."""
    engine, node = engine_of(plan.engine), plan.node(number)
    place = node_folder(folder, node)
    key_file = place / engine.key_file
    if not key_file.exists():
        yield f"There is no key at {key_file}; restore the node from its backup."
        return
    if stat.S_IMODE(key_file.stat().st_mode) & 0o077:
        yield f"Others can read {key_file}; take their rights away: chmod 600."
    if _address(key_file) != node.address:
        yield f"The key at {key_file} is not {node.address}'s; restore the node from its backup."
        return
    expected = engine.files(plan, node, membership.read_key(key_file))[engine.peers_file]
    if not (place / engine.peers_file).exists() or (place / engine.peers_file).read_bytes() != expected:
        yield f"{place / engine.peers_file} names other peers than the network has; jamjar network up writes it anew."
    if processes.running(place):
        yield from _beside_others(folder, plan, node)


def _beside_others(folder: Path, plan: NetworkPlan, node: NetworkNode) -> Iterator[str]:
    found = {each.number: each for each in look(folder, plan, 0, 0).nodes}
    own = found.pop(node.number)
    if not own.answers:
        yield f"Node {node.number} runs, and does not answer; ask jamjar network doctor {folder}."
        return
    for other in found.values():
        if other.answers and other.genesis != own.genesis:
            yield f"Node {other.number} has another first block; compare the genesis files."
        elif other.answers and other.hash != own.hash:
            yield f"Node {other.number} has another block at one height; wait a minute, and ask the doctor."


def _check_network(folder: Path, plan: NetworkPlan, backup: Backup, file: Path) -> None:
    ours = (plan.engine, plan.chain_id, _digest(folder / GENESIS))
    if (backup.engine, backup.chain_id, backup.genesis_file) != ours:
        what = f"{backup.engine} on chain {backup.chain_id}, first block {backup.genesis}"
        raise InvalidInput(f"{file} is of another network ({what}); name the folder of that one.")


def _names(place: Path) -> list[str]:
    """Return a node's files but its log, its process' record, and the locks of its databases."""
    found = []
    for each in place.rglob("*"):
        name = each.relative_to(place).as_posix()
        if each.is_symlink() or not (each.is_file() or each.is_dir()):
            raise InvalidInput(f"{each} is neither a file nor a folder; put the file itself there.")
        if each.is_file() and name not in _LEFT_OUT and each.name not in _LOCKS:
            found.append(name)
    return found


def _address(key_file: Path) -> str:
    try:
        return node_of(0, membership.read_key(key_file), (0, 0, 0), validates=False).address
    except ValueError:
        raise InvalidInput(f"{key_file} is not a node's key; restore it from the node's backup.") from None


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _block(rpc: JsonRpc, which: str) -> dict[str, Any]:
    answer = told(rpc, ("eth_getBlockByNumber", (which, False)))
    if not isinstance(answer, dict):
        raise NetworkError(f"{rpc.name} has no block {which}; look at its log.")
    return answer
