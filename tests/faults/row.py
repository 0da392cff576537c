"""One fault at one stage: what is sent before, during and after it, and what the ledger has of it in the end."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from jamjar.errors import LedgerError
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.signing import SignedMessage
from jamjar.relayer.answers import MessageAnswer
from jamjar.relayer.item import ItemState
from tests.faults.anvil import Snapshot
from tests.faults.faults import FAULTS, Scene
from tests.faults.messages import FINAL, Claimants, Reply, differences, is_final, state_of, took
from tests.faults.proxy import Proxy
from tests.faults.relayer import EPOCH, Door, Relayer
from tests.support import postgres

SETTLE_SECONDS = 600


@dataclass(frozen=True)
class Row:
    """What came of a fault at a stage: counts of messages, seconds from its end until all ended, what is wrong."""

    fault: str
    stage: str
    accepted: int
    recorded: int
    rejected: int
    seconds: float
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Letters:
    """What is sent. Of `chain`, each waits for the one before; something else makes `overtaken` impossible."""

    overtaken: SignedMessage
    overtakes: SignedMessage
    before: tuple[SignedMessage, ...]
    during: tuple[SignedMessage, ...]
    chain: tuple[SignedMessage, ...]
    tried_once: SignedMessage

    @classmethod
    def write(cls, snapshot: Snapshot) -> "Letters":
        """Sign what is sent in one row."""
        by, keys = Claimants(snapshot), snapshot.keys
        before = (*map(by.commit, keys[1:4]), by.grant(), by.grant())
        during = (by.withdraw(keys[4]), by.pause(keys[5]), by.grant(), by.commit(keys[6]))
        first = by.commit(keys[7])
        chain = (by.pause(keys[8]), by.resume(keys[8]), by.commit(keys[8]))
        chain += (first, by.commit(keys[7], first.message.root))
        return cls(by.commit(keys[0]), by.withdraw(keys[0]), before, during, chain, by.grant())


def run(fault: str, stage: str, snapshot: Snapshot, folder: Path) -> Row:
    """Have a fault happen at a stage to a relayer of its own."""
    folder.mkdir()
    with ExitStack() as stack:
        scene = begin(snapshot, folder, stack, needs_server=FAULTS[fault].needs_server)
        return _tell(fault, stage, scene, snapshot)


def begin(snapshot: Snapshot, folder: Path, stack: ExitStack, *, needs_server: bool = False) -> Scene:
    """Start a node, what stands before it, and a database; the relayer is made, and not started."""
    node = snapshot.node(folder)
    stack.callback(node.end)
    proxy, file = Proxy(node.port), folder / "relayer.db"
    stack.callback(proxy.refuse)
    server = stack.enter_context(postgres.server()) if needs_server else None
    database = server.new_database() if server else f"sqlite:///{file}"
    relayer = Relayer(folder, snapshot.deployment, f"http://127.0.0.1:{proxy.port}", database)
    stack.callback(relayer.kill)
    return Scene(relayer, node, proxy, file, server)


def _tell(fault: str, stage: str, scene: Scene, snapshot: Snapshot) -> Row:
    letters, happening = Letters.write(snapshot), FAULTS[fault]
    door = Door(scene.relayer.port, snapshot.deployment, snapshot.operator)
    scene.relayer.start(stage)
    time.sleep(EPOCH - time.time() % EPOCH + 0.1)  # so that there is time before the epoch
    first_answer = door.send(letters.overtaken)
    with ThreadPoolExecutor(12) as senders:
        senders.submit(_overtake, scene, snapshot, letters.overtakes)
        replies = {signed: senders.submit(door.send, signed) for signed in letters.before}
        scene.relayer.wait_for_stage()
        happening.begin(scene)
        if fault != "kill relayer":
            scene.relayer.go_on()
        replies |= {signed: senders.submit(door.send, signed) for signed in (*letters.during, letters.tried_once)}
        time.sleep(happening.seconds)
        happening.end(scene)
    ended = time.monotonic()
    first = {signed: reply.result() for signed, reply in replies.items()}
    kept = {letters.overtaken: first_answer, **first}
    sent = (letters.overtaken, *letters.before, *letters.during, *letters.chain)
    again = {signed: _insist(door, signed, scene) for signed in sent}
    # What was accepted is known, and what was clearly refused is not.
    found = [f"{kept[signed]}, then {answer}" for signed, answer in again.items()
             if kept.get(signed) and answer.is_new is took(kept[signed])]  # fmt: skip
    if took(first[letters.tried_once]):
        sent = (*sent, letters.tried_once)
    until(lambda: all(is_final(door.look(signed)) for signed in sent), scene, "not all ended")
    settled = time.monotonic() - ended
    answers = {signed: door.look(signed) for signed in (*sent, letters.tried_once)}
    found += differences(answers, Ledger(scene.node.url, snapshot.deployment).events())
    found += [f"rejected for no reason: {answer}" for signed, answer in answers.items()
              if signed is not letters.overtaken and state_of(answer) is ItemState.REJECTED]  # fmt: skip
    until(lambda: door.ask("GET", "/health")[0] == 200, scene, "it is not well")
    if status := scene.relayer.stop():
        found.append(f"it stopped with {status}\n{scene.relayer.log()}")
    counts = [sum(state_of(answer) is state for answer in answers.values()) for state in FINAL]
    return Row(fault, stage, sum(map(took, answers.values())), *counts, settled, tuple(found))


def until(is_so: Callable[[], bool], scene: Scene, otherwise: str) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"{otherwise}\n{scene.relayer.log()}"
        time.sleep(0.5)


def _insist(door: Door, signed: SignedMessage, scene: Scene) -> MessageAnswer:
    answers: list[Reply] = []

    def is_accepted() -> bool:
        answers.append(door.send(signed))
        return took(answers[-1])

    until(is_accepted, scene, f"{type(signed.message).__name__} was not accepted in the end: {answers}")
    assert isinstance(answers[-1], MessageAnswer)
    return answers[-1]


def _overtake(scene: Scene, snapshot: Snapshot, signed: SignedMessage) -> None:
    with suppress(LedgerError):
        Ledger(scene.node.url, snapshot.deployment).carry(signed, snapshot.stranger)
